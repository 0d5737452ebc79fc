import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { AccountSession } from './account-session.ts';
import type { ResolveSrv } from './endpoint.ts';
import type { SessionExtension } from './extension.ts';
import { extensions as standardExtensions } from './index.ts';
import { LoginQueue } from './login-queue.ts';
import { ServerReturns } from './server-returns.ts';
import type { Session, SessionConfig } from './session.ts';
import { WakeUpWatch } from './wake-up.ts';

/** How many sessions sign in at the same server at the same time. */
const LOGINS_AT_ONCE = 8;

export interface SessionPoolDeps {
  clock: Clock;
  logger: Logger;
  /** Attached to each session after the standard ones. */
  extensions?: readonly SessionExtension[];
  random?: () => number;
  resolveSrv?: ResolveSrv;
  /** A text that changes when the addresses of this machine do; the system's own when left out. */
  network?: () => string;
}

/** The sessions of all accounts, one per account. */
export function sessionPool({ extensions = [], network, ...deps }: SessionPoolDeps) {
  const sessions = new Map<BareJid, AccountSession>();
  const logins = new LoginQueue(LOGINS_AT_ONCE);
  const returns = new ServerReturns();
  const wakeUps = new WakeUpWatch({ clock: deps.clock, ...(network ? { network } : {}) });

  return {
    /** Begins to keep the account online. Throws when it has a session already. */
    start(config: SessionConfig): Session {
      if (sessions.has(config.jid)) throw new Error('this account has a session already');
      const session = new AccountSession(config, {
        ...deps,
        logins,
        wakeUps,
        returns,
        extensions: [...standardExtensions, ...extensions],
      });
      sessions.set(config.jid, session);
      session.start();
      return session;
    },
    get: (jid: BareJid): Session | undefined => sessions.get(jid),
    /** Resolves when the stream is closed; an account without a session is fine. */
    async stop(jid: BareJid): Promise<void> {
      const session = sessions.get(jid);
      await session?.stop();
      if (sessions.get(jid) === session) sessions.delete(jid);
    },
    async stopAll(): Promise<void> {
      await Promise.all([...sessions.keys()].map((jid) => this.stop(jid)));
    },
  };
}
export type SessionPool = ReturnType<typeof sessionPool>;
