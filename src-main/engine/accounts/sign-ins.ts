import type { Caller } from '../../../src-shared/access.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import type { SettingService } from '../settings/setting-service.ts';
import type { AccountService, SignIn } from './account-service.ts';
import type { AccountSessions } from './account-sessions.ts';

/** How long a new session may take to be online. */
const ONLINE_WITHIN_MS = 30_000;

interface SignInsDeps {
  accounts: Pick<AccountService, 'add' | 'remove'>;
  sessions: Pick<AccountSessions, 'isRunning' | 'online'>;
  settings: Pick<SettingService, 'get'>;
}

/**
 * Signs accounts in, up to their being online. Who goes away meanwhile has cancelled: what is under way ends, and an
 * account that was stored only for it is forgotten again. Attempts of one account come one after the other.
 */
export function signIns({ accounts, sessions, settings }: SignInsDeps) {
  const attempts = new KeyedQueue<BareJid>();

  async function attempt(signIn: SignIn, caller: Caller, gone: AbortSignal): Promise<void> {
    const { jid, verify } = signIn;
    const { isNew } = await accounts.add(signIn, caller, gone);
    if (!sessions.isRunning || !verify || !settings.get('bot_features_enabled')) return;
    try {
      await sessions.online(jid, ONLINE_WITHIN_MS, gone);
    } catch (error) {
      if (isNew && gone.aborted) await accounts.remove(jid, false, caller);
      throw error;
    }
  }
  return (signIn: SignIn, caller: Caller, gone: AbortSignal): Promise<void> =>
    attempts.run(signIn.jid, () => attempt(signIn, caller, gone));
}
