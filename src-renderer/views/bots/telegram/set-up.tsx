import { Button, Title } from '@mantine/core';
import { useState } from 'react';
import type { BotTelegram, TelegramMode } from '../../../../src-shared/api/telegram.ts';
import { checkBotTelegram } from '../../../../src-shared/client/window.ts';
import { ApiProblem, engine } from '../../../client.ts';
import { useTelegramChange } from '../../../queries/bot-telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { TelegramIcon } from '../../../ui/icons.tsx';
import { toast, toastStaying } from '../../../ui/toasts.tsx';
import { useUnsaved } from '../../../ui/unsaved.ts';
import { ChatMark } from './chat-mark.tsx';
import { ChatPicker, type ChosenChat } from './chat-picker.tsx';
import { ChosenRow } from './chosen-row.tsx';
import { DirectionCards } from './direction-cards.tsx';
import { botName, chatPlace, chatTitle } from './names.ts';
import { Privacy } from './privacy.tsx';
import styles from './set-up.module.css';
import { Step } from './step.tsx';
import { type CheckedToken, TokenStep } from './token-step.tsx';
import type { Tries } from './use-tries.ts';

interface SetUpProps {
  bot: Bot;
  telegram: BotTelegram;
  tries: Tries;
}

/** From nothing to a bridge that has said hello: whose token, which chat, which way. Nothing is kept before the last step. */
export function SetUp({ bot, telegram, tries }: SetUpProps) {
  const text = useText().bots.telegram;
  const change = useTelegramChange(bot.id);
  const [checked, setChecked] = useState<CheckedToken>();
  const [chat, setChat] = useState<ChosenChat>();
  const [mode, setMode] = useState<TelegramMode>(telegram.mode);
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string>();
  useUnsaved(checked !== undefined);

  const isTokenDone = checked !== undefined && (checked.bot?.webhook ?? null) === null;
  const isChatDone = isTokenDone && chat !== undefined;
  const name = botName(checked?.bot?.username ?? null, text.setUp.someBot);

  function take(next: CheckedToken | undefined) {
    setChecked(next);
    setChat(undefined);
    setProblem(undefined);
  }
  function choose(next: ChosenChat | undefined) {
    setChat(next);
    setProblem(undefined);
  }
  async function switchOn() {
    if (checked === undefined || chat === undefined) return;
    setSaving(true);
    setProblem(undefined);
    try {
      const { token } = checked;
      const { warning } = await change({ token, chat_id: chat.id, mode, enabled: true });
      toast(text.setUp.go.done(bot.name));
      // It is said as soon as somebody asks for it; now nobody would hear it.
      if (warning !== null) toastStaying(warning);
      else void tries.hello();
    } catch (error) {
      setProblem((error as Error).message);
      setSaving(false);
      if (error instanceof ApiProblem && error.code === 'telegram_webhook') await checkAgain(checked);
    }
  }
  /** Another program has set its webhook meanwhile: that is asked about where the token is. */
  async function checkAgain({ token, wish }: CheckedToken) {
    const { ms: _ms, ...fresh } = await checkBotTelegram(engine, { id: bot.id, token });
    setChecked({ token, wish, bot: fresh });
  }
  return (
    <div className={styles.setUp}>
      <header className={styles.head}>
        <span aria-hidden="true" className={styles.mark}>
          <TelegramIcon size={22} />
        </span>
        <div>
          <Title order={2} size="lg">
            {text.title}
          </Title>
          <p>
            {text.lead[bot.mode === 'dedicated' ? 'dedicated' : 'personal']} {text.setUp.lead}
          </p>
        </div>
      </header>
      <ol className={styles.steps}>
        <Step state={isTokenDone ? 'done' : 'now'} title={text.setUp.token.title}>
          <TokenStep bot={bot} checked={checked} onChecked={take} />
        </Step>
        <Step state={stateOf(isTokenDone, isChatDone)} title={text.setUp.chat.title}>
          {checked && chat === undefined && (
            <ChatPicker
              id={bot.id}
              onChoose={choose}
              startsById={checked.bot === undefined}
              token={checked.token}
              username={checked.bot?.username ?? null}
              wish={checked.wish}
            />
          )}
          {checked && chat !== undefined && (
            <>
              <ChosenRow onOther={() => choose(undefined)} other={text.setUp.chat.other}>
                <ChosenChatName chosen={chat} />
              </ChosenRow>
              {checked.bot && <Privacy bot={checked.bot} chat={mode === 'bridge' ? chat.chat : null} />}
            </>
          )}
        </Step>
        <Step state={stateOf(isChatDone, isChatDone)} title={text.setUp.direction.title}>
          <DirectionCards label={text.direction} onChoose={setMode} value={mode} withoutLabel />
        </Step>
        <Step state={stateOf(isChatDone, false)} title={text.setUp.go.title}>
          <p>
            {checked !== undefined && checked.bot === undefined
              ? text.setUp.go.unchecked
              : text.setUp.go.body(name, chat?.chat === undefined ? (chat?.id ?? '') : chatTitle(chat.chat))}
          </p>
          {problem !== undefined && (
            <p className={styles.bad} role="alert">
              {problem}
            </p>
          )}
          <Button loading={isSaving} mt="md" onClick={() => void switchOn()}>
            {text.setUp.go.action}
          </Button>
        </Step>
      </ol>
      <p className={styles.inChat}>{text.setUp.inChat}</p>
    </div>
  );
}

function ChosenChatName({ chosen: { id, chat } }: { chosen: ChosenChat }) {
  const all = useText();
  if (chat === undefined) return id;
  return (
    <span className={styles.chat}>
      <ChatMark chat={chat} size={20} />
      <span>
        <strong>
          <bdi>{chatTitle(chat)}</bdi>
        </strong>{' '}
        {chatPlace(chat, all)}
      </span>
    </span>
  );
}

const stateOf = (mayBegin: boolean, isDone: boolean) => {
  if (!mayBegin) return 'later';
  return isDone ? 'done' : 'now';
};
