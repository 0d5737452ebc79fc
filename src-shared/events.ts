import type { AccountId, BotId } from './ids.ts';
import type { BareJid } from './jid.ts';

/** State of an account's (or a dedicated bot's) session, as shown to people. */
export type SessionState = 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';

/** Everything the engine announces: past tense, after the change was committed. */
export interface EngineEvents {
  'account.added': { accountId: AccountId; jid: BareJid };
  'account.removed': { accountId: AccountId; jid: BareJid };
  'account.switched': { accountId: AccountId; jid: BareJid; isEnabled: boolean };
  /** Its language, or whose this installation is. */
  'account.changed': { accountId: AccountId; jid: BareJid };
  'account.session-changed': {
    accountId: AccountId;
    jid: BareJid;
    state: SessionState;
    reason: string | undefined;
  };
  'bot.created': { botId: BotId; owner: BareJid };
  'bot.changed': { botId: BotId; owner: BareJid };
  'bot.deleted': { botId: BotId; owner: BareJid };
  /** Devices that somebody did not have when their list was read before. */
  'omemo.devices-added': { accountId: AccountId; jid: BareJid; deviceIds: readonly number[] };
  /** A device was approved, or is no longer. */
  'omemo.trust-changed': { accountId: AccountId; jid: BareJid; deviceId: number };
  /** An account came into a room, left it, or could not come back. */
  'room.changed': { accountId: AccountId; room: BareJid };
  'update.queued': { botId: BotId; conversation: string };
  'webhook.changed': { botId: BotId; isSet: boolean };
  /** `room`: it goes to a room. */
  'message.queued': { accountId: AccountId; room?: BareJid };
  'message.state-changed': {
    messageId: string;
    botId: BotId | null;
    state: 'acked' | 'delivered' | 'displayed' | 'failed';
  };
  'setting.changed': { key: string };
}
