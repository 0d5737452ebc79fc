import { Alert, Button, Switch, Title } from '@mantine/core';
import { useState } from 'react';
import type { BotTelegram } from '../../../../src-shared/api/telegram.ts';
import { useTelegramChange } from '../../../queries/bot-telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import type { DotState } from '../../../ui/dot-state.ts';
import { WarningIcon } from '../../../ui/icons.tsx';
import { StateDot } from '../../../ui/state-dot.tsx';
import { toastProblem, toastStaying, toastWithUndo } from '../../../ui/toasts.tsx';
import { pointWhen } from '../../../ui/when.ts';
import { useBotActs } from '../use-bot-acts.tsx';
import styles from './telegram.module.css';
import { needsPerson } from './troubles.ts';

interface TelegramHeadProps {
  bot: Bot;
  telegram: BotTelegram;
}

/** Whether it runs, and how. The switch has effect at once. */
export function TelegramHead({ bot, telegram }: TelegramHeadProps) {
  const { bots, common } = useText();
  const text = bots.telegram;
  const change = useTelegramChange(bot.id);
  const acts = useBotActs();
  // What was wished, until the engine has said what is.
  const [wished, setWished] = useState<boolean>();

  async function put(enabled: boolean): Promise<void> {
    setWished(enabled);
    try {
      const { warning } = await change({ enabled });
      if (warning !== null) toastStaying(warning);
    } finally {
      setWished(undefined);
    }
  }
  const turn = (enabled: boolean) =>
    put(enabled).then(
      () =>
        toastWithUndo(
          enabled ? text.switchedOn(bot.name) : text.switchedOff(bot.name),
          { label: common.undo, run: () => void put(!enabled).catch(toastProblem) },
          `Telegram of bot ${bot.id}`,
        ),
      toastProblem,
    );
  return (
    <>
      <div className={styles.head}>
        <div className={styles.names}>
          <Title order={2} size="lg">
            {text.title}
          </Title>
          <p>
            {text.lead[bot.mode === 'dedicated' ? 'dedicated' : 'personal']}{' '}
            {telegram.waiting > 0 && text.waiting(telegram.waiting)}
          </p>
        </div>
        <State telegram={telegram} />
        <Switch
          aria-label={text.switchOf(bot.name)}
          checked={wished ?? telegram.enabled}
          disabled={wished !== undefined}
          onChange={(event) => void turn(event.currentTarget.checked)}
          size="md"
        />
      </div>
      {telegram.enabled && bot.status !== 'active' && (
        <Alert className={styles.alert ?? ''} color="yellow" icon={<WarningIcon />} variant="light">
          <div className={styles.alertBody}>
            <span>{text.botOff(bot.name)}</span>
            <Button onClick={() => void acts.setActive(bot, true)} size="xs" variant="default">
              {text.botOn}
            </Button>
          </div>
        </Alert>
      )}
    </>
  );
}

/** How it is, in a shape, a colour and words. */
function State({ telegram: { state, trouble } }: { telegram: BotTelegram }) {
  const { states } = useText().bots.telegram;
  const language = useLanguage();
  const [look, dot, words] = ((): [string, DotState, string] => {
    if (state === 'online') return ['ok', 'on', states.online];
    if (state === 'connecting') return ['info', 'connecting', states.connecting];
    if (state === 'off') return ['off', 'off', states.off];
    if (trouble === null) return ['info', 'connecting', states.connecting];
    const since = pointWhen(trouble.since, language);
    return needsPerson(trouble.kind)
      ? ['bad', 'failed', states.fails(since)]
      : ['warn', 'waiting', states.paused(since)];
  })();
  return (
    <span className={styles.state} data-look={look} role="status">
      <StateDot state={dot} />
      {words}
    </span>
  );
}
