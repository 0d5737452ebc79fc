import type { Selectable } from 'kysely';
import type { TelegramMode } from '../../src-shared/api/telegram.ts';
import { TelegramChat } from '../../src-shared/api/telegram.ts';
import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import type { TelegramBotTable, TelegramLinkTable } from './schema-telegram.ts';

/** What may not work, each by itself: hearing from Telegram, or writing there. */
export type TelegramSide = 'hearing' | 'writing';

/** The chat at Telegram that a bot is linked with. */
export interface TelegramLink {
  id: number;
  /** A whole number as text, or `@name`, as it was given. */
  chatId: string;
  /** What Telegram told of it; undefined: nothing yet. */
  chat: TelegramChat | undefined;
  /** Where it is spoken to: its number as soon as that is known, for a name may pass to somebody else. */
  address: string;
  /** The group that became this one. */
  formerChatId: string | undefined;
  mode: TelegramMode;
  /** The highest message number known there. */
  highestMessage: number;
}

/** The bridge of a bot, as it is stored. */
export interface TelegramBridge {
  botId: BotId;
  isEnabled: boolean;
  token: string;
  telegramId: string;
  username: string | undefined;
  /** The first update that was not taken yet; 0: the oldest that Telegram has. */
  nextUpdate: number;
  /** Unix seconds. */
  lastReceivedAt: number | undefined;
  lastSentAt: number | undefined;
  /** What its owner was told of, until it is over. */
  told: Readonly<Record<TelegramSide, string | undefined>>;
  link: TelegramLink;
}

const tokenPlace = (botId: number) => ({ table: 'telegram_bot', row: botId, column: 'token_sealed' });
const chatPlace = (id: number) => ({ table: 'telegram_link', row: id, column: 'chat_sealed' });

/** The number of the Telegram bot that a token belongs to. */
export const telegramIdOf = (token: string): string => token.slice(0, token.indexOf(':'));

/** The Telegram bots of bots, each with the chat that it is linked with. Token and chat are sealed. */
export function telegramBotRepository(store: Store, box: SecretBox) {
  const toLink = (row: Selectable<TelegramLinkTable>): TelegramLink => {
    // Written by `setChat` alone.
    const chat = row.chat_sealed
      ? TelegramChat.parse(JSON.parse(box.open(row.chat_sealed, chatPlace(row.id))))
      : undefined;
    return {
      id: row.id,
      chatId: row.chat_id,
      chat,
      address: chat?.id ?? row.chat_id,
      formerChatId: row.former_chat_id ?? undefined,
      mode: row.mode,
      highestMessage: row.highest_message,
    };
  };
  const toBridge = (
    row: Selectable<TelegramBotTable>,
    link: Selectable<TelegramLinkTable>,
  ): TelegramBridge => ({
    botId: row.bot_id as BotId,
    isEnabled: row.is_enabled === 1,
    token: box.open(row.token_sealed, tokenPlace(row.bot_id)),
    telegramId: row.telegram_id,
    username: row.username ?? undefined,
    nextUpdate: row.next_update,
    lastReceivedAt: row.last_received_at ?? undefined,
    lastSentAt: row.last_sent_at ?? undefined,
    told: { hearing: row.told_hearing ?? undefined, writing: row.told_writing ?? undefined },
    link: toLink(link),
  });
  const patch = async (tx: Tx, botId: BotId, values: Partial<Selectable<TelegramBotTable>>) => {
    await tx.db.updateTable('telegram_bot').set(values).where('bot_id', '=', botId).execute();
  };
  const patchLink = async (tx: Tx, id: number, values: Partial<Selectable<TelegramLinkTable>>) => {
    await tx.db.updateTable('telegram_link').set(values).where('id', '=', id).execute();
  };
  const setChat = (tx: Tx, linkId: number, chat: TelegramChat) =>
    patchLink(tx, linkId, { chat_sealed: box.seal(JSON.stringify(chat), chatPlace(linkId)) });

  return {
    async of(botId: BotId, tx?: Tx): Promise<TelegramBridge | undefined> {
      const db = tx?.db ?? store.read;
      const row = await db
        .selectFrom('telegram_bot')
        .selectAll()
        .where('bot_id', '=', botId)
        .executeTakeFirst();
      const link =
        row &&
        (await db.selectFrom('telegram_link').selectAll().where('bot_id', '=', botId).executeTakeFirst());
      return row && link && toBridge(row, link);
    },
    /** Those that are switched on, with their modes. */
    async enabled(): Promise<{ botId: BotId; mode: TelegramMode }[]> {
      const rows = await store.read
        .selectFrom('telegram_bot')
        .innerJoin('telegram_link', 'telegram_link.bot_id', 'telegram_bot.bot_id')
        .select(['telegram_bot.bot_id', 'telegram_link.mode'])
        .where('is_enabled', '=', 1)
        .execute();
      return rows.map(({ bot_id, mode }) => ({ botId: bot_id as BotId, mode }));
    },
    /** The bot that speaks through a Telegram bot. */
    async botOf(telegramId: string, tx?: Tx): Promise<BotId | undefined> {
      const row = await (tx?.db ?? store.read)
        .selectFrom('telegram_bot')
        .select('bot_id')
        .where('telegram_id', '=', telegramId)
        .executeTakeFirst();
      return row?.bot_id as BotId | undefined;
    },
    /** A Telegram bot for a bot, in the place of the one before: its updates are numbered anew. */
    async saveToken(tx: Tx, botId: BotId, token: string, username: string | undefined): Promise<void> {
      const telegramId = telegramIdOf(token);
      const before = await tx.db
        .selectFrom('telegram_bot')
        .select('telegram_id')
        .where('bot_id', '=', botId)
        .executeTakeFirst();
      const isOther = before?.telegram_id !== telegramId;
      const values = {
        token_sealed: box.seal(token, tokenPlace(botId)),
        telegram_id: telegramId,
        ...((isOther || username !== undefined) && { username: username ?? null }),
        ...(isOther && { next_update: 0 }),
      };
      await tx.db
        .insertInto('telegram_bot')
        .values({ bot_id: botId, is_enabled: 0, next_update: 0, ...values })
        .onConflict((c) => c.column('bot_id').doUpdateSet(values))
        .execute();
    },
    /** A link in the place of the one before: what belonged to that goes. Resolves with its number. */
    async saveLink(
      tx: Tx,
      botId: BotId,
      { chatId, mode }: { chatId: string; mode: TelegramMode },
    ): Promise<number> {
      await tx.db.deleteFrom('telegram_link').where('bot_id', '=', botId).execute();
      const { id } = await tx.db
        .insertInto('telegram_link')
        .values({ bot_id: botId, chat_id: chatId, mode, highest_message: 0 })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    setEnabled: (tx: Tx, botId: BotId, isEnabled: boolean) =>
      patch(tx, botId, { is_enabled: isEnabled ? 1 : 0 }),
    setUsername: (tx: Tx, botId: BotId, username: string) => patch(tx, botId, { username }),
    setTold: (tx: Tx, botId: BotId, side: TelegramSide, trouble: string | undefined) =>
      patch(tx, botId, { [`told_${side}`]: trouble ?? null }),
    /** Everything before is taken. `receivedAt`: something of it was carried over. */
    setNextUpdate: (tx: Tx, botId: BotId, next: number, receivedAt?: number) =>
      patch(tx, botId, {
        next_update: next,
        ...(receivedAt !== undefined && { last_received_at: receivedAt }),
      }),
    setSent: (tx: Tx, botId: BotId, at: number) => patch(tx, botId, { last_sent_at: at }),
    setMode: (tx: Tx, linkId: number, mode: TelegramMode) => patchLink(tx, linkId, { mode }),
    setChat,
    /** The group became a supergroup: that has another number, and numbers its messages anew. */
    async moveLink(tx: Tx, { id, address, chat }: TelegramLink, chatId: string): Promise<void> {
      const values = { chat_id: chatId, former_chat_id: address, chat_sealed: null, highest_message: 0 };
      await patchLink(tx, id, values);
      if (chat) await setChat(tx, id, { ...chat, id: chatId, kind: 'supergroup' });
    },
    /** Another Telegram bot speaks in that chat: it may number its messages differently. */
    async startLinkAnew(tx: Tx, linkId: number): Promise<void> {
      await patchLink(tx, linkId, { former_chat_id: null, chat_sealed: null, highest_message: 0 });
    },
    /** A message with that number is there. */
    async noteNumber(tx: Tx, linkId: number, message: number): Promise<void> {
      await tx.db
        .updateTable('telegram_link')
        .set({ highest_message: message })
        .where('id', '=', linkId)
        .where('highest_message', '<', message)
        .execute();
    },
    async forget(tx: Tx, botId: BotId): Promise<void> {
      await tx.db.deleteFrom('telegram_bot').where('bot_id', '=', botId).execute();
    },
  };
}
export type TelegramBotRepository = ReturnType<typeof telegramBotRepository>;
