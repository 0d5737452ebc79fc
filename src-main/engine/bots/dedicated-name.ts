import { randomBytes } from 'node:crypto';
import { dedicatedName } from '../../../src-shared/dedicated-name.ts';
import { refuse } from '../../../src-shared/errors.ts';
import { type BareJid, bareJid } from '../../../src-shared/jid.ts';
import type { AccountProvider } from '../provisioning/account-provider.ts';

const SUFFIX_BYTES = 2;
const PASSWORD_BYTES = 32;
/** So many taken names in a row are no coincidence: two bytes make 65 536 suffixes. */
const TRIES = 10;

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
