import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { paths } from '../../places.ts';
import { statusQuery } from '../../queries/status.ts';
import { useText } from '../../text/use-text.ts';
import { Row, Section } from '../../ui/card.tsx';
import { CopyAction, Mono } from '../../ui/copy-text.tsx';
import { accountDot } from '../../ui/dot-state.ts';
import { CheckIcon } from '../../ui/icons.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import styles from './health.module.css';

/** What runs, and where it is reached. */
export function Engine({ isLost }: { isLost: boolean }) {
  const { health, shell } = useText();
  const text = health.engine;
  const { data: status } = useQuery(statusQuery);
  if (!status) return null;
  const mark = isLost ? (
    <StateDot state="waiting" />
  ) : (
    <span className={styles.ok}>
      <CheckIcon />
    </span>
  );
  return (
    <Section title={text.title}>
      <Row label={isLost ? shell.lostTitle : text.runs} mark={mark} value={text.version(status.version)} />
      <Row
        label={text.api}
        mark={mark}
        value={
          <>
            <Mono>{status.api_url}</Mono>
            <CopyAction value={status.api_url} what={text.apiAddress} />
          </>
        }
      />
      <Row
        label={<Link href={paths.bots}>{text.bots}</Link>}
        mark={<StateDot state={status.bots_enabled ? 'on' : 'off'} />}
        value={status.bots.length}
      />
    </Section>
  );
}

/** Who is signed in, and how each of them is. */
export function Accounts() {
  const { health, common } = useText();
  const { data: status } = useQuery(statusQuery);
  if (!status) return null;
  return (
    <Section title={health.accounts.title}>
      {status.accounts.length === 0 && (
        <Row label={health.accounts.none} mark={<StateDot state="off" />} value={null} />
      )}
      {status.accounts.map(({ jid, state, bots }) => (
        <Row
          key={jid}
          label={<bdi>{jid}</bdi>}
          mark={<StateDot state={accountDot(state)} />}
          value={`${common.states[state]}, ${common.bots(bots)}`}
        />
      ))}
    </Section>
  );
}
