import { Button } from '@mantine/core';
import { useState } from 'react';
import { checkBotTelegram } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { useText } from '../../../text/use-text.ts';
import { botName } from './names.ts';
import styles from './note.module.css';
import { Note } from './note.tsx';

/** Of which Telegram bot another program has what is written to it, and where. */
export interface Webhook {
  host: string;
  username: string;
}

/** Asks Telegram about the webhook that is in the way; undefined: it is gone meanwhile. */
export async function webhookOf(id: number, token?: string): Promise<Webhook | undefined> {
  const { webhook, username } = await checkBotTelegram(engine, { id, token });
  return webhook === null ? undefined : { host: webhook, username };
}

interface ForeignWebhookProps {
  webhook: Webhook;
  onKeep: () => void;
  /** Takes it away, and goes on with what it was in the way of. */
  remove: () => Promise<unknown>;
}

/** A webhook of another program is in the way of what was asked for: what it means to take it away, and the choice. */
export function ForeignWebhook({ webhook: { host, username }, onKeep, remove }: ForeignWebhookProps) {
  const { telegram } = useText().bots;
  const { token: text } = telegram.setUp;
  const [isRemoving, setRemoving] = useState(false);
  async function run() {
    setRemoving(true);
    await remove().finally(() => setRemoving(false));
  }
  return (
    <Note
      actions={
        <>
          <Button onClick={onKeep} size="xs" variant="default">
            {telegram.webhook.keep}
          </Button>
          <Button
            c="var(--bm-bad)"
            className={styles.harm ?? ''}
            loading={isRemoving}
            onClick={() => void run()}
            size="xs"
            variant="default"
          >
            {telegram.webhook.verb}
          </Button>
        </>
      }
      look="warn"
      title={text.webhook(botName(username, telegram.token), host)}
    >
      {text.webhookBody}
    </Note>
  );
}
