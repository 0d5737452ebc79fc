import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';

/** Of what an account looked at; it moves with every message, whoever wrote it. */
const POSITIONS = ['archive_id', 'archive_at'];

/** Everything that an engine has in its database, as text, row by row; what is sealed as hex. */
export function databaseRows(dataDir: string): string[] {
  const database = new BetterSqlite3(join(dataDir, 'bot_registry.db'), { readonly: true });
  try {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .pluck()
      .all() as string[];
    return tables.flatMap((table) =>
      (database.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[]).map((row) => {
        const columns = Object.entries(row)
          .filter(([name]) => !POSITIONS.includes(name))
          .map(([name, value]) => `${name}=${Buffer.isBuffer(value) ? value.toString('hex') : value}`);
        return `${table}: ${columns.join(' ')}`;
      }),
    );
  } finally {
    database.close();
  }
}
