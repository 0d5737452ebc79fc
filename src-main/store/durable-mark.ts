/** What the commits were written to. */
export interface Disk {
  /** Flushes it. */
  sync: () => Promise<void>;
  /**
   * Writes again what a failed flush may have lost: the system takes its pages for clean from then on, so that flushing
   * once more would say yes to nothing. Rejects when that cannot be done.
   */
  rescue: () => Promise<void>;
}

interface Waiting {
  mark: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

interface Task {
  mark: number;
  run: () => void;
}

/** Between two attempts to get a disk back that says no. */
const RETRY_MS = 1_000;

/**
 * How far commits have reached the disk. A commit only writes; flushes follow, one at a time, and each takes along
 * everything that was committed before it began: the slower the disk, the more commits share one.
 *
 * After a flush that failed nothing counts as durable until what the log holds was written and flushed once more; that is
 * tried until it succeeds.
 */
export class DurableMark {
  readonly #disk: Disk;
  #committed = 0;
  #durable = 0;
  #running: Promise<void> | undefined;
  #failure: { error: unknown } | undefined;
  #waiting: Waiting[] = [];
  #tasks: Task[] = [];
  #isClosed = false;
  #endPause: () => void = () => undefined;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** There is one commit more to be flushed. */
  noteCommit(): void {
    this.#committed += 1;
    this.#running ??= this.#run();
  }

  /** True when everything that is committed is on the disk. */
  get isReached(): boolean {
    return this.#durable === this.#committed;
  }

  /** Why the disk says no, from a failed flush until it has everything after all. */
  get failure(): { error: unknown } | undefined {
    return this.#failure;
  }

  /** Resolves when everything that is committed by now is on the disk. Rejects when the disk says no. */
  reached(): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    if (this.isReached) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiting.push({ mark: this.#committed, resolve, reject }));
  }

  /** Runs a task when everything that is committed by now is on the disk, however often the disk says no before. */
  whenReached(run: () => void): void {
    if (this.isReached) run();
    else this.#tasks.push({ mark: this.#committed, run });
  }

  /** Gives up on a disk that says no; else waits for the flush under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#endPause();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.isReached && !(this.#isClosed && this.#failure)) {
      const mark = this.#committed;
      const isAgain = this.#failure !== undefined;
      try {
        if (isAgain) await this.#disk.rescue();
        await this.#disk.sync();
        this.#succeeded(mark);
      } catch (error) {
        this.#failed(error);
        // Most failures are over at once.
        if (isAgain) await this.#pause();
      }
    }
    this.#running = undefined;
  }

  #succeeded(mark: number): void {
    this.#durable = mark;
    this.#failure = undefined;
    const settled = this.#waiting.filter((waiting) => waiting.mark <= mark);
    const due = this.#tasks.filter((task) => task.mark <= mark);
    this.#waiting = this.#waiting.filter((waiting) => waiting.mark > mark);
    this.#tasks = this.#tasks.filter((task) => task.mark > mark);
    for (const { run } of due) run();
    for (const { resolve } of settled) resolve();
  }

  #failed(error: unknown): void {
    this.#failure = { error };
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  #pause(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, RETRY_MS);
    this.#endPause = () => {
      clearTimeout(timer);
      resolve();
    };
    return promise;
  }
}
