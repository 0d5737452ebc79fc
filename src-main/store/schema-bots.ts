import type { Generated } from 'kysely';

/** Bots, what belongs to them alone, and what their owners are told. */

export interface BotTable {
  id: Generated<number>;
  tenant_id: string;
  name: string;
  jid: string | null;
  /** Keyed digest of the token; null when revoked. */
  token_hash: string | null;
  /** Sealed. */
  token_raw: Buffer | null;
  /** The token before, while it is still taken: until then, Unix seconds. */
  old_token_hash: string | null;
  old_token_until: number | null;
  /** What it may do, and when it was last used, Unix seconds. */
  old_token_permissions: string | null;
  old_token_used_at: number | null;
  /** When the current token was last used, Unix seconds. */
  token_used_at: number | null;
  owner_jid: string;
  description: string;
  /** What the current token may do: `all`, or scopes separated by commas. */
  permissions: string;
  status: 'active' | 'disabled';
  mode: 'personal' | 'dedicated' | 'cloud';
  created_at: number;
  last_active: number | null;
  webhook_url: string | null;
  /** Sealed. */
  webhook_secret: Buffer | null;
  webhook_enabled: number;
  /** JSON list of update types the webhook takes; null: the default. */
  webhook_updates: string | null;
  /** The same of the last call that fetched updates or listened to them. */
  polled_updates: string | null;
  /** Sealed. */
  bot_password: Buffer | null;
  /** The highest update id given out; ids are even and only grow. */
  last_update_id: Generated<number>;
  /** How many updates are in the queue: counting them again for each new one would take longer the more there are. */
  waiting_updates: Generated<number>;
  /** Updates that did not fit into the queue, over all time. */
  dropped_updates: Generated<number>;
}

export interface BotCommandTable {
  id: Generated<number>;
  bot_id: number;
  /** Without the slash. */
  command: string;
  description: string;
}

/** Settings of one bot that differ from their default. */
export interface BotSettingTable {
  bot_id: number;
  key: string;
  value: string;
}

export interface BotAvatarTable {
  bot_id: number;
  /** Media type. */
  type: string;
  image: Buffer;
  /** The name that it was drawn for, of a bot that was given none. */
  drawn_for: string | null;
}

/** What is still to be done at a server about a dedicated bot's account; the row goes when it is done. */
export interface BotErrandTable {
  id: Generated<number>;
  tenant_id: string;
  /** `register`: begun, and not known how it ended; `remove`, `contact`: the bot is deleted, the account and the owner's
   * contact are to go. */
  kind: 'register' | 'remove' | 'contact';
  jid: string;
  owner_jid: string;
  /** Sealed. */
  password: Buffer;
  attempts: Generated<number>;
  /** Why it could not be done yet, in words. */
  reason: string | null;
  due_at: number;
  created_at: number;
}

/** What an owner was told about a bot, per kind: notices must not come in a flood. Unix milliseconds. */
export interface OwnerNoticeTable {
  /** `bot 3` or `account 1`: one of the two columns below, as a key. */
  subject: string;
  bot_id: number | null;
  account_id: number | null;
  kind: string;
  told_at: number;
  /** Sealed JSON of the newest one that came too soon after `told_at`; it is told later. */
  held_sealed: Buffer | null;
}
