import { Skeleton, Title, VisuallyHidden } from '@mantine/core';
import { useText } from '../../text/use-text.ts';
import styles from './health.module.css';

/** The page's layout while the first answer is on its way. */
export function HealthSkeleton() {
  const text = useText().health;
  return (
    <div aria-busy="true" className={styles.page}>
      <header>
        <Title order={1}>{text.page.title}</Title>
        <VisuallyHidden role="status">{text.page.loading}</VisuallyHidden>
        <Skeleton height={14} mt={6} width={220} />
      </header>
      <div className={styles.columns}>
        <Skeleton height={134} radius="md" />
        <Skeleton height={134} radius="md" />
      </div>
      <Skeleton height={180} radius="md" />
    </div>
  );
}
