import type { AiOutcome } from '../../../src-shared/api/ai.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { AiCallRow, AiUsageRepository } from '../../store/ai-usage-repository.ts';
import type { Tx } from '../../store/open.ts';

/** Calls that a provider has worked on. What never got that far costs nobody anything. */
const COUNTED: readonly AiOutcome[] = ['answered', 'empty', 'filtered', 'timeout', 'stopped', 'failed'];
const BOTS_KEPT = 1_000;

/** All times are Unix seconds. */
interface Tally {
  /** When the day began that it counts. */
  day: number;
  today: number;
  /** When the last calls were made. */
  last: readonly number[];
}

/**
 * How many calls each bot has made lately. Read from its rows once and kept up with them: a bot that is asked a lot has
 * thousands of them a day, and every question wants to know.
 */
export function aiTally(usage: Pick<AiUsageRepository, 'count' | 'times'>) {
  const tallies = new Map<BotId, Tally>();
  /** Counts the rows that were written. */
  let written = 0;

  async function read(botId: BotId, day: number, from: number): Promise<Tally> {
    for (;;) {
      const before = written;
      const today = await usage.count(botId, day, COUNTED);
      const last = await usage.times(botId, from, COUNTED);
      if (written === before) return { day, today, last };
    }
  }

  return {
    /** How many since `day` began, and when those since `from` were made. */
    async of(botId: BotId, { day, from }: { day: number; from: number }): Promise<Omit<Tally, 'day'>> {
      const known = tallies.get(botId);
      const tally = known?.day === day ? known : await read(botId, day, from);
      tallies.delete(botId);
      tallies.set(botId, tally);
      const [oldest] = tallies.keys();
      if (tallies.size > BOTS_KEPT && oldest !== undefined) tallies.delete(oldest);
      tally.last = tally.last.filter((at) => at >= from);
      return tally;
    },
    /** The call goes into a row in this unit. */
    note(tx: Tx, { botId, outcome, source, at }: AiCallRow): void {
      if (source === 'test' || !COUNTED.includes(outcome)) return;
      tx.afterCommit(() => {
        written += 1;
        const known = tallies.get(botId);
        if (!known || at < known.day) return;
        known.today += 1;
        known.last = [...known.last, at];
      });
    },
  };
}
