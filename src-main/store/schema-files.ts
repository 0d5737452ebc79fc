/** A file that a bot's program can get for a while. */
export interface ReceivedFileTable {
  /** Keyed digest of what is in its address. */
  token: string;
  bot_id: number;
  /** Sealed: where it lies, under which name, and what opens it. */
  source: Buffer;
  /** Unix milliseconds. */
  expires_at: number;
  /** Its name in our folder, once it was fetched. */
  stored_as: string | null;
  /** Sealed: what opens it there, and what it is. */
  stored: Buffer | null;
  stored_at: number | null;
  stored_bytes: number | null;
}
