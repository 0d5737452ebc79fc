import { randomBytes } from 'node:crypto';
import { refuse } from '../../../src-shared/errors.ts';
import { type BareJid, bareJid, domainOf, localpartOf } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';
import { ConnectionProblem } from '../../gateways/xmpp/problem.ts';
import type { SessionConfig } from '../../gateways/xmpp/session.ts';
import {
  cancelRegistration,
  changeOwnPassword,
  openRegistration,
} from '../../gateways/xmpp/xep-0077-registration.ts';
import type { AccountProvider } from './account-provider.ts';
import { explained, explainXmpp } from './explain.ts';

interface InBandDeps extends Pick<SessionConfig, 'service' | 'ca' | 'resource'> {
  host: string;
  clock: Clock;
}

/** Accounts that register themselves, as any client may on such a server (XEP-0077). Each step has a stream of its own. */
export function inBandAccounts({ host, service, ca, resource, clock }: InBandDeps): AccountProvider {
  const scope = new Scope();
  const configOf = (jid: BareJid, password: string): SessionConfig => ({
    jid,
    resource,
    password: () => password,
    service,
    ca,
  });

  /** A stream to the domain of the account, closed with the work. */
  async function step<T>(
    domain: string,
    jid: BareJid | undefined,
    work: (deps: { clock: Clock; scope: Scope }) => Promise<T>,
  ): Promise<T> {
    const own = scope.child();
    const context = jid === undefined ? { host: domain } : { host: domain, jid };
    return explained(work({ clock, scope: own }), (error) => explainXmpp(error, context)).finally(() =>
      own.close(),
    );
  }

  const register = (jid: BareJid, password: string) =>
    step(domainOf(jid), undefined, async (deps) => {
      const registration = await openRegistration({ domain: domainOf(jid), service, ca }, deps);
      const isMade = await registration.register(localpartOf(jid), password);
      await registration.close();
      return isMade;
    });

  /** There is no question for it. A name that can be registered was free: it is given back at once. */
  async function exists(jid: BareJid): Promise<boolean> {
    const password = randomBytes(32).toString('base64url');
    if (!(await register(jid, password))) return true;
    await step(domainOf(jid), jid, (deps) => cancelRegistration(configOf(jid, password), deps));
    return false;
  }

  return {
    host,
    check: () =>
      step(host, undefined, async (deps) => {
        const registration = await openRegistration({ domain: host, service, ca }, deps);
        await registration.close();
      }),
    create: async (localpart, password) =>
      (await register(bareJid(`${localpart}@${host}`), password)) ? 'created' : 'taken',
    exists,
    async remove(jid, password) {
      const isRefused = await step(domainOf(jid), jid, async (deps) => {
        try {
          await cancelRegistration(configOf(jid, password), deps);
          return false;
        } catch (error) {
          if (error instanceof ConnectionProblem && error.kind === 'credentials') return true;
          throw error;
        }
      });
      // Servers do not tell an account that is gone from one with another password.
      if (isRefused && (await exists(jid))) throw refuse('provisioning.password-changed', { jid });
    },
    changePassword: (jid, passwords) =>
      step(domainOf(jid), jid, (deps) =>
        changeOwnPassword(configOf(jid, passwords.old), passwords.new, deps),
      ),
    close: () => scope.close(),
  };
}
