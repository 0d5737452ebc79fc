import type { TelegramChat } from '../../../src-shared/api/telegram.ts';

/** Of each Telegram bot, and of how many Telegram bots. */
const CHATS_KEPT = 50;
const BOTS_KEPT = 500;

const OWN_KEPT = 500;

/** Chats that wrote to Telegram bots lately, for who picks one: in memory alone, and nothing of what was said there. */
export function seenChats() {
  const seen = new Map<string, Map<string, TelegramChat>>();
  const own = new Map<string, number>();
  const place = (telegramId: string, chatId: string) => `${telegramId} ${chatId}`;

  return {
    note(telegramId: string, chat: TelegramChat): void {
      const chats = seen.get(telegramId) ?? new Map<string, TelegramChat>();
      chats.delete(chat.id);
      chats.set(chat.id, chat);
      dropOldest(chats, CHATS_KEPT);
      seen.delete(telegramId);
      seen.set(telegramId, chats);
      dropOldest(seen, BOTS_KEPT);
    },
    /** We wrote there under that number, before there was a link with that chat. */
    noteOwn(telegramId: string, chatId: string, number: number): void {
      const key = place(telegramId, chatId);
      own.delete(key);
      own.set(key, number);
      dropOldest(own, OWN_KEPT);
    },
    /** The newest of those. */
    ownIn: (telegramId: string, chatId: string): number | undefined => own.get(place(telegramId, chatId)),
    /** Newest first. */
    of: (telegramId: string): TelegramChat[] => [...(seen.get(telegramId)?.values() ?? [])].reverse(),
  };
}
export type SeenChats = ReturnType<typeof seenChats>;

function dropOldest<Key>(map: Map<Key, unknown>, kept: number): void {
  const [oldest] = map.keys();
  if (map.size > kept && oldest !== undefined) map.delete(oldest);
}
