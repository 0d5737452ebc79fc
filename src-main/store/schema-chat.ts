import type { Generated } from 'kysely';

/** A conversation of a person's account, as the window keeps it. */
export interface ChatTable {
  id: Generated<number>;
  account_id: number;
  jid: string;
  is_room: Generated<0 | 1>;
  /** What it was called last, for when nobody can be asked. */
  name: string | null;
  muted: Generated<0 | 1>;
  /** Sealed. */
  draft: Buffer | null;
  /** The newest message that was read. */
  read_up_to: number | null;
  /** On the account's contact list, when that was read last. */
  is_contact: Generated<0 | 1>;
  /** Its history was removed, and it is there only for what was chosen about it: not listed until something is said again. */
  forgotten: Generated<0 | 1>;
}

/** What a request with an `Idempotency-Key` led to in a conversation. */
export interface ChatRequestTable {
  account_id: number;
  key: string;
  /** Keyed digest of what was asked for. */
  request: string;
  message_id: string;
  created_at: number;
}

/** One message of a conversation; a notice of the engine about it where `notice` is set. */
export interface ChatMessageTable {
  /** Its place. */
  id: Generated<number>;
  chat_id: number;
  /** Every copy of it has this name, and no other message of the conversation. */
  name: string;
  message_id: string;
  /** What its sender may call it as well. */
  other_id: string | null;
  /** The archive's id of it (XEP-0359): the room's, else the own server's. */
  archive_id: string | null;
  author: string;
  outgoing: 0 | 1;
  by: 'person' | 'bot' | 'engine';
  bot_id: number | null;
  /** How much it counts while it is unread: nothing, as one, as a mention. */
  weight: 0 | 1 | 2;
  encrypted: 0 | 1;
  /** Its sender wants to know when it was read (XEP-0333). */
  markable: 0 | 1;
  /** What a notice is about. */
  notice: string | null;
  edited: Generated<0 | 1>;
  retracted: Generated<0 | 1>;
  state: 'queued' | 'acked' | 'delivered' | 'displayed' | 'failed' | null;
  reason: string | null;
  sent_at: number;
  /** Sealed: who gave which. */
  reactions: Buffer | null;
  /** Sealed: what it says. */
  body: Buffer;
}

/** The copy of a message's file in our folder. */
export interface ChatFileTable {
  message: number;
  /** Which of the message's files. */
  number: number;
  /** Its name in our folder. */
  stored_as: string;
  /** Sealed: what opens it there, and what it is. */
  stored: Buffer;
  stored_at: number;
  stored_bytes: number;
}
