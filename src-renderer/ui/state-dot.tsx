import type { DotState } from './dot-state.ts';
import styles from './state-dot.module.css';

/** A state by colour and by shape. It stands next to its word, so it has no name of its own. */
export function StateDot({ state }: { state: DotState }) {
  return <span aria-hidden="true" className={`${styles.dot} ${styles[state]}`} />;
}
