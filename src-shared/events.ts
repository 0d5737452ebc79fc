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
  /** An account's own device can be found by others, or could not be published at the first try. */
  'omemo.published': { accountId: AccountId; jid: BareJid };
  /** Devices that somebody did not have when their list was read before. */
  'omemo.devices-added': { accountId: AccountId; jid: BareJid; deviceIds: readonly number[] };
  /** A device was approved, or is no longer. */
  'omemo.trust-changed': { accountId: AccountId; jid: BareJid; deviceId: number };
  /** An account came into a room, left it, or could not come back. */
  'room.changed': { accountId: AccountId; room: BareJid };
  'update.queued': { botId: BotId; conversation: string };
  /** Updates of a bot came, went, or were tried. Announced to the window once a second at most. */
  'delivery.changed': { botId: BotId };
  /** A bot was told something, said something, or failed to. Announced once in five seconds at most. */
  'activity.changed': { botId: BotId };
  /** An update will not get there: it became a dead letter. */
  'update.failed': { botId: BotId };
  'webhook.changed': { botId: BotId; isSet: boolean };
  /** The address of a webhook began to fail, or answers again. */
  'webhook.health-changed': { botId: BotId; isFailing: boolean };
  /** What the AI of a bot is set up with, whether it is on, or whose conversations it keeps. */
  'ai.changed': { botId: BotId };
  /** The AI of a bot is asked, or was: what waits and its numbers are others. Announced to the window once a second at most. */
  'ai.used': { botId: BotId };
  /** The Telegram bridge of a bot: its set-up, whether it works, what it carried over. Announced once a second at most. */
  'telegram.changed': { botId: BotId };
  /** `room`: it goes to a room. `botId`: a bot said it just now. */
  'message.queued': { accountId: AccountId; room?: BareJid; botId?: BotId };
  'message.state-changed': {
    messageId: string;
    botId: BotId | null;
    state: 'acked' | 'delivered' | 'displayed' | 'failed';
  };
  'setting.changed': { key: string };
  /** The sandbox of this machine runs, or does not. */
  'sandbox.changed': Record<string, never>;
  /** A message of a person's conversation is new, or is no longer as it was or where it was. */
  'chat.message': { accountId: AccountId; account: BareJid; chat: BareJid; id: number; isNew: boolean };
  /** The list of conversations: read, muted, renamed, opened, closed; its encryption; who is there. */
  'chat.changed': { accountId: AccountId; account: BareJid; chat: BareJid };
  /** Somebody began or stopped to write. */
  'chat.typing': { accountId: AccountId; account: BareJid; chat: BareJid; who: string; isTyping: boolean };
}
