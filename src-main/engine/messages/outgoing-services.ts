import type { SecretBox } from '../../base/secret-box.ts';
import { idempotencyRepository } from '../../store/idempotency-repository.ts';
import { knownMessageRepository } from '../../store/known-message-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { chatStateService } from './chat-state-service.ts';
import type { RetractionFallback } from './compose.ts';
import { idempotency as idempotencyOf } from './idempotency.ts';
import { messageService } from './message-service.ts';
import { messageTargets } from './message-targets.ts';
import type { Outbox } from './outbox.ts';
import { type OutgoingDeps, outgoing as outgoingOf } from './outgoing.ts';
import type { Post } from './post.ts';
import { reactionService } from './reaction-service.ts';
import { retractionService } from './retraction-service.ts';

interface OutgoingServicesDeps extends OutgoingDeps {
  store: Store;
  box: SecretBox;
  outbox: Outbox;
  post: Post;
  retractionFallback: RetractionFallback;
}

/** Everything that goes out in a bot's name. */
export function outgoingServices({
  store,
  box,
  outbox,
  post,
  retractionFallback,
  ...deps
}: OutgoingServicesDeps) {
  const { clock } = deps;
  const outgoing = outgoingOf(deps);
  const targets = messageTargets({
    known: knownMessageRepository(store, box),
    outbox,
    rooms: deps.rooms,
    clock,
  });
  const idempotency = idempotencyOf({ repository: idempotencyRepository(store, box), clock });
  return {
    /** What every way out shares. */
    outgoing,
    idempotency,
    retractionFallback,
    /** Which messages a bot can refer to. */
    targets,
    messages: messageService({ store, outbox, post, outgoing, targets, idempotency }),
    reactions: reactionService({ store, post, outgoing, targets }),
    retractions: retractionService({
      store,
      outbox,
      post,
      outgoing,
      targets,
      fallbackText: retractionFallback,
    }),
    chatStates: chatStateService({ outgoing }),
    /** Drops what has outlived its promise. */
    async expire(tx: Tx): Promise<void> {
      await outbox.expire(tx);
      await targets.expire(tx);
      await idempotency.expire(tx);
    },
  };
}
export type OutgoingServices = ReturnType<typeof outgoingServices>;
