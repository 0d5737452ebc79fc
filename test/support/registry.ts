import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/** What the engine has put into the queue of its only bot, read beside it. */
export function lastUpdateId(dataDir: string): number {
  const database = new BetterSqlite3(join(dataDir, 'bot_registry.db'), { readonly: true });
  const row = database.prepare('select last_update_id from bot').get() as { last_update_id: number };
  database.close();
  return row.last_update_id;
}

/** The states of the messages in the outbox, oldest first. */
export function outboxStates(dataDir: string): string[] {
  const database = new BetterSqlite3(join(dataDir, 'bot_registry.db'), { readonly: true });
  const rows = database.prepare('select state from outbox order by seq').all() as { state: string }[];
  database.close();
  return rows.map(({ state }) => state);
}
