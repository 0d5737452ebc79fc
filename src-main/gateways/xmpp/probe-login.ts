import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import { signIn } from './connection.ts';
import type { ResolveSrv } from './endpoint.ts';
import { ConnectionProblem, type ProblemKind } from './problem.ts';
import type { SessionConfig } from './session.ts';

/** The account cannot sign in; `message` says why, for people. */
export class LoginFailed extends Error {
  readonly kind: ProblemKind;
  constructor(kind: ProblemKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LoginFailed';
    this.kind = kind;
  }
}

/**
 * Connects and signs in once, and closes: nothing is bound and nobody sees a presence. Rejects with `LoginFailed`;
 * each step has the time-out of a session's login.
 */
export async function probeLogin(
  config: Pick<SessionConfig, 'jid' | 'password' | 'service' | 'ca'>,
  { clock, logger, resolveSrv }: { clock: Clock; logger: Logger; resolveSrv?: ResolveSrv },
): Promise<void> {
  const scope = new Scope();
  try {
    const { stream } = await signIn(config, { clock, scope, ...(resolveSrv ? { resolveSrv } : {}) });
    await stream.close();
  } catch (error) {
    if (error instanceof ConnectionProblem)
      throw new LoginFailed(error.kind, error.message, { cause: error });
    logger.error({ err: error, account: config.jid }, 'login probe failed');
    throw new LoginFailed('protocol', 'Something went wrong here.', { cause: error });
  } finally {
    await scope.close();
  }
}
