import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Tx } from '../../store/open.ts';
import type { NewUpdate, UpdateRepository } from '../../store/update-repository.ts';

interface EnqueueDeps {
  updates: UpdateRepository;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

/** `data` is JSON text, as it goes out. */
export interface Queued {
  type: string;
  conversation: string;
  data: string;
  /** Of an update that is put back. */
  before?: NewUpdate['before'];
}

export const QUEUE_LIMITS = { perBot: 10_000, perConversation: 1_000 };

/** The one way into a bot's queue: in the caller's unit, announced after its commit. Resolves with its number; undefined: it did not fit. */
export function enqueuing({ updates, events, clock }: EnqueueDeps) {
  return async (tx: Tx, botId: BotId, queued: Queued): Promise<number | undefined> => {
    const { type, conversation, data, before } = queued;
    const createdAt = Math.floor(clock.now() / 1_000);
    const update = { botId, type, conversation, data, createdAt, ...(before && { before }) };
    const number = await updates.insert(tx, update, QUEUE_LIMITS);
    if (number !== undefined) tx.afterCommit(() => events.emit('update.queued', { botId, conversation }));
    return number;
  };
}
