import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import styles from './card.module.css';
import { ProblemIcon, WarningIcon } from './icons.tsx';

/** A titled card of rows. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <Title className={styles.title} id={id} order={2}>
        {title}
      </Title>
      <div className={styles.card}>{children}</div>
    </section>
  );
}

/** A mark, what it is about, and what there is to know of it. */
export function Row({ mark, label, value }: { mark: ReactNode; label: ReactNode; value: ReactNode }) {
  return (
    <div className={styles.row}>
      <span className={styles.rowMark}>{mark}</span>
      <div className={styles.label}>{label}</div>
      <div className={styles.value}>{value}</div>
    </div>
  );
}

/** Something that needs the reader: what happened, what it means, what to do. */
export function Notice({
  level,
  title,
  children,
}: {
  level: 'bad' | 'warn';
  title: string;
  children: ReactNode;
}) {
  const Icon = level === 'bad' ? ProblemIcon : WarningIcon;
  return (
    <article className={styles.notice}>
      <span className={`${styles.mark} ${styles[level]}`}>
        <Icon />
      </span>
      <Title order={3}>{title}</Title>
      {children}
    </article>
  );
}
