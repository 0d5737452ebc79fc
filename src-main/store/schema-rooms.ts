import type { Generated } from 'kysely';

/** A room that an account is in, comes back to, or was put out of (XEP-0045). */
export interface RoomTable {
  account_id: number;
  jid: string;
  /** Wished for; the room may have given another. */
  nick: string;
  /** Sealed. */
  password: Buffer | null;
  /** Why the account is out and does not come back by itself; null: it is in there whenever it is online. */
  out_reason: string | null;
  /** What the room or a moderator said to that. */
  out_text: string | null;
  /** 1: for members only, who see each other's addresses, so that it can be encrypted; null: not known yet. */
  is_private: number | null;
  has_archive: Generated<number>;
  /** Up to where the room was followed: its last message known here, and when that came. */
  archive_id: string | null;
  archive_at: number | null;
  joined_at: number;
}

/** A bot that asked to be in a room. */
export interface RoomBotTable {
  account_id: number;
  room: string;
  bot_id: number;
}

/** Messages of rooms by the name that each copy of one has. */
export interface RoomMessageTable {
  account_id: number;
  room: string;
  /** The room's id of it (XEP-0359), or what takes its place. */
  name: string;
  /** The sender's id of it, which corrections refer to. */
  sent_as: string;
  /** Who may change it: an occupant by id or address, or a nickname for as long as one and the same person had it. */
  author: string;
  seen_at: number;
}
