import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import { DATABASE_FILE } from '../../../src-main/store/open.ts';
import { chatRig, FRIEND, said } from '../../support/scripted/chat-rig.ts';

/** Values say nothing about a plan here: any will do. */
const planOf = (statement: BetterSqlite3.Statement<unknown[]>, values: number): string[] =>
  (statement.all(...Array.from({ length: values }, () => 1)) as { detail: string }[]).map(
    ({ detail }) => detail,
  );

describe('what the window asks of the database', () => {
  it('goes through indexes, however much is kept', async () => {
    const asked = new Set<string>();
    const { prepare } = BetterSqlite3.prototype;
    vi.spyOn(BetterSqlite3.prototype, 'prepare').mockImplementation(function (
      this: BetterSqlite3.Database,
      sql: string,
    ) {
      if (sql.includes('chat_message')) asked.add(sql);
      return prepare.call(this, sql);
    } as typeof prepare);
    const rig = await chatRig();
    await rig.hear(said('hello', { id: 'f1' }));
    asked.clear();

    await rig.list();
    const written = await rig.write(FRIEND, 'hi', { reply_to: 'f1' });
    await rig.settled();
    const [first] = await rig.messages(FRIEND);
    await rig.page(FRIEND, `?before=${first?.id}`);
    await rig.page(FRIEND, `?around=${first?.id}`);
    await rig.asked('POST', `${rig.pathOf(FRIEND)}/read`, { up_to: first?.id });
    await rig.asked('PUT', `${rig.pathOf(FRIEND)}/messages/${written.message_id}/reaction`, {
      reaction: '👍',
    });
    await rig.settled();

    vi.restoreAllMocks();
    const database = new BetterSqlite3(join(rig.dataDir, DATABASE_FILE), { readonly: true });
    const plans = [...asked].map((sql) => ({
      sql,
      plan: planOf(database.prepare(`EXPLAIN QUERY PLAN ${sql}`), sql.split('+?').length - 1),
    }));
    database.close();
    expect(plans.length).toBeGreaterThan(5);
    for (const { sql, plan } of plans)
      expect({ sql, scans: plan.filter((step) => /^SCAN chat_message(?! USING)/.test(step)) }).toEqual({
        sql,
        scans: [],
      });
  });
});
