import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src-main/store/open.ts';
import { preparedForList, type Slots } from '../../../src-main/store/prepared.ts';
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
