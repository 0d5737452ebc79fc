import { refuse } from '../../../src-shared/errors.ts';
import { domainOf } from '../../../src-shared/jid.ts';
import { reason as why } from '../../../src-shared/text/reasons.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { removeContact } from '../../gateways/xmpp/contacts.ts';
import { LoginFailed, probeLogin } from '../../gateways/xmpp/probe-login.ts';
import type { AccountRepository } from '../../store/account-repository.ts';
import type { AccountSessions } from '../accounts/account-sessions.ts';
import type { EjabberdService } from '../provisioning/ejabberd-service.ts';
import type { BotErrandsDeps } from './bot-errands.ts';

interface ErrandStepsDeps {
  ejabberd: Pick<EjabberdService, 'accounts' | 'placeFor'>;
  accounts: Pick<AccountRepository, 'byJid' | 'ofPerson'>;
  sessions: Pick<AccountSessions, 'of' | 'settled'>;
  clock: Clock;
  logger: Logger;
}

const RETRY_AFTER_S = 60;

/** What errands do at servers. */
export function errandSteps({
  ejabberd,
  accounts,
  sessions,
  clock,
  logger,
}: ErrandStepsDeps): Pick<
  BotErrandsDeps,
  'provider' | 'isOurs' | 'isInUse' | 'sessionClosed' | 'forgetContact'
> {
  return {
    provider: () => ejabberd.accounts(),
    isInUse: async (jid) => (await accounts.byJid(jid)) !== undefined,
    async isOurs(jid, owner, password) {
      const place = ejabberd.placeFor(domainOf(jid), await accounts.ofPerson(owner));
      try {
        await probeLogin({ jid, password: () => password, ...place }, { clock, logger });
        return true;
      } catch (error) {
        if (error instanceof LoginFailed && error.kind === 'credentials') return false;
        throw error;
      }
    },
    sessionClosed: (jid) => sessions.settled(jid),
    async forgetContact(owner, jid) {
      // The owner of a dedicated bot need not be signed in here; who is, and is away, is waited for.
      if (!(await accounts.ofPerson(owner))) return;
      const session = sessions.of(owner);
      if (session?.state === 'online') return removeContact(session, jid);
      const reason = session?.reason ?? why('here.not-connected', {});
      throw refuse('account.offline', { account: owner, reason, seconds: RETRY_AFTER_S }, RETRY_AFTER_S);
    },
  };
}
