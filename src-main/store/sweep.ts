import { sql } from 'kysely';
import type { Tx } from './open.ts';

const AT_ONCE = 20_000;

interface Swept {
  table: 'seen_message' | 'known_message';
  /** What its rows are kept in the order of. */
  owner: 'account_id' | 'bot_id';
  name: 'name' | 'stanza_id';
}

/**
 * Drops the rows that were seen before some instant, without an index of instants, which would have to be kept with every
 * row that is added: each call looks at the next rows in the order of the table, and begins again behind the last one. A row
 * stays at most for one round longer than it has to.
 */
export function sweep({ table, owner, name }: Swept, atOnce = AT_ONCE) {
  const start = [0, ''] as const;
  let after: readonly [owner: number, name: string] = start;
  const [rows, columns] = [sql.table(table), sql`${sql.ref(owner)}, ${sql.ref(name)}`];

  return async (tx: Tx, seenAt: number): Promise<void> => {
    const isBehind = sql`(${columns}) > (${after[0]}, ${after[1]})`;
    const last = await sql<{ owner: number; name: string }>`
      select ${sql.ref(owner)} as owner, ${sql.ref(name)} as name from ${rows}
      where ${isBehind} order by ${columns} limit 1 offset ${atOnce - 1}`.execute(tx.db);
    const [end] = last.rows;
    const isNext = end ? sql`${isBehind} and (${columns}) <= (${end.owner}, ${end.name})` : isBehind;
    await sql`delete from ${rows} where ${isNext} and seen_at < ${seenAt}`.execute(tx.db);
    tx.afterCommit(() => {
      after = end ? [end.owner, end.name] : start;
    });
  };
}
