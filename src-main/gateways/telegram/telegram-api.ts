import type { MessageEntity } from 'grammy/types';
import type { TelegramBot, TelegramChat } from '../../../src-shared/api/telegram.ts';
import type { TelegramMedia } from './media.ts';

export type { MessageEntity };

/** A text with its styling. Offsets and lengths are counted in UTF-16 units, as JavaScript does. */
export interface TelegramText {
  text: string;
  entities: readonly MessageEntity[];
}

/** The longest text of one message, in UTF-16 units. */
export const TELEGRAM_TEXT_LIMIT = 4096;

export interface TelegramMessage {
  id: number;
  isEdit: boolean;
  /** The name to show: of the person, or of the group or channel that speaks. */
  from: string;
  /** Another bot wrote it, or this one. */
  isFromBot: boolean;
  /** What was written; of media, the caption. */
  text: TelegramText;
  media?: TelegramMedia;
  /** From somewhere else: whose it was. */
  forwardedFrom?: string;
  replyTo?: { id: number; from: string; isFromBot: boolean; text: string };
  /** Unix seconds, of the edit where it is one. */
  at: number;
}

/** News that are nothing to us have a number only, so that the next ones can be asked for. */
export interface TelegramUpdate {
  id: number;
  chat?: TelegramChat;
  message?: TelegramMessage;
  /** The group became a supergroup, which has another number. */
  migratedTo?: string;
  /** The Telegram bot was added to the chat or taken out of it (also: blocked by the person). */
  membership?: 'in' | 'out';
}

/**
 * One Telegram bot. Everything rejects with `TelegramFailure`, or with the signal's reason where that ended it (a
 * request that was ended may have been carried out).
 */
export interface TelegramApi {
  /** Asks who the bot is, and whether a webhook of another program takes its news. */
  me(signal: AbortSignal): Promise<TelegramBot>;
  chat(chatId: string, signal: AbortSignal): Promise<TelegramChat>;
  /** Waits for news from number `offset` on; with it, all before are forgotten at Telegram. 0: the oldest, forgetting none. */
  updates(asked: {
    offset: number;
    timeoutS: number;
    limit: number;
    signal: AbortSignal;
  }): Promise<TelegramUpdate[]>;
  /** Waiting news are kept. */
  deleteWebhook(signal: AbortSignal): Promise<void>;
  /** Resolves with the number of the message. One that is answered and is gone is no obstacle. */
  send(
    chatId: string,
    part: TelegramText,
    how: { replyTo?: number | undefined; signal: AbortSignal },
  ): Promise<number>;
  /** That it says this already is fine. */
  edit(chatId: string, message: number, part: TelegramText, signal: AbortSignal): Promise<void>;
  /** False: it is not there (any more), or Telegram does not let it be deleted. */
  delete(chatId: string, message: number, signal: AbortSignal): Promise<boolean>;
  /** Whether a message with this number is there and this bot wrote it. Changes nothing. */
  isOwn(chatId: string, message: number, signal: AbortSignal): Promise<boolean>;
}
