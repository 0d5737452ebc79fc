import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openStore, SCHEMA_VERSION, type Store, type Tx } from '../../../src-main/store/open.ts';
import { testFolder } from '../../support/test-folder.ts';

const put = (key: string, value: string) => (tx: Tx) =>
  tx.db.insertInto('settings').values({ tenant_id: 'local', key, value }).execute();
const keys = async (store: Store) =>
  (await store.read.selectFrom('settings').select('key').orderBy('key').execute()).map(({ key }) => key);

/** A store whose timers run when the test says so; `order` has what was committed. */
async function withOrder() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const store = await openStore(testFolder());
  const order: string[] = [];
  const noted = (name: string) => async (tx: Tx) => {
    await put(name, '1')(tx);
    tx.afterCommit(() => order.push(name));
  };
  return { store, order, noted };
}

describe('the write path', () => {
  it('commits all units of one loop turn together and resolves after the commit', async () => {
    const store = await openStore(testFolder());
    const announced: string[] = [];
    const unit = (key: string) =>
      store.write(async (tx) => {
        await put(key, '1')(tx);
        tx.afterCommit(() => announced.push(key));
        return key;
      });

    const results = await Promise.all([unit('a'), unit('b'), unit('c')]);

    expect(results).toEqual(['a', 'b', 'c']);
    expect(announced).toEqual(['a', 'b', 'c']);
    expect(await keys(store)).toEqual(['a', 'b', 'c']);
    await store.close();
  });

  it('keeps the other units of a batch when one fails, and nothing of the failed one', async () => {
    const store = await openStore(testFolder());
    const announced: string[] = [];
    const failing = store.write(async (tx) => {
      await put('half', '1')(tx);
      tx.afterCommit(() => announced.push('half'));
      throw new Error('no');
    });
    const fine = [store.write(put('a', '1')), store.write(put('b', '1'))];

    await expect(failing).rejects.toThrow('no');
    await Promise.all(fine);

    expect(await keys(store)).toEqual(['a', 'b']);
    expect(announced).toEqual([]);
    await store.close();
  });

  it('does not show readers what is not committed', async () => {
    const store = await openStore(testFolder());

    const seenInside = await store.write(async (tx) => {
      await put('a', '1')(tx);
      return keys(store);
    });

    expect(seenInside).toEqual([]);
    expect(await keys(store)).toEqual(['a']);
    await store.close();
  });

  it('goes on when a unit waits for another write, and when what follows a commit fails', async () => {
    const store = await openStore(testFolder());

    await expect(store.write(async () => store.write(put('inner', '1')))).rejects.toThrow('something other');
    await store.write(async (tx) => {
      await put('a', '1')(tx);
      tx.afterCommit(() => {
        throw new Error('a listener failed');
      });
    });
    await store.write(put('b', '1'));

    expect(await keys(store)).toEqual(['a', 'b', 'inner']);
    await store.close();
  });

  it('refuses a unit that waits for something else, and a transaction kept for later', async () => {
    const store = await openStore(testFolder());
    const kept: Tx[] = [];

    const slow = store.write(async (tx) => {
      await put('slow', '1')(tx);
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    });
    await expect(slow).rejects.toThrow('awaited something other');
    await store.write(async (tx) => void kept.push(tx));
    await expect(put('late', '1')(kept[0] as Tx)).rejects.toThrow('after its unit had ended');

    expect(await keys(store)).toEqual([]);
    await store.close();
  });

  it('lets what may wait join the next commit, in the order it came, and never wait for long', async () => {
    const { store, order, noted } = await withOrder();

    const patient = store.writeSoon(noted('a'));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(await keys(store)).toEqual([]);
    await Promise.all([store.write(noted('b')), patient]);
    expect(order).toEqual(['a', 'b']);
    const alone = store.writeSoon(noted('c'));
    vi.runAllTimers();
    await alone;
    const last = store.writeSoon(noted('d'));
    await store.close();
    await last;

    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets commits pass for a unit that grows, never for long, and writes it before it closes', async () => {
    const { store, order, noted } = await withOrder();

    const growing = [store.writeTogether(noted('a')), store.writeTogether(noted('b'))];
    await store.write(noted('c'));
    expect(order).toEqual(['c']);
    vi.runAllTimers();
    await Promise.all(growing);
    expect(order).toEqual(['c', 'a', 'b']);
    const last = store.writeTogether(noted('d'));
    await store.close();
    await last;

    expect(order).toEqual(['c', 'a', 'b', 'd']);
  });

  it('writes what units share once, after all of them, and nothing of a commit that failed', async () => {
    const store = await openStore(testFolder());
    const place = {};
    const saved: string[][] = [];
    const unit = (name: string) => async (tx: Tx) => {
      const names = tx.shared<string[]>(
        place,
        () => [],
        async (all) => {
          saved.push([...all]);
          await put(all.join(), '1')(tx);
        },
      );
      names.push(name);
      if (name === 'bad') throw new Error('no');
    };

    await Promise.all(['a', 'b', 'c'].map((name) => store.write(unit(name))));
    const failing = store.write(unit('bad'));
    await Promise.all([expect(failing).rejects.toThrow('no'), store.write(unit('d'))]);

    expect(saved).toEqual([['a', 'b', 'c'], ['d']]);
    expect(await keys(store)).toEqual(['a,b,c', 'd']);
    await store.close();
  });

  it('lets few units wait a moment for others after a crowd of them, until as many are there, and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const store = await openStore(testFolder());
    const turns = () =>
      new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => store.write(put(key, '1'))));

    const early = [store.write(put('g', '1'))];
    await turns();
    const before = await keys(store);
    early.push(...['h', 'i', 'j', 'k', 'l'].map((key) => store.write(put(key, '1'))));
    await Promise.all(early);
    const lonely = store.write(put('m', '1'));
    await turns();
    const meanwhile = await keys(store);
    vi.runAllTimers();
    await lonely;
    void store.write(put('n', '1'));
    await store.close();

    expect(before).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(meanwhile).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']);
  });

  it('waits for no crowd of those that may wait themselves', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const store = await openStore(testFolder());
    const patient = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => store.writeSoon(put(key, '1')));
    await Promise.all([store.write(put('g', '1')), ...patient]);

    await store.write(put('h', '1'));

    expect(await keys(store)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
    await store.close();
  });

  it('finishes what was handed in before it closes', async () => {
    const folder = testFolder();
    const store = await openStore(folder);
    void store.write(put('a', '1'));
    await store.close();

    const again = await openStore(folder);
    expect(await keys(again)).toEqual(['a']);
    await again.close();
  });
});

describe('opening the store', () => {
  it('refuses a database of a newer version and leaves it alone', async () => {
    const folder = testFolder();
    await (await openStore(folder)).close();
    const database = new BetterSqlite3(`${folder}/bot_registry.db`);
    database.pragma('user_version = 999');
    database.close();

    await expect(openStore(folder)).rejects.toThrow('newer version');
  });

  it('writes into the log that is flushed, at the version of this program', async () => {
    const folder = testFolder();
    const store = await openStore(folder);
    const database = new BetterSqlite3(`${folder}/bot_registry.db`, { readonly: true });

    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(database.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    database.close();
    await store.close();
  });
});
