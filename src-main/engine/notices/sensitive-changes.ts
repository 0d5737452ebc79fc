import type { Caller } from '../../../src-shared/access.ts';
import type { BotSettingKey } from '../../../src-shared/api/bot-settings.ts';
import type { SettingKey } from '../../../src-shared/api/settings.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { NoticeKind, NoticeList, NoticeValues, OwnerNotices } from './owner-notices.ts';

/**
 * What an owner is told of, unless he did it himself in chat: whatever lets somebody else act as the bot, read what it
 * reads, or hear from it (contract, section 7, "Addresses given by others"). What comes with other features joins by a
 * line here and its text `notice.…`.
 */
export const SENSITIVE_CHANGES = [
  'webhook-host',
  'ai-base-url',
  'telegram-link',
  'token-replaced',
  'token-revoked',
  'setting-scope',
  'setting-encrypted',
  'setting-allowed-contacts',
  'setting-allow-plaintext',
  'bot-created',
  'device-trusted',
  'device-distrusted',
  'operator-settings',
] as const satisfies readonly NoticeKind[];
export type SensitiveChange = (typeof SENSITIVE_CHANGES)[number];

/** The settings of a bot that are among them. */
export const SENSITIVE_SETTINGS: Partial<Record<BotSettingKey, SensitiveChange>> = {
  scope: 'setting-scope',
  encrypted: 'setting-encrypted',
  allowed_contacts: 'setting-allowed-contacts',
  allow_plaintext: 'setting-allow-plaintext',
};

/**
 * Those of the installation, which its operator is told of: who reaches it and who may manage it, where it may reach, where
 * the tokens of Telegram bots go, and where dedicated bots get their accounts.
 */
export const OPERATOR_SETTINGS: ReadonlySet<SettingKey> = new Set<SettingKey>([
  'api_mode',
  'api_port',
  'api_tls_cert',
  'api_tls_key',
  'admin_auth',
  'chat_admin',
  'token_display',
  'webhook_allow_private',
  'telegram_api_root',
  'ejabberd_api_url',
  'ejabberd_host',
  'ejabberd_service',
  'ejabberd_admin_jid',
  'ejabberd_admin_password',
]);

/** The owner's own hands: what is typed in chat is answered there. */
const OWN_CHAT = new Set(['chat', 'ad-hoc']);
/** Where it came from, in words of any language. */
const PLACES: Readonly<Record<string, string>> = { socket: 'CLI', window: 'Desktop' };
const VALUE_LENGTH = 200;

interface SensitiveChangesDeps {
  notices: Pick<OwnerNotices, 'tell' | 'tellAccount'>;
  accounts: Pick<AccountRepository, 'ofPerson' | 'operator'>;
}

/** Tells owners of sensitive changes that were not made in their chat, in the change's own unit. */
export function sensitiveChanges({ notices, accounts }: SensitiveChangesDeps) {
  const shown = (values: NoticeValues, { from }: Caller): NoticeValues => ({
    ...Object.fromEntries(Object.entries(values).map(([slot, value]) => [slot, cut(value)])),
    from: PLACES[from] ?? `HTTP, ${from}`,
  });

  return {
    async tell(
      tx: Tx,
      botId: BotId,
      change: SensitiveChange,
      caller: Caller,
      values: NoticeValues = {},
    ): Promise<void> {
      if (!OWN_CHAT.has(caller.from)) await notices.tell(tx, botId, change, shown(values, caller));
    },

    /** Of a new bot its owner, if signed in here: what others are told first is up to whoever made it. */
    async botCreated(
      tx: Tx,
      bot: { id: BotId; name: string; owner: BareJid },
      caller: Caller,
    ): Promise<void> {
      const owner = await accounts.ofPerson(bot.owner, tx);
      if (!owner || OWN_CHAT.has(caller.from)) return;
      const bots: NoticeList = { [`${bot.name} (ID: ${bot.id})`]: '' };
      await notices.tellAccount(tx, owner.id, 'bot-created', shown({ bots }, caller));
    },

    /** Whose word counts with an account, or no longer. */
    async deviceDecided(
      tx: Tx,
      { id, jid, botId }: Pick<Account, 'id' | 'jid' | 'botId'>,
      {
        trust,
        device,
        fingerprint,
      }: { trust: 'trusted' | 'distrusted'; device: string; fingerprint: string },
      caller: Caller,
    ): Promise<void> {
      if (OWN_CHAT.has(caller.from)) return;
      const values = shown({ account: jid, devices: { [device]: fingerprint } }, caller);
      if (botId === undefined) await notices.tellAccount(tx, id, `device-${trust}`, values);
      else await notices.tell(tx, botId, `device-${trust}`, values);
    },

    /** Of all that was changed at once, in one notice. */
    async operatorSettings(tx: Tx, changed: NoticeList, caller: Caller): Promise<void> {
      if (OWN_CHAT.has(caller.from) || Object.keys(changed).length === 0) return;
      const operator = await accounts.operator(tx);
      if (!operator) return;
      await notices.tellAccount(tx, operator.id, 'operator-settings', shown({ settings: changed }, caller));
    },
  };
}
export type SensitiveChanges = ReturnType<typeof sensitiveChanges>;

function cut(value: NoticeValues[string]): NoticeValues[string] {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return value.slice(0, VALUE_LENGTH);
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, text.slice(0, VALUE_LENGTH)]));
}
