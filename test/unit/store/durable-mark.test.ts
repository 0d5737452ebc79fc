import { describe, expect, it } from 'vitest';
import { DurableMark } from '../../../src-main/store/durable-mark.ts';
import { openStore, type Tx } from '../../../src-main/store/open.ts';
import { testFolder } from '../../support/test-folder.ts';

/** A disk whose flushes end when the test says so. */
function slowDisk() {
  const flushes: PromiseWithResolvers<void>[] = [];
  return {
    flushes,
    sync: () => {
      const flush = Promise.withResolvers<void>();
      flushes.push(flush);
      return flush.promise;
    },
  };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Notes when a promise has settled, and how. */
function outcomeOf(promise: Promise<unknown>) {
  const outcome = { is: 'waiting' };
  promise.then(
    () => {
      outcome.is = 'durable';
    },
    (error: Error) => {
      outcome.is = error.message;
    },
  );
  return outcome;
}

describe('how far commits have reached the disk', () => {
  it('is reached at once when nothing was committed', async () => {
    const mark = new DurableMark(() => Promise.reject(new Error('nobody asked')));

    expect(mark.isReached).toBe(true);
    await mark.reached();
  });

  it('lets a commit wait for a flush that began after it, and flushes many at once', async () => {
    const disk = slowDisk();
    const mark = new DurableMark(disk.sync);
    mark.noteCommit();
    const first = outcomeOf(mark.reached());
    mark.noteCommit();
    mark.noteCommit();
    const later = outcomeOf(mark.reached());

    disk.flushes[0]?.resolve();
    await turn();
    expect([first.is, later.is, disk.flushes.length]).toEqual(['durable', 'waiting', 2]);

    disk.flushes[1]?.resolve();
    await turn();
    expect([later.is, disk.flushes.length, mark.isReached]).toEqual(['durable', 2, true]);
  });

  it('tells those whose flush failed, and flushes again for the next ones', async () => {
    const disk = slowDisk();
    const mark = new DurableMark(disk.sync);
    mark.noteCommit();
    const first = outcomeOf(mark.reached());
    disk.flushes[0]?.reject(new Error('the disk is gone'));
    await turn();
    mark.noteCommit();
    const second = outcomeOf(mark.reached());
    disk.flushes[1]?.resolve();
    await turn();

    expect([first.is, second.is]).toEqual(['the disk is gone', 'durable']);
  });
});

describe('a store', () => {
  it('tells within the process after the commit, and outside when it is on the disk', async () => {
    const store = await openStore(testFolder());
    const seen: string[] = [];
    const put = (tx: Tx) =>
      tx.db.insertInto('settings').values({ tenant_id: 'local', key: 'a', value: '1' }).execute();
    const written = store.write(async (tx) => {
      await put(tx);
      tx.onDisk(() => seen.push('on disk'));
      tx.afterCommit(() => {
        seen.push('committed');
        void store.durable().then(() => seen.push('durable'));
      });
    });
    await written;
    seen.push('written');
    await store.durable();

    expect(seen[0]).toBe('committed');
    expect(seen.indexOf('on disk')).toBeLessThan(seen.indexOf('written'));
    expect(seen).toContain('durable');
    await store.close();
  });
});
