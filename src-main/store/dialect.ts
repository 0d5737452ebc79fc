import type BetterSqlite3 from 'better-sqlite3';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** More statements than the program has; only generated ones (lists of different lengths) can reach it. */
const CACHED_STATEMENTS = 500;

/**
 * Kysely compiles, this executes: prepared statements are kept, nothing is queued, and transactions belong to
 * the write queue alone, so Kysely's own are refused.
 */
class SqliteConnection implements DatabaseConnection {
  readonly #sqlite: BetterSqlite3.Database;
  readonly #statements = new Map<string, BetterSqlite3.Statement>();
  readonly #isOpen: () => boolean;

  constructor(sqlite: BetterSqlite3.Database, isOpen: () => boolean) {
    this.#sqlite = sqlite;
    this.#isOpen = isOpen;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const statement = this.#statementOf(sql);
    // The row type is Kysely's promise about the statement it compiled.
    if (statement.reader) return { rows: statement.all(...parameters) as Row[] };
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return { numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid), rows: [] };
  }

  /** The rows of a statement, none of one that has no rows; what it changed is not told. */
  rowsOf<Row>(sql: string, parameters: readonly unknown[]): Row[] {
    const statement = this.#statementOf(sql);
    if (statement.reader) return statement.all(...parameters) as Row[];
    statement.run(...parameters);
    return [];
  }

  /** The row id of what a statement inserts; undefined where it inserts nothing. Cheaper than to return it as a row. */
  insertedBy(sql: string, parameters: readonly unknown[]): number | undefined {
    const { changes, lastInsertRowid } = this.#statementOf(sql).run(...parameters);
    return changes > 0 ? Number(lastInsertRowid) : undefined;
  }

  // biome-ignore lint/correctness/useYield: nothing streams; rows are read in pages.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('read in pages instead of streaming');
  }

  #statementOf(sql: string): BetterSqlite3.Statement {
    if (!this.#isOpen()) throw new Error('a transaction was used after its unit had ended');
    const cached = this.#statements.get(sql);
    if (cached) return cached;
    const oldest = this.#statements.size >= CACHED_STATEMENTS && this.#statements.keys().next();
    if (oldest && !oldest.done) this.#statements.delete(oldest.value);
    const statement = this.#sqlite.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/**
 * Parameters are written `+?`, which means the same as `?`. Without the sign SQLite (built with STAT4) takes their values
 * for something that may change its plan, and compiles many a statement anew at each run: measured at 50 to 130 us for
 * what runs in 7.
 */
class QueryCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

const noTransactions = () => Promise.reject(new Error('write through store.write'));

const connections = new WeakMap<object, SqliteConnection>();

/** Kysely over one open connection. `isOpen` says whether statements may run at the moment. */
export function kyselyOver<DB>(
  sqlite: BetterSqlite3.Database,
  isOpen: () => boolean = () => true,
): Kysely<DB> {
  const connection = new SqliteConnection(sqlite, isOpen);
  const db = new Kysely<DB>({ dialect: dialectOver(connection) });
  connections.set(db, connection);
  return db;
}

/** What runs the statements of `kyselyOver`. The way through Kysely costs as much as a small statement does. */
export function connectionOf(db: object): Pick<SqliteConnection, 'rowsOf' | 'insertedBy'> {
  const connection = connections.get(db);
  if (!connection) throw new Error('made by something else than kyselyOver');
  return connection;
}

function dialectOver(connection: SqliteConnection): Dialect {
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    destroy: async () => undefined,
  };
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new QueryCompiler(),
  };
}
