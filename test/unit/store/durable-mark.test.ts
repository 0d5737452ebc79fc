import { describe, expect, it, vi } from 'vitest';
import { DurableMark } from '../../../src-main/store/durable-mark.ts';
import { openStore, type Tx } from '../../../src-main/store/open.ts';
import { testFolder } from '../../support/test-folder.ts';

/** A disk whose flushes end when the test says so; `did` has what was asked of it, in order. */
function slowDisk() {
  const flushes: PromiseWithResolvers<void>[] = [];
  const did: string[] = [];
  return {
    flushes,
    did,
    sync: () => {
      did.push('sync');
      const flush = Promise.withResolvers<void>();
      flushes.push(flush);
      return flush.promise;
    },
    rescue: async () => void did.push('rescue'),
  };
}
const nobodyAsked = () => Promise.reject(new Error('nobody asked'));
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
    const mark = new DurableMark({ sync: nobodyAsked, rescue: nobodyAsked });

    expect(mark.isReached).toBe(true);
    await mark.reached();
  });

  it('lets a commit wait for a flush that began after it, and flushes many at once', async () => {
    const disk = slowDisk();
    const mark = new DurableMark(disk);
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

  it('tells those whose flush failed, and flushes again what it has written again', async () => {
    const disk = slowDisk();
    const mark = new DurableMark(disk);
    mark.noteCommit();
    const first = outcomeOf(mark.reached());
    disk.flushes[0]?.reject(new Error('the disk is gone'));
    await turn();
    // Nothing new was committed, and still what stands is not claimed before it was written again.
    const meanwhile = outcomeOf(mark.reached());
    await turn();
    expect([first.is, meanwhile.is, mark.isReached]).toEqual(['the disk is gone', 'the disk is gone', false]);

    disk.flushes[1]?.resolve();
    await turn();
    const later = outcomeOf(mark.reached());
    await turn();
    expect([later.is, mark.failure, disk.did]).toEqual(['durable', undefined, ['sync', 'rescue', 'sync']]);
  });

  it('runs what waits for the disk when it has everything after all', async () => {
    const disk = slowDisk();
    const mark = new DurableMark(disk);
    const seen: string[] = [];
    mark.noteCommit();
    mark.whenReached(() => seen.push('on disk'));
    disk.flushes[0]?.reject(new Error('no'));
    await turn();
    expect(seen).toEqual([]);

    disk.flushes[1]?.resolve();
    await turn();
    expect(seen).toEqual(['on disk']);
  });

  it('claims nothing while that does not succeed, and gives up when it is closed', async () => {
    const disk = { sync: () => Promise.reject(new Error('no')), rescue: vi.fn(async () => undefined) };
    const mark = new DurableMark(disk);
    mark.noteCommit();
    mark.whenReached(() => {
      throw new Error('nothing is on the disk');
    });
    for (let count = 0; count < 5; count += 1) {
      await turn();
      await expect(mark.reached()).rejects.toThrow('no');
    }
    await mark.close();

    expect(disk.rescue).toHaveBeenCalled();
    expect(mark.isReached).toBe(false);
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
