import { refuse } from '../../../src-shared/errors.ts';
import type { Clock } from '../../base/clock.ts';
import type {
  IdempotencyRepository,
  RepeatableRequest,
  SentIds,
} from '../../store/idempotency-repository.ts';
import type { Tx } from '../../store/open.ts';

const KEPT_MS = 24 * 60 * 60 * 1_000;

/** Makes a repeated request safe: for a day the same key of the same bot leads to the same message. */
export function idempotency({ repository, clock }: { repository: IdempotencyRepository; clock: Clock }) {
  const since = () => clock.now() - KEPT_MS;

  return {
    /** What the first request led to. Refuses a key that came with another request. */
    async earlier(request: RepeatableRequest, tx?: Tx): Promise<SentIds | undefined> {
      const found = await repository.find(request, since(), tx);
      if (found && !found.isSameRequest) throw refuse('idempotency.other-request', {});
      return found?.sent;
    },
    /** In the unit that queues the message: both are committed, or neither. */
    note: (tx: Tx, request: RepeatableRequest, sent: SentIds) =>
      repository.insert(tx, request, sent, clock.now()),
    expire: (tx: Tx) => repository.forgetBefore(tx, since()),
  };
}
export type Idempotency = ReturnType<typeof idempotency>;
