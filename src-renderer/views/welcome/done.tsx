import { Button, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { AddAccountAnswer } from '../../../src-shared/client/window.ts';
import { paths } from '../../places.ts';
import { useText } from '../../text/use-text.ts';
import { accountDot } from '../../ui/dot-state.ts';
import { BotIcon, ChatIcon } from '../../ui/icons.tsx';
import { PersonMark } from '../../ui/marks.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import styles from './welcome.module.css';

/** Somebody is signed in: what comes next. */
export function Done({
  account: { jid, state },
  wasKnown,
}: {
  account: AddAccountAnswer;
  wasKnown: boolean;
}) {
  const { firstRun, common } = useText();
  const text = firstRun.done;
  return (
    <div className={styles.done} role="status">
      <div className={styles.who}>
        <PersonMark name={jid} size={40} />
        <p>
          <StateDot state={accountDot(state)} /> {common.states[state]}
        </p>
      </div>
      <Title className={styles.title ?? ''} order={1}>
        {wasKnown ? text.again(jid) : text.title(jid)}
      </Title>
      <p className={styles.lead}>{text.body}</p>
      <Button autoFocus component={Link} fullWidth href={paths.newBot} leftSection={<BotIcon />} size="md">
        {text.newBot}
      </Button>
      <Button
        component={Link}
        fullWidth
        href={paths.chat(jid, jid)}
        leftSection={<ChatIcon />}
        size="md"
        variant="default"
      >
        {text.chat}
      </Button>
    </div>
  );
}
