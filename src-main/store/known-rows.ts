import type { Store, Tx } from './open.ts';

const KEPT = 500;

/** The changes of one table: whoever changes rows says so in its unit, and what is known of them is read anew. */
interface TableChanges {
  /** Counts changes: what was read before one is not kept after it. */
  readonly count: number;
  /** True for what reads in a commit that has changed rows. */
  hasIn(tx: Tx): boolean;
  /** To be called before the change. */
  changeIn(tx: Tx): void;
  onChange(listener: () => void): void;
}

const changesByStore = new WeakMap<Store, Map<string, TableChanges>>();

/** The changes of a table: the same for all that read or write it. */
export function changesOf(
  store: Store,
  table: 'account' | 'bot' | 'room' | 'inbox' | 'ai_config',
): TableChanges {
  const tables = changesByStore.get(store) ?? new Map<string, TableChanges>();
  changesByStore.set(store, tables);
  const changes = tables.get(table) ?? tableChanges();
  tables.set(table, changes);
  return changes;
}

function tableChanges(): TableChanges {
  const place = {};
  const listeners: (() => void)[] = [];
  let count = 0;
  const inCommit = (tx: Tx) =>
    tx.shared(
      place,
      () => ({ isChanged: false }),
      async () => undefined,
    );
  return {
    get count() {
      return count;
    },
    hasIn: (tx) => inCommit(tx).isChanged,
    changeIn(tx) {
      const commit = inCommit(tx);
      if (commit.isChanged) return;
      commit.isChanged = true;
      tx.afterCommit(() => {
        count += 1;
        for (const listener of listeners) listener();
      });
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

/**
 * Rows that are asked for far more often than they change, as they are committed. What a commit that changes some sees
 * from then on is read anew, and after it everything is.
 */
export function knownRows<Key, Row>(changes: TableChanges) {
  const known = new Map<Key, readonly Row[]>();
  changes.onChange(() => known.clear());

  return {
    /** `load` reads with the transaction that it is given, or without one what is committed. */
    async of(
      key: Key,
      tx: Tx | undefined,
      load: (db: Tx['db'] | undefined) => Promise<Row[]>,
    ): Promise<readonly Row[]> {
      if (tx && changes.hasIn(tx)) return load(tx.db);
      const kept = known.get(key);
      if (kept) return kept;
      const before = changes.count;
      const rows = await load(undefined);
      if (before !== changes.count) return rows;
      if (known.size >= KEPT) known.clear();
      known.set(key, rows);
      return rows;
    },
  };
}
