import { Skeleton, Title, VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { text } from '../../text.ts';
import styles from './health.module.css';

/** Most answers are there sooner than this, and then nothing should flash. */
const SHOW_AFTER_MS = 150;

/** The page's layout while the first answer is on its way. */
export function HealthSkeleton() {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <div aria-busy="true" className={styles.page}>
      <header>
        <Title order={1}>{text.health.title}</Title>
        <VisuallyHidden role="status">{text.health.loading}</VisuallyHidden>
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
