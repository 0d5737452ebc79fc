import { refuse } from '../../../src-shared/errors.ts';
import { type BareJid, bareJid, domainOf } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';
import type { SessionConfig } from '../../gateways/xmpp/session.ts';
import { type ShortSession, shortSession } from '../../gateways/xmpp/short-session.ts';
import {
  ADD_USER,
  type Administration,
  administration,
  DELETE_USER,
} from '../../gateways/xmpp/xep-0133-administration.ts';
import type { AccountProvider } from './account-provider.ts';
import { explained, explainXmpp } from './explain.ts';

interface XmppAdminDeps {
  host: string;
  clock: Clock;
}

/** Accounts made by an administrator over XMPP (XEP-0133), who signs in at the first need. */
export function xmppAdminAccounts(
  administrator: SessionConfig,
  { host, clock }: XmppAdminDeps,
): AccountProvider {
  const scope = new Scope();
  let signedIn: Promise<ShortSession> | undefined;
  const { jid: by } = administrator;

  /** Each account belongs to a domain, whose own commands manage it. */
  function withAdmin<T>(domain: string, work: (admin: Administration) => Promise<T>): Promise<T> {
    const run = async () => {
      signedIn ??= shortSession(administrator, { clock, scope: scope.child() });
      try {
        return await work(administration(await signedIn, domain));
      } catch (error) {
        // The next one signs in anew: whether this session is still good is not known.
        void signedIn?.then((session) => session.close()).catch(() => undefined);
        signedIn = undefined;
        throw error;
      }
    };
    return explained(run(), (error) => explainXmpp(error, { host: domain, jid: by }));
  }

  return {
    host,
    check: () =>
      withAdmin(host, async (admin) => {
        const offered = await admin.offered();
        if (![ADD_USER, DELETE_USER].every((node) => offered.has(node))) {
          throw refuse('provisioning.rights', { host, jid: by });
        }
      }),
    create: (localpart, password) =>
      withAdmin(host, async (admin) =>
        (await admin.add(bareJid(`${localpart}@${host}`), password)) ? 'created' : 'taken',
      ),
    remove: (jid) => withAdmin(domainOf(jid), (admin) => admin.delete(jid)),
    exists: (jid: BareJid) => withAdmin(domainOf(jid), (admin) => admin.exists(jid)),
    changePassword: (jid, passwords) =>
      withAdmin(domainOf(jid), (admin) => admin.changePassword(jid, passwords.new)),
    async close() {
      const session = await signedIn?.catch(() => undefined);
      await session?.close();
      await scope.close();
    },
  };
}
