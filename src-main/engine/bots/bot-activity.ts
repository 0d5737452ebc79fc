import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { ActivityRepository, Counts } from '../../store/activity-repository.ts';
import type { Store, Tx } from '../../store/open.ts';

interface BotActivityDeps {
  store: Store;
  rows: ActivityRepository;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
}

export const SLOT_S = 30 * 60;
export const SLOTS = 48;
/** What was counted is written so much later, together with whatever else is written then. */
const FLUSH_MS = 20_000;

/** How much each bot did in the last day, by half-hours. Instants are Unix seconds. */
export interface Activity {
  since: number;
  slots: Counts[];
  totals: Counts;
}

const none = (): Counts => ({ received: 0, sent: 0, failed: 0 });
const add = (one: Counts, other: Counts): Counts => ({
  received: one.received + other.received,
  sent: one.sent + other.sent,
  failed: one.failed + other.failed,
});

/**
 * Counts what bots were told (updates that were queued), what they said (messages) and what failed of both. Counting
 * costs no write: what was counted joins one that happens anyway; a power cut loses some seconds of it.
 */
export function botActivity({ store, rows, events, clock, logger }: BotActivityDeps) {
  const scope = new Scope();
  let pending = new Map<BotId, Map<number, Counts>>();
  /** On its way into the database. */
  let underWay: typeof pending = new Map();
  let isPlanned = false;
  const slotNow = () => Math.floor(clock.now() / 1_000 / SLOT_S);

  function count(botId: BotId, what: keyof Counts): void {
    const slots = pending.get(botId) ?? new Map<number, Counts>();
    pending.set(botId, slots);
    const slot = slotNow();
    const counts = slots.get(slot) ?? none();
    slots.set(slot, counts);
    counts[what] += 1;
    events.emit('activity.changed', { botId });
    if (isPlanned) return;
    isPlanned = true;
    clock.after(scope, FLUSH_MS, () => void flush(store.writeSoon));
  }

  async function flush(write: Store['write']): Promise<void> {
    isPlanned = false;
    const counted = pending;
    pending = new Map();
    if (counted.size === 0) return;
    underWay = counted;
    try {
      await write(async (tx) => {
        for (const [botId, slots] of counted)
          for (const [slot, counts] of slots) await rows.add(tx, botId, slot, counts);
        tx.afterCommit(() => {
          underWay = new Map();
        });
      });
    } catch (error) {
      logger.error({ err: error }, 'what bots did could not be written down');
    }
  }

  for (const [name, what] of [
    ['update.queued', 'received'],
    ['update.failed', 'failed'],
  ] as const)
    scope.add(events.on(name, ({ botId }) => count(botId, what)));
  scope.add(
    events.on('message.queued', ({ botId }) => {
      if (botId !== undefined) count(botId, 'sent');
    }),
  );
  scope.add(
    events.on('message.state-changed', ({ botId, state }) => {
      if (botId !== null && state === 'failed') count(botId, 'failed');
    }),
  );

  return {
    async of(botId: BotId): Promise<Activity> {
      const first = slotNow() - SLOTS + 1;
      const unwritten = [pending, underWay].flatMap((counted) => [...(counted.get(botId) ?? [])]);
      const written = await rows.since(botId, first);
      const slots = Array.from({ length: SLOTS }, (_, index) => {
        const slot = first + index;
        const stored = written.filter((one) => one.slot === slot);
        const counted = unwritten.flatMap(([at, counts]) => (at === slot ? [counts] : []));
        return [...stored, ...counted].reduce(add, none());
      });
      return { since: first * SLOT_S, slots, totals: slots.reduce(add, none()) };
    },

    /** Forgets what is older than a day. */
    expire: (tx: Tx): Promise<void> => rows.forgetBefore(tx, slotNow() - SLOTS),

    /** Counts no more, and writes what was counted. */
    async close(): Promise<void> {
      await scope.close();
      await flush(store.write);
    },
  };
}
export type BotActivity = ReturnType<typeof botActivity>;
