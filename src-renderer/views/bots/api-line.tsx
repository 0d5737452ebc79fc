import { useQuery } from '@tanstack/react-query';
import { statusQuery } from '../../queries/status.ts';
import { useText } from '../../text/use-text.ts';
import { CopyAction, Mono } from '../../ui/copy-text.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import styles from './api-line.module.css';

/** Where programs reach the bots, as the engine says it now. */
export function ApiLine() {
  const { bots } = useText();
  const { data: status } = useQuery(statusQuery);
  if (!status) return null;
  return (
    <footer className={styles.line}>
      <StateDot state={status.api_problem === null ? 'on' : 'waiting'} />
      <span>{bots.api}</span>
      <span className={styles.address} title={status.api_url}>
        <Mono>{status.api_url}</Mono>
      </span>
      <CopyAction value={status.api_url} what={bots.apiAddress} />
      <span className={styles.mode}>{bots.modes[status.api_mode]}</span>
    </footer>
  );
}
