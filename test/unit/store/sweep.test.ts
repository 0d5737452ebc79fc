import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../src-main/store/open.ts';
import { sweep } from '../../../src-main/store/sweep.ts';
import { testFolder } from '../../support/test-folder.ts';

/** Names of two accounts, seen at these instants. */
async function seen(instants: readonly number[]) {
  const store = await openStore(testFolder());
  onTestFinished(() => store.close());
  await store.write(async (tx) => {
    for (const jid of ['a@x', 'b@x'])
      await sql`insert into account (tenant_id, jid, created_at) values ('t', ${jid}, 1)`.execute(tx.db);
    for (const [index, seenAt] of instants.entries())
      await tx.db
        .insertInto('seen_message')
        .values({ account_id: 1 + (index % 2), name: `n${index}`, seen_at: seenAt, inbox_id: null })
        .execute();
  });
  const left = async () =>
    (await store.read.selectFrom('seen_message').select('seen_at').orderBy('seen_at').execute()).map(
      ({ seen_at: at }) => at,
    );
  return { store, left };
}
const names = { table: 'seen_message', owner: 'account_id', name: 'name' } as const;

it('drops what is too old, and nothing else', async () => {
  const { store, left } = await seen([5, 1, 9, 3, 7]);
  const forgetBefore = sweep(names);

  await store.write((tx) => forgetBefore(tx, 5));

  expect(await left()).toEqual([5, 7, 9]);
});

it('comes to every row when it goes round in small steps, and begins again', async () => {
  const { store, left } = await seen([1, 2, 3, 4, 5, 6, 7]);
  const forgetBefore = sweep(names, 2);

  await store.write((tx) => forgetBefore(tx, 6));
  const afterOne = await left();
  for (let step = 0; step < 3; step += 1) await store.write((tx) => forgetBefore(tx, 6));
  const afterAll = await left();
  await store.write((tx) => forgetBefore(tx, 8));

  expect(afterOne).toHaveLength(5);
  expect(afterAll).toEqual([6, 7]);
  expect(await left()).toEqual([]);
});

it('does not go on where the commit failed', async () => {
  const { store, left } = await seen([1, 2, 3, 4]);
  const forgetBefore = sweep(names, 2);

  const failing = store.write(async (tx) => {
    await forgetBefore(tx, 9);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await store.write((tx) => forgetBefore(tx, 9));
  await store.write((tx) => forgetBefore(tx, 9));

  expect(await left()).toEqual([]);
});
