import { Anchor, Button } from '@mantine/core';
import { useState } from 'react';
import type { TelegramBot } from '../../../../src-shared/api/telegram.ts';
import { checkBotTelegram, removeBotTelegramWebhook } from '../../../../src-shared/client/window.ts';
import { ApiProblem, engine } from '../../../client.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { OutsideIcon } from '../../../ui/icons.tsx';
import { ChosenRow } from './chosen-row.tsx';
import { AT_TELEGRAM, botName, looksLikeToken } from './names.ts';
import { Note } from './note.tsx';
import styles from './set-up.module.css';
import { TokenInput } from './token-input.tsx';
import { WebhookChoice } from './webhook-choice.tsx';

/** A token, and whose it is: Telegram knows it, or (undefined) could not be asked. */
export interface CheckedToken {
  token: string;
  /** Tells what was read with it from what was read with others. */
  wish: number;
  bot: TelegramBot | undefined;
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
  /** It is not known to be wrong. */
  const [mayGoOn, setMayGoOn] = useState(false);

  function take(bot: TelegramBot | undefined) {
    wishes += 1;
    onChecked({ token: typed.trim(), bot, wish: wishes });
    setTyped('');
    setProblem(undefined);
    setMayGoOn(false);
  }
  async function check() {
    if (!looksLikeToken(typed)) return setProblem(text.shape);
    setChecking(true);
    setProblem(undefined);
    setMayGoOn(false);
    try {
      const { ms: _ms, ...bot } = await checkBotTelegram(engine, { id, token: typed.trim() });
      take(bot);
    } catch (error) {
      setProblem((error as Error).message);
      setMayGoOn(error instanceof ApiProblem && NOT_ASKED.has(error.code ?? ''));
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
            setMayGoOn(false);
          }}
          value={typed}
        />
        <Button disabled={typed.trim() === ''} loading={isChecking} type="submit">
          {text.check}
        </Button>
      </form>
      {mayGoOn && (
        <div className={styles.goOn}>
          <p>{text.uncheckedHelp}</p>
          <Button onClick={() => take(undefined)} size="xs" variant="default">
            {text.goOn}
          </Button>
        </div>
      )}
    </>
  );
}

/** What Telegram did not say no with: it was not reached, or wants to be left alone. */
const NOT_ASKED: ReadonlySet<string> = new Set(['connection_failed', 'rate_limited']);

interface KnownProps {
  checked: CheckedToken;
  id: number;
  onChecked: TokenStepProps['onChecked'];
}

/** Who it is; a webhook of another program is asked about. */
function Known({ checked: { bot, token }, id, onChecked }: KnownProps) {
  const all = useText().bots.telegram;
  const text = all.setUp.token;
  if (bot === undefined)
    return (
      <ChosenRow onOther={() => onChecked(undefined)} other={text.other}>
        <strong>{text.botOf(token.slice(0, token.indexOf(':')))}</strong> {text.unchecked}
      </ChosenRow>
    );
  const name = botName(bot.username, all.token);

  async function removeWebhook(bot: TelegramBot) {
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
              remove={() => removeWebhook(bot)}
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
