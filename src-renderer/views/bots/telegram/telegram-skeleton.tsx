import { Skeleton } from '@mantine/core';
import styles from './telegram.module.css';

/** The layout, while the first answer is on its way. */
export function TelegramSkeleton() {
  return (
    <div aria-hidden="true" className={styles.tab}>
      <Skeleton height={44} />
      <div className={styles.pair}>
        <Skeleton height={106} radius="md" />
        <Skeleton height={106} radius="md" />
      </div>
      <div className={styles.pair}>
        <Skeleton height={80} />
        <Skeleton height={80} />
      </div>
      <Skeleton height={60} radius="md" />
      <Skeleton height={144} radius="md" />
    </div>
  );
}
