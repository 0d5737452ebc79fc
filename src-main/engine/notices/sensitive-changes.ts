import type { Caller } from '../../../src-shared/access.ts';
import type { BotSettingKey } from '../../../src-shared/api/bot-settings.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Tx } from '../../store/open.ts';
import type { NoticeKind, OwnerNotices } from './owner-notices.ts';

/**
 * What an owner is told of, unless he did it himself in chat: whatever lets somebody else act as the bot, read what it
 * reads, or hear from it (contract, section 7, "Addresses given by others"). What comes with other features joins by a
 * line here and its text `notice.…`.
 */
export const SENSITIVE_CHANGES = [
  'webhook-host',
  'token-replaced',
  'token-revoked',
  'setting-scope',
  'setting-encrypted',
  'setting-allowed-contacts',
  'setting-allow-plaintext',
] as const satisfies readonly NoticeKind[];
export type SensitiveChange = (typeof SENSITIVE_CHANGES)[number];

/** The settings of a bot that are among them. */
export const SENSITIVE_SETTINGS: Partial<Record<BotSettingKey, SensitiveChange>> = {
  scope: 'setting-scope',
  encrypted: 'setting-encrypted',
  allowed_contacts: 'setting-allowed-contacts',
  allow_plaintext: 'setting-allow-plaintext',
};

/** The owner's own hands: what is typed in chat is answered there. */
const OWN_CHAT = new Set(['chat', 'ad-hoc']);
/** Where it came from, in words of any language. */
const PLACES: Readonly<Record<string, string>> = { socket: 'CLI', window: 'Desktop' };
const VALUE_LENGTH = 200;

/** Tells owners of sensitive changes that were not made in their chat, in the change's own unit. */
export function sensitiveChanges(notices: Pick<OwnerNotices, 'tell'>) {
  return {
    async tell(
      tx: Tx,
      botId: BotId,
      change: SensitiveChange,
      caller: Caller,
      values: Record<string, string | number> = {},
    ): Promise<void> {
      if (OWN_CHAT.has(caller.from)) return;
      const shown = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.slice(0, VALUE_LENGTH) : value,
      ]);
      await notices.tell(tx, botId, change, {
        ...Object.fromEntries(shown),
        from: PLACES[caller.from] ?? `HTTP, ${caller.from}`,
      });
    },
  };
}
export type SensitiveChanges = ReturnType<typeof sensitiveChanges>;
