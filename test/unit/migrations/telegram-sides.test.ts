import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { expect, it } from 'vitest';
import { telegramSides } from '../../../migrations/0011-telegram-sides.ts';
import { migrations } from '../../../migrations/index.ts';

const STEP = migrations.indexOf(telegramSides);

it('what an owner was told of a bridge stays told, on the side that it is about', async () => {
  const database = new Database(':memory:');
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  for (const step of migrations.slice(0, STEP)) await step(db);
  database.pragma('foreign_keys = OFF');
  const add = database.prepare(
    'INSERT INTO telegram_bot (bot_id, token_sealed, telegram_id, told_trouble) VALUES (?, ?, ?, ?)',
  );
  const told = ['other-program', 'blocked', 'chat', null];
  for (const [at, kind] of told.entries()) add.run(at, Buffer.alloc(0), String(at), kind);

  await telegramSides(db);

  expect(
    database.prepare('SELECT told_hearing, told_writing FROM telegram_bot ORDER BY bot_id').all(),
  ).toEqual([
    { told_hearing: 'other-program', told_writing: null },
    { told_hearing: null, told_writing: 'blocked' },
    { told_hearing: null, told_writing: 'chat' },
    { told_hearing: null, told_writing: null },
  ]);
  await db.destroy();
});
