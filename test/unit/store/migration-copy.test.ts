import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { DATABASE_FILE, openStore } from '../../../src-main/store/open.ts';
import { testFolder } from '../../support/test-folder.ts';

it('leaves out of the copy before a migration what must not be used twice', async () => {
  const dataDir = testFolder();
  await (await openStore(dataDir)).close();
  const file = join(dataDir, DATABASE_FILE);
  const sqlite = new BetterSqlite3(file);
  sqlite.exec('PRAGMA foreign_keys = OFF');
  sqlite.exec(
    "INSERT INTO omemo_session VALUES (1, 'you@localhost', 7, 'omemo2', x'01', 1); " +
      "INSERT INTO omemo_prekey (account_id, version, id, public_key, private_key) VALUES (1, 'omemo2', 5, x'01', x'02'); " +
      "INSERT INTO omemo_identity VALUES (1, 9, x'01', x'02', 5, 1)",
  );
  // The last migration seems to be missing: it will fail, after the copy was made.
  const version = Number(sqlite.pragma('user_version', { simple: true }));
  sqlite.pragma(`user_version = ${version - 1}`);
  sqlite.close();

  await expect(openStore(dataDir)).rejects.toThrow(
    /no such (table|column)|already exists|duplicate column name/,
  );

  const [name] = readdirSync(join(dataDir, 'backups'));
  const copy = new BetterSqlite3(join(dataDir, 'backups', String(name)), { readonly: true });
  const count = (table: string) => copy.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect([count('omemo_session'), count('omemo_prekey')]).toEqual([0, 0]);
  expect(copy.prepare('SELECT last_prekey_id FROM omemo_identity').pluck().get()).toBeGreaterThan(5);
  copy.close();
  const kept = new BetterSqlite3(file, { readonly: true });
  expect(kept.prepare('SELECT count(*) FROM omemo_session').pluck().get()).toBe(1);
  kept.close();
});
