import { randomBytes } from 'node:crypto';
import { refuse } from '../../../src-shared/errors.ts';
import { type BareJid, bareJid } from '../../../src-shared/jid.ts';
import type { AccountProvider } from '../provisioning/account-provider.ts';

const NAME_LENGTH = 50;
const SUFFIX_BYTES = 2;
const PASSWORD_BYTES = 32;
/** So many taken names in a row are no coincidence: two bytes make 65 536 suffixes. */
const TRIES = 10;

/**
 * The localpart of a dedicated bot's account: `bot_weather_1a2b`. Of the name stay `a-z`, `0-9` and `_`; blanks and `-`
 * become `_`; where nothing stays, `bot_1a2b`.
 */
export function dedicatedName(name: string, hex: string): string {
  const kept = name
    .toLowerCase()
    .replace(/[\s-]/gu, '_')
    .replace(/[^a-z0-9_]/g, '')
    .slice(0, NAME_LENGTH);
  const hasName = /[a-z0-9]/.test(kept);
  return hasName ? `bot_${kept}_${hex}` : `bot_${hex}`;
}

export interface DedicatedAccount {
  jid: BareJid;
  password: string;
}

/**
 * Makes the account of a dedicated bot, under another suffix when a name is taken, with a random password. Refuses as the
 * provider does, and when no free name is found. `intend` is awaited before each try: what it stored tells, after a crash or
 * a lost answer, which account may have been made and how to remove it.
 */
export async function createDedicatedAccount(
  provider: Pick<AccountProvider, 'host' | 'create'>,
  name: string,
  {
    random = randomBytes,
    intend,
  }: { random?: (bytes: number) => Buffer; intend?: (account: DedicatedAccount) => Promise<void> } = {},
): Promise<DedicatedAccount> {
  const password = random(PASSWORD_BYTES).toString('base64url');
  for (let tried = 0; tried < TRIES; tried += 1) {
    const localpart = dedicatedName(name, random(SUFFIX_BYTES).toString('hex'));
    const account = { jid: bareJid(`${localpart}@${provider.host}`), password };
    await intend?.(account);
    if ((await provider.create(localpart, password)) === 'created') return account;
  }
  throw refuse('provisioning.names-taken', { host: provider.host, tries: TRIES });
}
