import { queryOptions, useQueryClient } from '@tanstack/react-query';
import type { BotTelegram, ChangeBotTelegram } from '../../src-shared/api/telegram.ts';
import { changeBotTelegram, getBotTelegram, getBotTelegramChats } from '../../src-shared/client/window.ts';
import { engine, inTime } from '../client.ts';

/** The Telegram bridge of a bot. */
export const botTelegramQuery = (id: number) =>
  queryOptions({
    queryKey: ['bot', id, 'telegram'],
    queryFn: ({ signal }) => getBotTelegram(engine, { id }, inTime(signal)),
  });

/**
 * Chats that wrote to the Telegram bot lately; undefined as token: the saved one. `wish` tells lists apart: what was typed
 * stays out of the cache's names.
 */
export const telegramChatsQuery = (id: number, token: string | undefined, wish: number) =>
  queryOptions({
    queryKey: ['telegram-chats', id, wish],
    queryFn: ({ signal }) => getBotTelegramChats(engine, { id, token }, { signal }),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });

/** Changes the bridge, and shows what it is from then on. Telegram may be asked, which can take its time. */
export function useTelegramChange(
  id: number,
): (change: Partial<ChangeBotTelegram>) => Promise<BotTelegram & { warning: string | null }> {
  const client = useQueryClient();
  const { queryKey } = botTelegramQuery(id);
  return async (change) => {
    const next = await changeBotTelegram(engine, { id, ...change });
    // What was asked for before would show the old state again.
    await client.cancelQueries({ queryKey, exact: true });
    const { warning: _warning, ...telegram } = next;
    client.setQueryData(queryKey, telegram);
    return next;
  };
}
