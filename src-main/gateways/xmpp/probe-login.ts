import { reason } from '../../../src-shared/text/reasons.ts';
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

interface ProbeDeps {
  clock: Clock;
  logger: Logger;
  resolveSrv?: ResolveSrv;
  cancel?: AbortSignal | undefined;
}

/**
 * Connects and signs in once, and closes: nothing is bound and nobody sees a presence. Rejects with `LoginFailed`;
 * each step has the time-out of a session's login. `cancel` ends it at once, at any step.
 */
export async function probeLogin(
  config: Pick<SessionConfig, 'jid' | 'password' | 'service' | 'ca'>,
  { clock, logger, resolveSrv, cancel }: ProbeDeps,
): Promise<void> {
  const cancelled = () => new LoginFailed('closed', reason('here.cancelled', {}));
  if (cancel?.aborted) throw cancelled();
  const scope = new Scope();
  const { promise: isCancelled, reject } = Promise.withResolvers<never>();
  const end = () => reject(cancelled());
  cancel?.addEventListener('abort', end);
  scope.add(() => cancel?.removeEventListener('abort', end));
  try {
    const signingIn = signIn(config, { clock, scope, ...(resolveSrv ? { resolveSrv } : {}) });
    const { stream } = await Promise.race([signingIn, isCancelled]);
    await stream.close();
  } catch (error) {
    if (error instanceof LoginFailed) throw error;
    if (error instanceof ConnectionProblem)
      throw new LoginFailed(error.kind, error.message, { cause: error });
    logger.error({ err: error, account: config.jid }, 'login probe failed');
    throw new LoginFailed('protocol', reason('here.wrong', {}), { cause: error });
  } finally {
    // Whatever is under way ends with it.
    await scope.close();
  }
}
