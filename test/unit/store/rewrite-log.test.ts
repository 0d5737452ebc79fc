import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LogDamaged, rewriteLog } from '../../../src-main/store/rewrite-log.ts';
import { testFolder } from '../../support/test-folder.ts';

/** A database with some commits in its log. */
function logOf(pageBytes: number) {
  const file = join(testFolder(), 'x.db');
  const sqlite = new BetterSqlite3(file);
  onTestFinished(() => void sqlite.close());
  sqlite.pragma(`page_size = ${pageBytes}`);
  sqlite.pragma('journal_mode = WAL');
  sqlite.exec('CREATE TABLE a (b)');
  for (let row = 0; row < 20; row += 1) sqlite.prepare('INSERT INTO a VALUES (?)').run('x'.repeat(500));
  const [{ log }] = sqlite.pragma('wal_checkpoint(NOOP)') as [{ log: number }];
  return { sqlite, path: `${file}-wal`, frames: log };
}

describe.each([512, 4096])('a log of pages of %d bytes', (pageBytes) => {
  it('is written again as it is', () => {
    const { path, frames, sqlite } = logOf(pageBytes);
    const before = readFileSync(path);
    utimesSync(path, 1, 1);

    rewriteLog(path, frames);

    expect(frames).toBeGreaterThan(20);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(statSync(path).mtimeMs).toBeGreaterThan(1_000);
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('is not taken for good when a page of it went back to what it was, or is missing', () => {
    const { path, frames } = logOf(pageBytes);
    const whole = readFileSync(path);
    const lost = Buffer.from(whole);
    lost.fill(0, whole.length - pageBytes, whole.length - pageBytes + 8);

    writeFileSync(path, lost);
    expect(() => rewriteLog(path, frames)).toThrow(LogDamaged);
    writeFileSync(path, whole.subarray(0, whole.length - pageBytes));
    expect(() => rewriteLog(path, frames)).toThrow(LogDamaged);
    writeFileSync(path, whole);
    expect(() => rewriteLog(path, frames + 1)).toThrow(LogDamaged);
    rewriteLog(path, frames);
  });
});

it('a log that was begun anew holds what was written since', () => {
  const { path, sqlite } = logOf(4096);
  sqlite.pragma('wal_checkpoint(RESTART)');
  sqlite.exec("INSERT INTO a VALUES ('later')");
  const [{ log }] = sqlite.pragma('wal_checkpoint(NOOP)') as [{ log: number }];

  expect(log).toBe(1);
  rewriteLog(path, log);
  // Behind it lie frames of the round before.
  expect(() => rewriteLog(path, log + 1)).toThrow(LogDamaged);
});
