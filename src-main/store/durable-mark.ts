/** Syncs the file that the commits were written to. */
type Sync = () => Promise<void>;

interface Waiting {
  mark: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * How far commits have reached the disk. A commit only writes; the flush goes on beside the loop, one at a time, and
 * each takes along everything that was committed before it began: the slower the disk, the more commits share one.
 */
export class DurableMark {
  readonly #sync: Sync;
  #committed = 0;
  #durable = 0;
  #isSyncing = false;
  #waiting: Waiting[] = [];

  constructor(sync: Sync) {
    this.#sync = sync;
  }

  /** There is one commit more to be flushed. */
  noteCommit(): void {
    this.#committed += 1;
    if (!this.#isSyncing) void this.#run();
  }

  /** True when everything that is committed is on the disk. */
  get isReached(): boolean {
    return this.#durable === this.#committed;
  }

  /** Resolves when everything that is committed by now is on the disk. Rejects when the disk says no. */
  reached(): Promise<void> {
    if (this.isReached) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.push({ mark: this.#committed, resolve, reject }));
  }

  async #run(): Promise<void> {
    this.#isSyncing = true;
    while (!this.isReached) {
      const mark = this.#committed;
      let problem: { error: unknown } | undefined;
      try {
        await this.#sync();
      } catch (error) {
        problem = { error };
      }
      this.#durable = mark;
      const settled = this.#waiting.filter((waiting) => waiting.mark <= mark);
      this.#waiting = this.#waiting.filter((waiting) => waiting.mark > mark);
      for (const { resolve, reject } of settled) {
        if (problem) reject(problem.error);
        else resolve();
      }
    }
    this.#isSyncing = false;
  }
}
