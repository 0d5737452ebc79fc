import { Skeleton } from '@mantine/core';
import styles from './bots-page.module.css';

const ROWS = [1, 2, 3, 4, 5, 6];

/** The table while its first answer is on its way. */
export function BotsSkeleton() {
  return (
    <div aria-busy="true" className={styles.page}>
      <header className={styles.head}>
        <Skeleton height={28} width={90} />
        <Skeleton height={36} width={120} />
      </header>
      <div className={styles.rows}>
        {ROWS.map((row) => (
          <Skeleton height={40} key={row} mt={18} radius="md" />
        ))}
      </div>
    </div>
  );
}
