import type { ReactNode } from 'react';
import { ProblemIcon, WarningIcon } from '../../../ui/icons.tsx';
import styles from './note.module.css';

interface NoteProps {
  look: 'warn' | 'bad';
  title: string;
  children: ReactNode;
  /** What can be done, as buttons. */
  actions?: ReactNode;
}

/** What happened, what it means, what to do. */
export function Note({ look, title, children, actions }: NoteProps) {
  const Icon = look === 'bad' ? ProblemIcon : WarningIcon;
  return (
    <div className={styles.note} data-look={look} role="alert">
      <Icon />
      <div className={styles.words}>
        <strong>{title}</strong>
        <p>{children}</p>
      </div>
      {actions && <div className={styles.acts}>{actions}</div>}
    </div>
  );
}
