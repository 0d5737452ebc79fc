import { Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BotTelegram } from '../../../../src-shared/api/telegram.ts';
import { setBotSetting } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { botTelegramQuery } from '../../../queries/bot-telegram.ts';
import { type Bot, botSettingsQuery } from '../../../queries/bots.ts';
import { useText } from '../../../text/use-text.ts';
import { toast, toastProblem } from '../../../ui/toasts.tsx';
import styles from './telegram.module.css';

interface AiAnswersProps {
  bot: Bot;
  telegram: BotTelegram;
}

/** Whether what the AI says crosses the bridge too; it has effect at once. */
export function AiAnswers({ bot: { id }, telegram }: AiAnswersProps) {
  const { bots, common } = useText();
  const text = bots.telegram;
  const client = useQueryClient();
  const [wished, setWished] = useState<boolean>();

  async function turn(value: boolean) {
    setWished(value);
    try {
      await setBotSetting(engine, { id, key: 'telegram_ai_answers', value });
      toast(common.saved);
    } catch (error) {
      toastProblem(error as Error);
    }
    await Promise.all(
      [botTelegramQuery(id), botSettingsQuery(id)].map(({ queryKey }) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
    setWished(undefined);
  }
  return (
    <Switch
      checked={wished ?? telegram.ai_answers}
      classNames={{ root: styles.ai ?? '' }}
      description={text.aiAnswersHelp}
      label={text.aiAnswers}
      onChange={(event) => void turn(event.currentTarget.checked)}
    />
  );
}
