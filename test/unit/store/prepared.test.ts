import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src-main/store/open.ts';
import { preparedForList, preparedInsert, type Slots } from '../../../src-main/store/prepared.ts';
import { testFolder } from '../../support/test-folder.ts';

describe('queries over a list', () => {
  it('find what a list of any length names, once each', async () => {
    const store = await openStore(testFolder());
    const key = (number: number) => `key ${number}`;
    const all = Array.from({ length: 200 }, (_, number) => number);
    await store.write((tx) =>
      tx.db
        .insertInto('settings')
        .values(all.map((number) => ({ tenant_id: 'local', key: key(number), value: '1' })))
        .execute(),
    );
    const keysIn = preparedForList((slot: Slots<{ from: string }>, keys: string[]) =>
      store.read
        .selectFrom('settings')
        .select('key')
        .where('key', 'in', keys)
        .where('key', '>=', slot('from')),
    );

    const lengths = [0, 1, 2, 3, 63, 64, 65, 130];
    const found = lengths.map((length) => keysIn(store.read, { from: '' }, all.slice(0, length).map(key)));

    expect(found.map((rows) => rows.length)).toEqual(lengths);
    expect(new Set(found.at(-1)?.map((row) => row.key)).size).toBe(130);
    await store.close();
  });
});

it('a row that is inserted tells its number, and one that was there tells none', async () => {
  const store = await openStore(testFolder());
  const insert = preparedInsert((slot: Slots<{ action: string; id: number | undefined }>) =>
    store.read
      .insertInto('audit_log')
      .values({
        id: slot('id'),
        tenant_id: 'local',
        action: slot('action'),
        actor: 'admin',
        outcome: 'done',
        timestamp: 0,
      } as never)
      .onConflict((c) => c.column('id').doNothing()),
  );
  const numbers = await store.write(async (tx) => [
    insert(tx.db, { action: 'one', id: 7 }),
    insert(tx.db, { action: 'two', id: 9 }),
    insert(tx.db, { action: 'again', id: 7 }),
    insert(tx.db, { action: 'three', id: 8 }),
  ]);

  expect(numbers).toEqual([7, 9, undefined, 8]);
  await store.close();
});
