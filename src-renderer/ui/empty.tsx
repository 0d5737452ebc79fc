import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './empty.module.css';

interface EmptyProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  /** The next step, as a button; perhaps one other way. */
  actions?: ReactNode;
  /** There is nothing else on the page. */
  isAlone?: boolean;
}

/** What this place is, and the next step. */
export function Empty({ icon, title, children, actions, isAlone = false }: EmptyProps) {
  return (
    <div className={`${styles.empty} ${isAlone ? styles.alone : ''}`}>
      {icon && <span className={styles.icon}>{icon}</span>}
      <Title order={2} size="lg">
        {title}
      </Title>
      {children && <div className={styles.body}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
