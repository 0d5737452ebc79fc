/** What is done in turn; the signal says that nobody waits any more. */
type Work = (signal: AbortSignal) => Promise<void>;

interface CommandQueueDeps {
  /** False while commands have to wait. */
  mayWork: () => boolean;
  /** While a row stands here, nobody else works on it. */
  setAside: (inboxId: string) => void;
  takeBack: (inboxId: string) => void;
  /** It has failed; it is tried again later. */
  failed: (inboxId: string, reason: unknown) => void;
}

/**
 * The commands of one chat from one on that asks somebody far away: each begins when the one before has ended, and the inbox
 * goes on meanwhile. What is ended before its answer is there stays in the inbox, for the next start or for the engine that
 * acts from then on.
 */
export function commandQueue({ mayWork, setAside, takeBack, failed }: CommandQueueDeps) {
  let waiting: { inboxId: string; work: Work }[] = [];
  let running: Promise<void> | undefined;
  let nobodyWaits = new AbortController();
  let isHolding = false;

  async function run(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { inboxId, work } = next;
      const done = mayWork() ? work(nobodyWaits.signal) : Promise.resolve();
      await done.then(
        () => takeBack(inboxId),
        (reason: unknown) => failed(inboxId, reason),
      );
    }
    running = undefined;
  }

  return {
    add(inboxId: string, work: Work): void {
      setAside(inboxId);
      waiting.push({ inboxId, work });
      running ??= run();
    },
    /** One is under way: the next one waits. */
    get isBusy(): boolean {
      return running !== undefined;
    },
    /** What is typed now waits: one waits before it, or holds it up, that may decide where it goes. */
    get holdsTexts(): boolean {
      return isHolding || waiting.length > 0;
    },
    /** For the one under way: not only commands wait until it has ended. */
    async hold(work: () => Promise<void>): Promise<void> {
      isHolding = true;
      try {
        await work();
      } finally {
        isHolding = false;
      }
    },
    /** Ends the one under way, and leaves the others; resolves when none is left. */
    async end(): Promise<void> {
      for (const { inboxId } of waiting) takeBack(inboxId);
      waiting = [];
      nobodyWaits.abort();
      nobodyWaits = new AbortController();
      await running;
    },
  };
}
