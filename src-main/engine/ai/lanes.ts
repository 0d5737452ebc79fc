import type { Logger } from '../../base/logger.ts';
import type { Waiting } from './waiting-room.ts';

/** One question on its way. */
export interface LaneTask {
  botId: number;
  person: string;
  /** Ends when the question does, also when its signal says so. */
  run(signal: AbortSignal): Promise<void>;
  /** It ends before it began. */
  drop?(reason: unknown): void;
}

interface Lane {
  waiting: LaneTask[];
  running: { task: LaneTask; ending: AbortController } | undefined;
}

/** Why a task was ended. */
export type LaneEnd = 'stopped' | 'closing';

/** One question at a time for each bot and person, in order; others do not wait. */
export function lanes(logger: Logger) {
  const all = new Map<string, Lane>();
  const keyOf = ({ botId, person }: Pick<LaneTask, 'botId' | 'person'>) => `${botId} ${person}`;
  let working = new Set<Promise<void>>();
  let isClosed = false;

  function next(key: string, lane: Lane): void {
    if (lane.running) return;
    const task = lane.waiting.shift();
    if (!task) {
      all.delete(key);
      return;
    }
    const ending = new AbortController();
    lane.running = { task, ending };
    const done = Promise.try(() => task.run(ending.signal))
      .catch((error: unknown) =>
        logger.error({ err: error, botId: task.botId }, 'a question was not answered'),
      )
      .finally(() => {
        working.delete(done);
        lane.running = undefined;
        next(key, lane);
      });
    working.add(done);
  }

  /** Resolves with how many there were. */
  function end(reason: LaneEnd, isMeant: (task: LaneTask) => boolean): number {
    let count = 0;
    for (const lane of [...all.values()]) {
      const dropped = lane.waiting.filter(isMeant);
      lane.waiting = lane.waiting.filter((task) => !isMeant(task));
      for (const task of dropped) task.drop?.(reason);
      count += dropped.length;
      if (!lane.running || !isMeant(lane.running.task)) continue;
      lane.running.ending.abort(reason);
      count += 1;
    }
    return count;
  }

  return {
    add(task: LaneTask): void {
      if (isClosed) {
        task.drop?.('closing');
        return;
      }
      const key = keyOf(task);
      const lane = all.get(key) ?? { waiting: [], running: undefined };
      all.set(key, lane);
      lane.waiting.push(task);
      next(key, lane);
    },
    /** How many wait or are being answered. */
    counts(botId: number, person: string): Waiting {
      const counts = { ofPerson: 0, ofBot: 0, all: 0 };
      for (const { waiting, running } of all.values()) {
        const task = running?.task ?? waiting[0];
        const count = waiting.length + (running ? 1 : 0);
        counts.all += count;
        if (task?.botId !== botId) continue;
        counts.ofBot += count;
        if (task.person === person) counts.ofPerson += count;
      }
      return counts;
    },
    /** Whether anything of a bot waits or is being answered. */
    includes: (botId: number): boolean =>
      [...all.values()].some(({ waiting, running }) => (running?.task ?? waiting[0])?.botId === botId),
    end,
    /** Ends all of it, and waits for that. */
    async close(): Promise<void> {
      isClosed = true;
      end('closing', () => true);
      await Promise.all([...working]);
      working = new Set();
    },
  };
}
export type Lanes = ReturnType<typeof lanes>;
