import { refuse } from '../../../src-shared/errors.ts';
import { domainOf, localpartOf } from '../../../src-shared/jid.ts';
import { ejabberdAccounts } from '../../gateways/ejabberd-admin/accounts.ts';
import { checkAccess } from '../../gateways/ejabberd-admin/check-access.ts';
import { type AdminAccess, AdminProblem, ejabberdAdmin } from '../../gateways/ejabberd-admin/client.ts';
import type { AccountProvider } from './account-provider.ts';
import { explainAdminApi, explained } from './explain.ts';

/** What ejabberd says to a host it does not serve, and to much else. */
const NOT_ALLOWED = 10_001;

/** Accounts by the admin API of ejabberd. Refuses a CA that cannot be read. */
export function adminApiAccounts(
  access: AdminAccess,
  { host, ownPorts }: { host: string; ownPorts: readonly number[] },
): AccountProvider {
  const inWords = <T>(work: Promise<T>) => explained(work, (error) => explainAdminApi(error, access));
  const admin = (() => {
    try {
      return ejabberdAdmin(access, ownPorts);
    } catch (error) {
      throw explainAdminApi(error, access);
    }
  })();
  const accounts = ejabberdAccounts(admin);

  async function register(localpart: string, password: string): Promise<boolean> {
    try {
      return await accounts.register(localpart, host, password);
    } catch (error) {
      const isVague = error instanceof AdminProblem && error.code === NOT_ALLOWED;
      const hosts = isVague ? await accounts.hosts().catch(() => [host]) : [host];
      throw hosts.includes(host) ? error : refuse('ejabberd.host-unknown', { host });
    }
  }

  return {
    host,
    async check() {
      const { hosts } = await inWords(checkAccess(admin, access.adminJid));
      if (!hosts.includes(host)) throw refuse('ejabberd.host-unknown', { host });
    },
    create: async (localpart, password) =>
      (await inWords(register(localpart, password))) ? 'created' : 'taken',
    remove: (jid) => inWords(accounts.unregister(localpartOf(jid), domainOf(jid))),
    exists: (jid) => inWords(accounts.exists(localpartOf(jid), domainOf(jid))),
    changePassword: (jid, passwords) =>
      inWords(accounts.changePassword(localpartOf(jid), domainOf(jid), passwords.new)),
    close: () => admin.close(),
  };
}
