import type { Clock } from '../../../src-main/base/clock.ts';
import type { Store } from '../../../src-main/store/open.ts';
import type { ServerLine } from '../../support/scripted/scripted-session.ts';

/** Where in its step a program dies. */
export type Moment = 'before' | 'within' | 'after';

/** A program's life, which ends at one of its steps: from then on nothing it does has any effect. */
export class Life {
  isOver = false;
  readonly over = Promise.withResolvers<void>();
  #steps = 0;
  #moment: Moment = 'before';
  /** What was in the making when it ended. */
  lastStep = 'none';

  /** It ends at the so many-th step from now. */
  endsAt(steps: number, moment: Moment): void {
    this.#steps = steps;
    this.#moment = moment;
  }

  end(): void {
    this.isOver = true;
    this.over.resolve();
  }

  /** When in the step that begins now the life ends; undefined: it goes on. */
  step(name: string): Moment | undefined {
    this.#steps -= 1;
    if (this.#steps !== 0) return undefined;
    this.lastStep = `${this.#moment} ${name}`;
    return this.#moment;
  }
}

const never = <T>() => new Promise<T>(() => undefined);

class Killed extends Error {}

/** A store whose commits are steps: a unit is handed in, runs, or is committed, and nobody learns of it. */
export function mortalStore(real: Store, life: Life): Store {
  return {
    ...real,
    write(unit) {
      if (life.isOver) return never();
      const moment = life.step('unit');
      if (moment === 'before') {
        life.end();
        return never();
      }
      return new Promise((resolve, reject) => {
        const done = real.write(async (tx) => {
          if (life.isOver) throw new Killed();
          if (moment === 'after') tx.afterCommit(() => life.end());
          const outcome = await unit({
            db: tx.db,
            shared: tx.shared,
            afterCommit: (task) => tx.afterCommit(() => life.isOver || task()),
            onDisk: (task) => tx.onDisk(() => life.isOver || task()),
          });
          if (moment === 'within') {
            life.end();
            throw new Killed();
          }
          return outcome;
        });
        done.then(
          (outcome) => life.isOver || resolve(outcome),
          (error) => life.isOver || reject(error),
        );
      });
    },
    writeSoon(unit) {
      return this.write(unit);
    },
    writeTogether(unit) {
      return this.write(unit);
    },
  };
}

/** The same for what goes to the server: it was never written, or it was and the answer never comes. */
export function mortalLine(real: ServerLine, life: Life): ServerLine {
  async function through<T>(name: string, task: () => Promise<T>): Promise<T> {
    if (life.isOver) return never();
    const moment = life.step(name);
    if (moment === 'before') {
      life.end();
      return never();
    }
    const outcome = await task();
    if (moment) life.end();
    return life.isOver ? never() : outcome;
  }
  return {
    connect: (jid, deliver) =>
      real.connect(jid, async (stanza) => {
        if (life.isOver) return never();
        await deliver(stanza);
        return life.isOver ? never() : undefined;
      }),
    disconnect: (jid) => life.isOver || real.disconnect(jid),
    request: (jid, iq) => through('request', () => real.request(jid, iq)),
    send: (jid, stanza) => through('send', () => real.send(jid, stanza)),
  };
}

/** Timers of the dead do not run. */
export const mortalClock = (real: Clock, life: Life): Clock => ({
  ...real,
  after: (scope, delayMs, task) => real.after(scope, delayMs, () => life.isOver || task()),
});
