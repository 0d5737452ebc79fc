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
