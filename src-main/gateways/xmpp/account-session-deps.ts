import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { ResolveSrv } from './endpoint.ts';
import type { SessionExtension } from './extension.ts';
import type { LoginQueue } from './login-queue.ts';
import type { ServerReturns } from './server-returns.ts';
import type { WakeUpWatch } from './wake-up.ts';

/** What a session needs, most of it shared by all sessions of the program. */
export interface AccountSessionDeps {
  clock: Clock;
  logger: Logger;
  logins: LoginQueue;
  extensions: readonly SessionExtension[];
  random?: () => number;
  resolveSrv?: ResolveSrv;
  wakeUps?: WakeUpWatch;
  returns?: ServerReturns;
}
