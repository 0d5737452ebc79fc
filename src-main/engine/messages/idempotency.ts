import { refuse } from '../../../src-shared/errors.ts';
import type { Clock } from '../../base/clock.ts';
import type { RepeatableRequest, SentIds } from '../../store/idempotency-repository.ts';
import type { Tx } from '../../store/open.ts';

const KEPT_MS = 24 * 60 * 60 * 1_000;

/** Where requests are kept with what they led to. */
interface RequestBook<Request, Sent> {
  find(request: Request, since: number, tx?: Tx): Promise<{ sent: Sent; isSameRequest: boolean } | undefined>;
  insert(tx: Tx, request: Request, sent: Sent, createdAt: number): Promise<void>;
  forgetBefore(tx: Tx, createdAt: number): Promise<void>;
}

/** Makes a repeated request safe: for a day the same key of the same bot, or account, leads to the same message. */
export function idempotency<Request = RepeatableRequest, Sent = SentIds>({
  repository,
  clock,
}: {
  repository: RequestBook<Request, Sent>;
  clock: Clock;
}) {
  const since = () => clock.now() - KEPT_MS;

  return {
    /** What the first request led to. Refuses a key that came with another request. */
    async earlier(request: Request, tx?: Tx): Promise<Sent | undefined> {
      const found = await repository.find(request, since(), tx);
      if (found && !found.isSameRequest) throw refuse('idempotency.other-request', {});
      return found?.sent;
    },
    /** In the unit that queues the message: both are committed, or neither. */
    note: (tx: Tx, request: Request, sent: Sent) => repository.insert(tx, request, sent, clock.now()),
    expire: (tx: Tx) => repository.forgetBefore(tx, since()),
  };
}
export type Idempotency<Request = RepeatableRequest, Sent = SentIds> = ReturnType<
  typeof idempotency<Request, Sent>
>;
