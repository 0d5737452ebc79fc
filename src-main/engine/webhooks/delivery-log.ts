import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { DeliveryRepository, StoredAttempt } from '../../store/delivery-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { Update } from '../../store/update-repository.ts';
import type { Seen } from './attempt.ts';
import { detailsOf } from './delivery-details.ts';

interface DeliveryLogDeps {
  rows: DeliveryRepository;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

/** How many attempts of an update are kept, and how many deliveries of a bot. */
const KEPT_ATTEMPTS = 20;
const KEPT_DELIVERIES = 1_000;
const KEPT_S = 24 * 60 * 60;
/** Bots that deliver much are looked at after so many. */
const TIDIED_EVERY = 128;

/** Writes attempts down as they end, for people to look at: in the unit that settles them, one row each. */
export function deliveryLog({ rows, events, clock }: DeliveryLogDeps) {
  const sinceTidied = new Map<BotId, number>();
  const recent = recentDetails();

  async function keepFew(tx: Tx, botId: BotId): Promise<void> {
    const count = (sinceTidied.get(botId) ?? 0) + 1;
    sinceTidied.set(botId, count % TIDIED_EVERY);
    if (count >= TIDIED_EVERY) await rows.keepNewest(tx, botId, KEPT_DELIVERIES);
  }

  return {
    /** `error` says in words why it was not delivered. */
    async note(
      tx: Tx,
      update: Update,
      { seen, url, error }: { seen: Seen; url: string; error?: string },
    ): Promise<void> {
      const { botId, updateId } = update;
      // The first attempt is most often the last one, and then nothing has to be read.
      const isPlain = update.attempts === 0 && error === undefined;
      const before = update.attempts === 0 ? [] : await rows.attemptsOf(tx, botId, updateId);
      const at = Math.floor(seen.atMs / 1_000);
      const status = seen.answer?.status ?? null;
      const attempt: StoredAttempt = [
        update.attempts + 1,
        at,
        Math.round(seen.tookMs),
        status,
        error ?? null,
      ];
      await rows.put(tx, {
        bot_id: botId,
        update_id: updateId,
        delivery_of: update.deliveryOf,
        update_type: update.type,
        conversation: update.conversation,
        created_at: update.createdAt,
        tried_at: at,
        is_delivered: error === undefined ? 1 : 0,
        attempts: JSON.stringify([...before.slice(1 - KEPT_ATTEMPTS), attempt]),
        details: isPlain ? undefined : detailsOf(seen, url),
      });
      if (isPlain) tx.afterCommit(() => recent.add(botId, updateId, { seen, url }));
      await keepFew(tx, botId);
      tx.afterCommit(() => events.emit('delivery.changed', { botId }));
    },

    /** Details of an update that was delivered at its first attempt lately, as JSON text: they are not stored. */
    recentOf: recent.of,

    /** Forgets what is older than a day. */
    async expire(tx: Tx): Promise<void> {
      await rows.forgetBefore(tx, Math.floor(clock.now() / 1_000) - KEPT_S);
    },
  };
}
/** How many are kept at hand, of all bots together, and how long an answer may be. */
const RECENT = 500;
const RECENT_ANSWER = 4_096;

/** What went well at once is rarely looked at: it costs nothing but a place in memory. */
function recentDetails() {
  const kept = new Map<string, { seen: Seen; url: string }>();
  return {
    add(botId: BotId, updateId: number, details: { seen: Seen; url: string }): void {
      if ((details.seen.answer?.body.length ?? 0) > RECENT_ANSWER) return;
      kept.set(`${botId}/${updateId}`, details);
      if (kept.size <= RECENT) return;
      const [oldest] = kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
    },
    of(botId: BotId, updateId: number): string | undefined {
      const found = kept.get(`${botId}/${updateId}`);
      return found && detailsOf(found.seen, found.url);
    },
  };
}

export type DeliveryLog = ReturnType<typeof deliveryLog>;
