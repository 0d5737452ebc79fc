import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { DeadLetter, DeadLetterRepository } from '../../store/dead-letter-repository.ts';
import type { DeliveryRepository } from '../../store/delivery-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { UpdateRepository } from '../../store/update-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { FileLinks } from '../files/file-links.ts';
import { enqueuing, QUEUE_LIMITS } from '../updates/enqueue.ts';

interface DeadLettersDeps {
  store: Store;
  letters: DeadLetterRepository;
  deliveries: Pick<DeliveryRepository, 'renumber'>;
  updates: UpdateRepository;
  audit: AuditTrail;
  /** Completes what is shown. */
  links: FileLinks;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

const AT_ONCE = 200;

/** Updates that a webhook refused, or could not be given for a day: kept for a week, to be looked at and put back. */
export function deadLetters(deps: DeadLettersDeps) {
  const { store, letters, deliveries, updates, audit, links, events, clock } = deps;
  const enqueue = enqueuing({ updates, events, clock });

  async function putBack(tx: Tx, bot: Bot, letter: DeadLetter): Promise<boolean> {
    // Nothing else may be dropped for it.
    if (!(await updates.hasRoom(tx, bot.id, letter.conversation, QUEUE_LIMITS))) return false;
    const { deliveryOf, attempts } = letter;
    const number = await enqueue(tx, bot.id, { ...letter, before: { deliveryOf, attempts } });
    if (number === undefined) return false;
    await letters.delete(tx, bot.id, letter.updateId);
    await deliveries.renumber(tx, bot.id, letter.updateId, number);
    return true;
  }

  return {
    /** Those of a bot in order, above a number. */
    async page(botId: BotId, range: { after: number; limit: number }): Promise<DeadLetter[]> {
      const page = await letters.page(botId, range);
      return page.map((letter) => ({ ...letter, data: links(letter.data) }));
    },
    count: letters.count,

    /**
     * Puts one dead letter, or all that there are now, back into the queue, oldest first, as new updates: with new
     * numbers, behind what waits already; delivery ids and attempts go on. So numbers only grow for a program that
     * polls, and nothing that was delivered meanwhile is overtaken. What the queue has no room for stays a dead letter.
     */
    async replay(
      bot: Bot,
      updateId: number | undefined,
      caller: Caller,
    ): Promise<{ replayed: number; left: number }> {
      const upTo = updateId ?? (await letters.last(bot.id)) ?? 0;
      let after = updateId === undefined ? 0 : updateId - 1;
      let [replayed, left] = [0, 0];
      while (after < upTo) {
        const page = await store.write(async (tx) => {
          const found = await letters.page(bot.id, { after, limit: AT_ONCE }, tx);
          const meant = found.filter((letter) => letter.updateId <= upTo);
          const moved: boolean[] = [];
          for (const letter of meant) moved.push(await putBack(tx, bot, letter));
          const count = moved.filter(Boolean).length;
          if (count > 0) {
            await audit.note(tx, caller, { action: 'webhook.replay', botId: bot.id, details: String(count) });
          }
          return { last: meant.at(-1)?.updateId, replayed: count, left: meant.length - count };
        });
        replayed += page.replayed;
        left += page.left;
        if (page.last === undefined) break;
        after = page.last;
      }
      if (updateId !== undefined && replayed + left === 0) {
        throw refuse('dead-letter.not-found', { id: bot.id, updateId });
      }
      return { replayed, left };
    },

    /** The same for some; those that are none any more are passed over. */
    async replaySome(
      bot: Bot,
      updateIds: readonly number[],
      caller: Caller,
    ): Promise<{ replayed: number; left: number }> {
      return store.write(async (tx) => {
        let [replayed, left] = [0, 0];
        for (const updateId of [...new Set(updateIds)].sort((one, other) => one - other)) {
          const [letter] = await letters.page(bot.id, { after: updateId - 1, limit: 1 }, tx);
          if (letter?.updateId !== updateId) continue;
          if (await putBack(tx, bot, letter)) replayed += 1;
          else left += 1;
        }
        if (replayed > 0)
          await audit.note(tx, caller, {
            action: 'webhook.replay',
            botId: bot.id,
            details: String(replayed),
          });
        return { replayed, left };
      });
    },
  };
}
export type DeadLetters = ReturnType<typeof deadLetters>;
