import { useState } from 'react';
import type { BotTelegram, TelegramMode } from '../../../../src-shared/api/telegram.ts';
import { useTelegramChange } from '../../../queries/bot-telegram.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { toastProblem, toastWithUndo } from '../../../ui/toasts.tsx';
import { DirectionCards } from './direction-cards.tsx';

interface DirectionProps {
  bot: Bot;
  telegram: BotTelegram;
}

/** Which way messages go; it has effect at once. */
export function Direction({ bot, telegram }: DirectionProps) {
  const { bots, common } = useText();
  const text = bots.telegram;
  const change = useTelegramChange(bot.id);
  const [wished, setWished] = useState<TelegramMode>();

  async function put(mode: TelegramMode): Promise<void> {
    setWished(mode);
    try {
      await change({ mode });
    } finally {
      setWished(undefined);
    }
  }
  const choose = (mode: TelegramMode) =>
    put(mode).then(
      () =>
        toastWithUndo(
          text.modeSet[mode],
          { label: common.undo, run: () => void put(telegram.mode).catch(toastProblem) },
          `direction of bot ${bot.id}`,
        ),
      toastProblem,
    );
  return (
    <DirectionCards
      label={text.direction}
      onChoose={(mode) => void choose(mode)}
      value={wished ?? telegram.mode}
    />
  );
}
