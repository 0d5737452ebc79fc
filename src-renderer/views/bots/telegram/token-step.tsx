import { Anchor, Button } from '@mantine/core';
import { useState } from 'react';
import type { TelegramBot } from '../../../../src-shared/api/telegram.ts';
import { checkBotTelegram, removeBotTelegramWebhook } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { OutsideIcon } from '../../../ui/icons.tsx';
import { ChosenRow } from './chosen-row.tsx';
import { AT_TELEGRAM, botName, looksLikeToken } from './names.ts';
import { Note } from './note.tsx';
import styles from './set-up.module.css';
import { TokenInput } from './token-input.tsx';
import { WebhookChoice } from './webhook-choice.tsx';

/** A token that Telegram knows, and whose it is. */
export interface CheckedToken {
  token: string;
  /** Tells what was read with it from what was read with others. */
  wish: number;
  bot: TelegramBot;
}
let wishes = 0;

interface TokenStepProps {
  bot: Bot;
  checked: CheckedToken | undefined;
  onChecked: (checked: CheckedToken | undefined) => void;
}

/** Where one gets a token, and whose it is once Telegram has said so. */
export function TokenStep({ bot: { id }, checked, onChecked }: TokenStepProps) {
  const text = useText().bots.telegram.setUp.token;
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isChecking, setChecking] = useState(false);

  async function check() {
    if (!looksLikeToken(typed)) return setProblem(text.shape);
    setChecking(true);
    setProblem(undefined);
    try {
      const token = typed.trim();
      const { ms: _ms, ...bot } = await checkBotTelegram(engine, { id, token });
      wishes += 1;
      onChecked({ token, bot, wish: wishes });
      setTyped('');
    } catch (error) {
      setProblem((error as Error).message);
    }
    setChecking(false);
  }
  if (checked) return <Known checked={checked} id={id} onChecked={onChecked} />;
  return (
    <>
      <p>{text.body}</p>
      <Anchor
        className={styles.site ?? ''}
        href={`${AT_TELEGRAM}/BotFather`}
        rel="noopener noreferrer"
        size="sm"
        target="_blank"
      >
        {text.open} <OutsideIcon size={14} />
      </Anchor>
      <form
        className={styles.ask}
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
        <TokenInput
          description={text.sealed}
          error={problem}
          onChange={(value) => {
            setTyped(value);
            setProblem(undefined);
          }}
          value={typed}
        />
        <Button disabled={typed.trim() === ''} loading={isChecking} type="submit">
          {text.check}
        </Button>
      </form>
    </>
  );
}

interface KnownProps {
  checked: CheckedToken;
  id: number;
  onChecked: TokenStepProps['onChecked'];
}

/** Who it is; a webhook of another program is asked about. */
function Known({ checked: { bot, token }, id, onChecked }: KnownProps) {
  const all = useText().bots.telegram;
  const text = all.setUp.token;
  const name = botName(bot.username, all.token);

  async function removeWebhook() {
    await removeBotTelegramWebhook(engine, { id, token });
    wishes += 1;
    onChecked({ token, wish: wishes, bot: { ...bot, webhook: null } });
  }
  return (
    <>
      <ChosenRow onOther={() => onChecked(undefined)} other={text.other}>
        <strong>
          <bdi>{bot.name}</bdi>
        </strong>{' '}
        {name}
      </ChosenRow>
      {bot.webhook !== null && (
        <Note
          actions={
            <WebhookChoice
              host={bot.webhook}
              name={name}
              onKeep={() => onChecked(undefined)}
              remove={removeWebhook}
            />
          }
          look="warn"
          title={text.webhook(name, bot.webhook)}
        >
          {text.webhookBody}
        </Note>
      )}
    </>
  );
}
