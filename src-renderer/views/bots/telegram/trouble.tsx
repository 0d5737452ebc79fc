import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { BotTelegram, TelegramTrouble } from '../../../../src-shared/api/telegram.ts';
import { removeBotTelegramWebhook } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { paths } from '../../../places.ts';
import { botTelegramQuery, useTelegramChange } from '../../../queries/bot-telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { toastProblem, toastWithUndo } from '../../../ui/toasts.tsx';
import { useWhen } from '../../../ui/use-when.ts';
import { botName, chatTitle } from './names.ts';
import { Note } from './note.tsx';
import { needsPerson } from './troubles.ts';
import { WebhookChoice } from './webhook-choice.tsx';

interface TroubleProps {
  bot: Bot;
  telegram: BotTelegram;
  onToken: () => void;
  onChat: () => void;
  onHello: () => void;
}

/** Why nothing crosses the bridge, what that means, and what to do. A webhook of another program is asked about. */
export function Trouble(props: TroubleProps) {
  const { telegram } = props;
  const text = useText().bots.telegram;
  const when = useWhen();
  const { trouble, enabled, mode } = telegram;
  const isHeard = mode === 'bridge';
  const kind = isHeard && telegram.webhook !== null ? 'webhook' : trouble?.kind;
  // What only forwards is in no webhook's way.
  if (!enabled || kind === undefined || (kind === 'webhook' && !isHeard)) return null;
  const words = text.troubles[kind];
  const retryAt = kind === 'webhook' ? null : (trouble?.retry_at ?? null);
  const name = botName(telegram.username, text.token);
  const chat = telegram.chat === null ? text.chat : chatTitle(telegram.chat);
  return (
    <Note
      actions={<Help {...props} kind={kind} />}
      look={needsPerson(kind) ? 'bad' : 'warn'}
      title={words.title(name, chat, telegram.webhook ?? '')}
    >
      {words.body} {retryAt !== null && text.nextTry(when(retryAt))}
    </Note>
  );
}

/** What to do about it, where that can be done from here. */
function Help({ kind, ...props }: TroubleProps & { kind: TelegramTrouble }): ReactNode {
  const { helps } = useText().bots.telegram;
  const { id, mode } = props.bot;
  const act = (words: string, run: () => void) => (
    <Button onClick={run} size="xs" variant="default">
      {words}
    </Button>
  );
  const go = (words: string, href: string) => (
    <Button component={Link} href={href} size="xs" variant="default">
      {words}
    </Button>
  );
  switch (kind) {
    case 'webhook':
      return <AboutWebhook {...props} />;
    case 'token':
    case 'other-program':
      return act(helps.token, props.onToken);
    case 'chat':
      return act(helps.chat, props.onChat);
    case 'blocked':
      return act(helps.hello, props.onHello);
    case 'encryption':
      return go(helps.devices, mode === 'dedicated' ? paths.bot(id, 'devices') : paths.settings('security'));
    case 'failed':
      return go(helps.log, paths.settings('logs'));
    default:
      return null;
  }
}

/** Kept, the bridge only forwards; removed, the other program is cut off. */
function AboutWebhook({ bot: { id }, telegram }: Pick<TroubleProps, 'bot' | 'telegram'>) {
  const { bots, common } = useText();
  const text = bots.telegram;
  const client = useQueryClient();
  const change = useTelegramChange(id);
  const [isKeeping, setKeeping] = useState(false);

  async function keep() {
    setKeeping(true);
    try {
      await change({ mode: 'forward' });
      toastWithUndo(
        text.modeSet.forward,
        { label: common.undo, run: () => void change({ mode: 'bridge' }).catch(toastProblem) },
        `direction of bot ${id}`,
      );
    } catch (error) {
      toastProblem(error as Error);
      setKeeping(false);
    }
  }
  return (
    <WebhookChoice
      host={telegram.webhook ?? ''}
      isKeeping={isKeeping}
      name={botName(telegram.username, text.token)}
      onKeep={() => void keep()}
      remove={async () => {
        await removeBotTelegramWebhook(engine, { id });
        await client.invalidateQueries({ queryKey: botTelegramQuery(id).queryKey });
      }}
    />
  );
}
