import { expect, it } from 'vitest';
import { changesOf, knownRows } from '../../../src-main/store/known-rows.ts';
import { openStore, type Tx } from '../../../src-main/store/open.ts';
import { testFolder } from '../../support/test-folder.ts';

it('keeps what is committed until a commit changes it, and lets a unit see what it changed', async () => {
  const store = await openStore(testFolder());
  // Which table does not matter: the changes are those that are told.
  const changes = changesOf(store, 'bot');
  const known = knownRows<string, string>(changes);
  let loads = 0;
  const values = (tx?: Tx) =>
    known.of('settings', tx, async (db = store.read) => {
      loads += 1;
      const rows = await db.selectFrom('settings').select('key').orderBy('key').execute();
      return rows.map(({ key }) => key);
    });
  const add = (key: string) => async (tx: Tx) => {
    changes.changeIn(tx);
    await tx.db.insertInto('settings').values({ tenant_id: 'local', key, value: '1' }).execute();
    return { inside: await values(tx), outside: await values() };
  };

  expect([await values(), await values()]).toEqual([[], []]);
  expect(loads).toBe(1);
  expect(await store.write(add('a'))).toEqual({ inside: ['a'], outside: [] });
  expect([await values(), await values()]).toEqual([['a'], ['a']]);
  const failed = store.write(async (tx) => {
    await add('b')(tx);
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  expect(await values()).toEqual(['a']);
  await store.close();
});
