import { memo } from 'react';
import styles from './message-log.module.css';
import { MessageRow } from './message-row.tsx';
import type { LogRow as Row } from './rows.ts';

interface LogRowProps {
  row: Row;
  index: number;
  top: number;
  isMarked: boolean;
  /** Told of the element: how high it is decides where those below it are. */
  measure: (element: HTMLElement | null) => void;
}

/** A message in its place. It is drawn anew only when something about it has changed. */
export const LogRow = memo(function LogRow({ row, index, top, isMarked, measure }: LogRowProps) {
  return (
    <div className={styles.item} data-index={index} ref={measure} style={{ top }}>
      <MessageRow isMarked={isMarked} row={row} />
    </div>
  );
});
