import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './set-up.module.css';

interface ChosenRowProps {
  children: ReactNode;
  /** Words of the button that goes back to the choice. */
  other: string;
  onOther: () => void;
}

/** What a step has led to, in a line, and the way back. */
export const ChosenRow = ({ children, other, onOther }: ChosenRowProps) => (
  <div className={styles.known}>
    <span>{children}</span>
    {/* Where the focus was has gone with the choice. */}
    <Button autoFocus onClick={onOther} size="compact-sm" variant="subtle">
      {other}
    </Button>
  </div>
);
