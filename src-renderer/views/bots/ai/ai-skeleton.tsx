import { Skeleton } from '@mantine/core';
import { PROVIDER_NAMES } from '../../../../src-shared/api/ai.ts';
import styles from './ai.module.css';

/** The layout, while the first answer is on its way. */
export function AiSkeleton() {
  return (
    <div aria-hidden="true" className={styles.tab}>
      <Skeleton height={44} />
      <div className={styles.cards}>
        {PROVIDER_NAMES.map((name) => (
          <Skeleton height={40} key={name} radius="md" />
        ))}
      </div>
      <div className={styles.pair}>
        <Skeleton height={58} />
        <Skeleton height={58} />
      </div>
      <Skeleton height={58} />
      <Skeleton height={96} />
    </div>
  );
}
