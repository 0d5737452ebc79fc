import BetterSqlite3 from 'better-sqlite3';

/** More updates than a bot gets in a second for long, twice: ids are even. */
const IDS_PER_SECOND = 2 * 100;
const AT_LEAST = 2 * 1_000;

/**
 * What a bot was told after the backup had ids too, and its program remembers them: update ids only grow (contract,
 * section 7), and the id of a webhook's delivery follows from them. A restored bot goes on behind all of these.
 *
 * @param sinceS how long ago the backup was made, in seconds
 */
export function skipUpdateIds(databaseFile: string, sinceS: number): void {
  const database = new BetterSqlite3(databaseFile);
  try {
    const step = AT_LEAST + IDS_PER_SECOND * Math.max(0, Math.ceil(sinceS));
    database.prepare('update bot set last_update_id = last_update_id + ?').run(step);
  } finally {
    database.close();
  }
}
