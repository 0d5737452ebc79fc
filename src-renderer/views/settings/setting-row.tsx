import { type ReactNode, useId } from 'react';
import styles from './settings.module.css';

interface SettingRowProps {
  label: ReactNode;
  help?: ReactNode;
  /** Takes the place of the help. */
  problem?: string | undefined;
  /** Gets the ids of what names and describes the control. */
  children: (ids: { 'aria-describedby': string; id: string }) => ReactNode;
  isWide?: boolean;
}

/** What is set, what it does, and the control at the end. */
export function SettingRow({ label, help, problem, children, isWide = false }: SettingRowProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <label htmlFor={id}>{label}</label>
        <p aria-live="polite" className={problem === undefined ? undefined : styles.bad} id={`${id}-help`}>
          {problem ?? help}
        </p>
      </div>
      <div className={isWide ? styles.wide : styles.control}>
        {children({ id, 'aria-describedby': `${id}-help` })}
      </div>
    </div>
  );
}
