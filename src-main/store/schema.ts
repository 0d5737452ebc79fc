import type { Generated } from 'kysely';
import type {
  AiConfigTable,
  AiDraftTable,
  AiProviderTable,
  AiQuestionTable,
  AiTurnTable,
  AiUsageTable,
} from './schema-ai.ts';
import type {
  BotAvatarTable,
  BotCommandTable,
  BotErrandTable,
  BotSettingTable,
  BotTable,
  OwnerNoticeTable,
} from './schema-bots.ts';
import type { ChatFileTable, ChatMessageTable, ChatRequestTable, ChatTable } from './schema-chat.ts';
import type {
  BotActivityTable,
  DeadLetterTable,
  DeliveryTable,
  UpdateQueueTable,
  WebhookEndpointTable,
} from './schema-deliveries.ts';
import type { ReceivedFileTable } from './schema-files.ts';
import type {
  IdempotencyKeyTable,
  InboxTable,
  KnownMessageTable,
  OutboxTable,
  SeenMessageTable,
} from './schema-messages.ts';
import type {
  OmemoContactTable,
  OmemoDeviceTable,
  OmemoIdentityTable,
  OmemoLeftDeviceTable,
  OmemoPreKeyTable,
  OmemoSessionTable,
  OmemoSignedPreKeyTable,
  WaitingCommandTable,
} from './schema-omemo.ts';
import type { RoomBotTable, RoomMessageTable, RoomTable } from './schema-rooms.ts';
import type {
  TelegramBotTable,
  TelegramLinkTable,
  TelegramMessageTable,
  TelegramOutgoingTable,
  TelegramRecentTable,
} from './schema-telegram.ts';

/**
 * Row types. Columns are snake_case and used as such. `Buffer` columns named in a comment as sealed hold values of
 * the secret box. Instants are Unix milliseconds, but seconds in the guide's columns (`bot`, `update_queue`,
 * `audit_log`).
 */
export interface Database {
  account: AccountTable;
  bot: BotTable;
  update_queue: UpdateQueueTable;
  dead_letter: DeadLetterTable;
  bot_command: BotCommandTable;
  bot_setting: BotSettingTable;
  bot_avatar: BotAvatarTable;
  webhook_endpoint: WebhookEndpointTable;
  owner_notice: OwnerNoticeTable;
  inbox: InboxTable;
  seen_message: SeenMessageTable;
  outbox: OutboxTable;
  known_message: KnownMessageTable;
  idempotency_key: IdempotencyKeyTable;
  settings: SettingsTable;
  audit_log: AuditLogTable;
  omemo_identity: OmemoIdentityTable;
  omemo_signed_prekey: OmemoSignedPreKeyTable;
  omemo_prekey: OmemoPreKeyTable;
  omemo_contact: OmemoContactTable;
  omemo_device: OmemoDeviceTable;
  omemo_session: OmemoSessionTable;
  omemo_left_device: OmemoLeftDeviceTable;
  waiting_command: WaitingCommandTable;
  bot_errand: BotErrandTable;
  room: RoomTable;
  room_bot: RoomBotTable;
  room_message: RoomMessageTable;
  received_file: ReceivedFileTable;
  chat: ChatTable;
  chat_message: ChatMessageTable;
  chat_file: ChatFileTable;
  chat_request: ChatRequestTable;
  delivery: DeliveryTable;
  bot_activity: BotActivityTable;
  ai_config: AiConfigTable;
  ai_provider: AiProviderTable;
  ai_draft: AiDraftTable;
  ai_turn: AiTurnTable;
  ai_question: AiQuestionTable;
  ai_usage: AiUsageTable;
  telegram_bot: TelegramBotTable;
  telegram_link: TelegramLinkTable;
  telegram_outgoing: TelegramOutgoingTable;
  telegram_message: TelegramMessageTable;
  telegram_recent: TelegramRecentTable;
}

export interface AccountTable {
  id: Generated<number>;
  tenant_id: string;
  jid: string;
  /** Sealed. */
  password: Buffer | null;
  service: string | null;
  /** PEM text of additional trusted certificates. */
  ca: string | null;
  enabled: number;
  is_operator: number;
  /** Up to where the server's archive was read: the id of its last message known here, and when that was sent. */
  archive_id: string | null;
  archive_at: number | null;
  /** Of answers in chat; null: the setting's. */
  language: 'en' | 'de' | null;
  /** Gets what is typed into the self-chat; null, or no active bot: the newest active one. */
  selected_bot_id: number | null;
  /** The dedicated bot whose own account this is; null: a person's. */
  bot_id: number | null;
  /** Whether it has an OMEMO device here: of a person only with consent. */
  has_omemo: Generated<number>;
  created_at: number;
}

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

export interface UpdateQueueTable {
  bot_id: number;
  update_id: number;
  update_type: string;
  /** Whose order it keeps: the bare JID of the conversation. */
  conversation: string;
  /** Sealed JSON of `data`. */
  payload: Buffer;
  created_at: number;
  /** Webhook attempts that did not deliver it. */
  attempts: number;
  /** How many of them were refusals of this update alone (a 4xx). */
  refusals: number;
  /** The number under which it was first tried, where it was put back: its delivery id is made of that. */
  delivery_of: number | null;
}

/** An update that a webhook could not be given: out of the way, kept for a while, can be put back. */
export interface DeadLetterTable {
  bot_id: number;
  update_id: number;
  update_type: string;
  conversation: string;
  /** Sealed as in `update_queue`, under the same name, so that it moves as it is. */
  payload: Buffer;
  created_at: number;
  attempts: number;
  reason: string;
  /** Unix seconds. */
  buried_at: number;
  delivery_of: number | null;
}

/** Health of a bot's webhook address as a whole; no row: never tried. */
export interface WebhookEndpointTable {
  bot_id: number;
  /** Failed attempts in a row; 0 when the last one succeeded. */
  failures: number;
  failing_since: number | null;
  paused_until: number;
  last_error: string | null;
  last_error_at: number | null;
  last_success_at: number | null;
  /** When the owner was told that it is failing; null when there is nothing to take back. */
  told_at: number | null;
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

export interface SettingsTable {
  tenant_id: string;
  key: string;
  value: string | null;
  /** Sealed, for settings that are secrets. */
  sealed: Buffer | null;
}

export interface AuditLogTable {
  id: Generated<number>;
  tenant_id: string;
  bot_id: number | null;
  action: string;
  details: string;
  /** Who did it: a JID, `admin`, `engine`. */
  actor: string;
  /** From where: an address, `chat`, `socket`. */
  ip_address: string;
  outcome: string;
  timestamp: number;
}
