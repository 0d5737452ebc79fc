import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/** What the engine has put into the queue of its only bot, read beside it. */
export function lastUpdateId(dataDir: string): number {
  const database = new BetterSqlite3(join(dataDir, 'bot_registry.db'), { readonly: true });
  const row = database.prepare('select last_update_id from bot').get() as { last_update_id: number };
  database.close();
  return row.last_update_id;
}
