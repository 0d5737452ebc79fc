import { Button, Loader } from '@mantine/core';
import type { BotTelegram } from '../../../../src-shared/api/telegram.ts';
import { useText } from '../../../text/use-text.ts';
import { DoneIcon, ProblemIcon, TelegramIcon } from '../../../ui/icons.tsx';
import { useWhen } from '../../../ui/use-when.ts';
import { useTook } from '../ai/test-result.tsx';
import { botName, chatTitle } from './names.ts';
import { Privacy } from './privacy.tsx';
import styles from './telegram.module.css';
import type { Tried, Tries } from './use-tries.ts';

interface TestRowProps {
  telegram: BotTelegram;
  tries: Tries;
}

/** Who it is at Telegram, and buttons to see that it works. */
export function TestRow({ telegram, tries }: TestRowProps) {
  const { test: text } = useText().bots.telegram;
  const { tried, check, hello } = tries;
  const isRunning = (what: Tried['what']) => tried?.state === 'running' && tried.what === what;
  return (
    <section aria-label={text.title} className={styles.test} data-state={tried?.state}>
      <div aria-atomic="true" aria-live="polite" className={styles.result}>
        <Mark tried={tried} />
        <div>
          <strong>
            <Heading telegram={telegram} tried={tried} />
          </strong>
          <p>
            <Below telegram={telegram} tried={tried} />
          </p>
        </div>
      </div>
      <div className={styles.tests}>
        <Button loading={isRunning('check')} onClick={() => void check()} size="xs" variant="default">
          {text.test}
        </Button>
        <Button loading={isRunning('hello')} onClick={() => void hello()} size="xs" variant="default">
          {text.hello}
        </Button>
      </div>
      {tried?.state === 'done' && tried.what === 'check' && telegram.mode === 'bridge' && (
        <Privacy bot={tried.bot} chat={telegram.chat} />
      )}
    </section>
  );
}

function Mark({ tried }: { tried: Tried | undefined }) {
  if (tried === undefined) return <TelegramIcon />;
  if (tried.state === 'running') return <Loader aria-hidden="true" size={16} />;
  return tried.state === 'failed' ? <ProblemIcon /> : <DoneIcon />;
}

interface WordsProps {
  telegram: BotTelegram;
  tried: Tried | undefined;
}

function Heading({ telegram, tried }: WordsProps) {
  const { test: text, token } = useText().bots.telegram;
  const took = useTook();
  const name = botName(telegram.username, token);
  if (tried?.state === 'running') return text.running[tried.what];
  if (tried?.state === 'failed') return text.failed[tried.what];
  if (tried?.what === 'hello') return text.said(chatTitle(tried.chat), took(tried.ms));
  return text.signedIn(tried === undefined ? name : botName(tried.bot.username, name));
}

function Below({ telegram, tried }: WordsProps) {
  const { test: text } = useText().bots.telegram;
  const took = useTook();
  const when = useWhen();
  if (tried?.state === 'failed') return tried.message;
  if (tried?.state === 'done' && tried.what === 'check') return text.last(when(tried.at), took(tried.ms));
  const at = (instant: number | null) => (instant === null ? text.never : when(instant));
  return text.traffic(at(telegram.last_received), at(telegram.last_sent));
}
