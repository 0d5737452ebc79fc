import type { Generated } from 'kysely';

/** The Telegram bot that a bot speaks through. */
export interface TelegramBotTable {
  bot_id: number;
  is_enabled: number;
  token_sealed: Buffer;
  /** The number before the colon of the token: no two bots have the same, as Telegram gives news to one reader only. */
  telegram_id: string;
  username: string | null;
  /** The first update not taken yet: stored in the unit that stores what the ones before it became. */
  next_update: number;
  last_received_at: number | null;
  last_sent_at: number | null;
  /** The trouble with hearing that its owner was told of, until it is over. */
  told_hearing: string | null;
  /** The same with writing. */
  told_writing: string | null;
}

/** A chat at Telegram and a conversation here. One per bot is used now. */
export interface TelegramLinkTable {
  id: Generated<number>;
  bot_id: number;
  /** A whole number of up to 64 bits as text, or `@name`. */
  chat_id: string;
  /** Sealed JSON of what Telegram tells of the chat (`TelegramChat`); null: not known yet. */
  chat_sealed: Buffer | null;
  mode: 'bridge' | 'forward';
  /** The conversation here: a bare JID; null: the one with the owner. */
  conversation: string | null;
  /** A name to speak of it; null: none. */
  alias: string | null;
  /** The number of the group that became this one: what was said in it may still come. Null: it is none of those. */
  former_chat_id: string | null;
  /** The highest message number known there: where a send that may have arrived is looked for. */
  highest_message: number;
}

/** What is to be done at Telegram, in order. */
export interface TelegramOutgoingTable {
  id: Generated<number>;
  bot_id: number;
  link_id: number;
  /** Sealed JSON (`TelegramTask`): what is to be done, and its parts. */
  details: Buffer;
  /** The message of ours it comes from, for replies and edits; null: none. */
  message_name: string | null;
  /** How many parts are there already. */
  parts_done: number;
  /**
   * The next part was begun to be sent: the highest message number known there before. After a cut it is looked for above
   * that, before it is sent again. Null: it was not begun.
   */
  sent_after: number | null;
  created_at: number;
}

/** Which message there is which message here, for replies, corrections and deletions. */
export interface TelegramMessageTable {
  link_id: number;
  /** Its number there; below zero: in the group that became this one. */
  telegram_message: number;
  /** Name of the message here (origin id, or stanza id). */
  message_name: string;
  /** Which part of it, from 0. */
  part: number;
  /** Where it was written. */
  origin: 'telegram' | 'xmpp';
  created_at: number;
}

/** The beginnings of what was carried over lately, for the window. */
export interface TelegramRecentTable {
  id: Generated<number>;
  bot_id: number;
  outgoing_id: number | null;
  direction: 'xmpp' | 'telegram';
  /** Sealed JSON: who, and the beginning of the text. */
  details: Buffer;
  state: 'waiting' | 'done' | 'failed';
  created_at: number;
}
