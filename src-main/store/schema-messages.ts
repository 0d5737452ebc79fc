import type { Generated } from 'kysely';

/** Messages on their way in and out, and what has to be known of those that are through. */

export interface InboxTable {
  seq: Generated<number>;
  id: string;
  account_id: number;
  received_at: number;
  /**
   * `held`: waits until the archive is read, or for another engine of the account to be gone; `received`: waits to be
   * understood; `understood`: a command that waits to be run.
   */
  state: 'held' | 'received' | 'understood';
  /** Sealed: the raw stanza. */
  content: Buffer;
  /** Server time of the message, Unix milliseconds. */
  sent_at: number;
  /** It came encrypted, and stands here as it was decrypted. */
  was_encrypted: Generated<0 | 1>;
  /** The command that it chose from a menu. */
  chosen: string | null;
}

/** Names under which a message was seen: one row each, so that every copy of it is recognised. */
export interface SeenMessageTable {
  account_id: number;
  name: string;
  seen_at: number;
  /** The row of the inbox that it waits, or waited, in. */
  inbox_id: string | null;
}

export interface OutboxTable {
  seq: Generated<number>;
  /** Origin id on the wire and `message_id` in the API. */
  id: string;
  account_id: number;
  bot_id: number | null;
  /** Bare JID of the recipient: messages of one conversation keep their order. */
  conversation: string;
  /** Only a message with a text can be asked for, corrected, taken back, answered or reacted to. */
  kind: 'message' | 'reaction' | 'retraction' | 'transport';
  /** Of a correction: the first message, however often it was corrected; null for any other. */
  original_id: string | null;
  /** 1: taken back, together with its corrections. */
  is_retracted: Generated<number>;
  /** Sealed stanza; null for one that failed or was taken back, and a day after it was settled. */
  stanza: Buffer | null;
  /** Sealed: what an encrypted stanza says, as long as the stanza is there. */
  plain: Buffer | null;
  state: 'queued' | 'acked' | 'delivered' | 'displayed' | 'failed';
  reason: string | null;
  created_at: number;
  state_at: number;
  /** 1: said to a room; it waits until the account is in there. */
  is_room: Generated<number>;
  /** The id that the room gave it (XEP-0359), once it was seen there. */
  room_name: string | null;
}

/** Messages that became updates: what answers and reactions have to know of them after the update is gone. */
export interface KnownMessageTable {
  bot_id: number;
  /** Senders choose ids, so an id means something together with who wrote to whom. */
  stanza_id: string;
  author: string;
  recipient: string;
  /** Sealed: the beginning of its text. */
  excerpt: Buffer;
  /** It came encrypted: its text goes nowhere in clear. */
  is_encrypted: number;
  seen_at: number;
}

/** What a request with an `Idempotency-Key` led to, so that its repetition leads to the same. */
export interface IdempotencyKeyTable {
  bot_id: number;
  key: string;
  /** Keyed digest of the request's fields. */
  request: string;
  message_id: string;
  /** Of a file with a caption: the message with the caption. */
  caption_message_id: string | null;
  created_at: number;
}
