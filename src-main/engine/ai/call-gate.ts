import type { BotId } from '../../../src-shared/ids.ts';

/** Who wants to call whom. */
export interface WantedCall {
  botId: BotId;
  /** The same for all bots that share an allowance at a provider. */
  key: string;
  origin: string;
  /** Calls at once with this key. */
  limit: number;
}

/** Calls at once. What they hold in memory, and connections, are bounded with them. */
export interface GateLimits {
  all: number;
  /** To one origin: half of it is left for others when a provider hangs that most bots have. */
  ofOrigin: number;
  /** With one key, whatever others do: these go beyond the other two. */
  sure: number;
}
const USUAL: GateLimits = { all: 512, ofOrigin: 256, sure: 2 };

/** Of one bot with one key: their order is that in which they came. */
interface Line {
  name: string;
  wanted: Pick<WantedCall, 'key' | 'origin'>;
  waiting: { limit: number; start: () => void }[];
}

/** Counts by name, without those that are none. */
class Counts extends Map<string, number> {
  of = (name: string): number => this.get(name) ?? 0;
  add(name: string, more: 1 | -1): void {
    const count = this.of(name) + more;
    if (count === 0) this.delete(name);
    else this.set(name, count);
  }
}

/**
 * How many calls go out at once: so many with the same key, so many to one origin, and so many in all; a few with each key go
 * out whatever others do, so that nobody's hanging calls are in the way of another key's. Who has to wait takes turns by
 * bot, however many questions another one has waiting: next is the one with the fewest calls under way, of those the one
 * whose turn was longest ago.
 */
export function callGate(limits: GateLimits = USUAL) {
  const ofKey = new Counts();
  const ofOrigin = new Counts();
  const ofLine = new Counts();
  let all = 0;
  /** Those that wait. Who began last stands last. */
  const lines = new Map<string, Line>();

  function mayBegin({ key, origin }: Line['wanted'], limit: number): boolean {
    const own = ofKey.of(key);
    if (own >= limit) return false;
    return own < limits.sure || (all < limits.all && ofOrigin.of(origin) < limits.ofOrigin);
  }

  function count({ name, wanted }: Line, more: 1 | -1): void {
    ofKey.add(wanted.key, more);
    ofOrigin.add(wanted.origin, more);
    ofLine.add(name, more);
    all += more;
  }

  function begin(line: Line): () => void {
    count(line, 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      count(line, -1);
      look();
    };
  }

  function nextLine(): Line | undefined {
    let best: Line | undefined;
    for (const line of lines.values()) {
      const [first] = line.waiting;
      if (!first || !mayBegin(line.wanted, first.limit)) continue;
      if (!best || ofLine.of(line.name) < ofLine.of(best.name)) best = line;
    }
    return best;
  }

  /** Begins all that may. */
  function look(): void {
    for (let line = nextLine(); line; line = nextLine()) {
      const first = line.waiting.shift();
      lines.delete(line.name);
      if (line.waiting.length > 0) lines.set(line.name, line);
      first?.start();
    }
  }

  function lineOf({ botId, key, origin }: WantedCall): Line {
    const name = `${botId} ${key}`;
    return lines.get(name) ?? { name, wanted: { key, origin }, waiting: [] };
  }

  return {
    /** Where nothing has to be waited for: what is to be called when it is over. */
    pass(wanted: WantedCall): (() => void) | undefined {
      const line = lineOf(wanted);
      const isFree = line.waiting.length === 0 && mayBegin(wanted, wanted.limit);
      return isFree ? begin(line) : undefined;
    },
    /** Resolves when it may go out, with what is to be called when it is over. Rejects with the signal's reason. */
    async enter(wanted: WantedCall, signal: AbortSignal): Promise<() => void> {
      signal.throwIfAborted();
      const line = lineOf(wanted);
      const { promise, resolve, reject } = Promise.withResolvers<() => void>();
      const own = { limit: wanted.limit, start: () => resolve(begin(line)) };
      line.waiting.push(own);
      lines.set(line.name, line);
      look();
      const stop = () => {
        const at = line.waiting.indexOf(own);
        if (at < 0) return;
        line.waiting.splice(at, 1);
        if (line.waiting.length === 0) lines.delete(line.name);
        // It may have stood before one with a higher limit.
        look();
        reject(signal.reason);
      };
      signal.addEventListener('abort', stop, { once: true });
      return promise.finally(() => signal.removeEventListener('abort', stop));
    },
    get active(): number {
      return all;
    },
  };
}
export type CallGate = ReturnType<typeof callGate>;
