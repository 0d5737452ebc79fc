import type { Compilable, InsertResult, Kysely } from 'kysely';
import { connectionOf } from './dialect.ts';
import type { Database } from './schema.ts';

class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Gives the slot of a value by its name. */
export type Slots<Values> = <Name extends keyof Values & string>(name: Name) => Values[Name];

/**
 * A query that runs with every request: it is compiled once, with slots in the place of its values, and not at each run.
 * The rows are those that the built query promises; no promise holds them, for SQLite answers at once.
 */
export function prepared<Values, Row>(
  build: (slot: Slots<Values>) => Compilable<Row>,
): (db: Kysely<Database>, values: Values) => Row[] {
  const { sql, bind } = compiled(build);
  return (db, values) => connectionOf(db).rowsOf<Row>(sql, bind(values));
}

/**
 * The same for a statement that inserts one row, or none where there is such a row already; not for one that changes that
 * row instead. The result is its row id, which is its primary key if that is an integer.
 */
export function preparedInsert<Values>(
  build: (slot: Slots<Values>) => Compilable<InsertResult>,
): (db: Kysely<Database>, values: Values) => number | undefined {
  const { sql, bind } = compiled(build);
  return (db, values) => connectionOf(db).insertedBy(sql, bind(values));
}

function compiled<Values>(build: (slot: Slots<Values>) => Compilable<unknown>) {
  // A slot passes through the builder as a value does, and comes out among the parameters.
  const { parameters, sql } = build((name) => new Slot(name) as never).compile();
  const [slots, fixed] = [parameters.map(slotOf), parameters.map(fixedOf)];
  function bind(values: Values): unknown[] {
    const bound = fixed.slice();
    for (let place = 0; place < bound.length; place += 1) {
      const name = slots[place];
      if (name !== undefined) bound[place] = values[name as keyof Values];
    }
    return bound;
  }
  return { sql, bind };
}

/** Of a list, at a time. */
const LONGEST_LIST = 64;

/**
 * Queries over a list of values, of any length: a list is filled up with its last value to the next power of two, so that
 * few statements are needed. A value that is named twice must mean the same as once, as it does behind `in`.
 */
export function preparedForList<Values, Item, Row>(
  build: (slot: Slots<Values>, items: Item[]) => Compilable<Row>,
): (db: Kysely<Database>, values: Values, items: readonly Item[]) => Row[] {
  const ofLength = preparedFor(
    (length: number) =>
      prepared<Values & Record<string, Item>, Row>((slot) =>
        build(
          slot as Slots<Values>,
          Array.from({ length }, (_, index) => slot(`${index}`)),
        ),
      ),
    String,
  );
  return (db, values, items) => {
    const rows: Row[] = [];
    for (let first = 0; first < items.length; first += LONGEST_LIST) {
      const some = items.slice(first, first + LONGEST_LIST);
      const length = 2 ** Math.ceil(Math.log2(some.length));
      const filled = Array.from({ length }, (_, index) => some[Math.min(index, some.length - 1)]);
      rows.push(
        ...ofLength(length)(db, { ...values, ...(filled as Item[]) } as Values & Record<string, Item>),
      );
    }
    return rows;
  };
}

const slotOf = (parameter: unknown) => (parameter instanceof Slot ? parameter.name : undefined);
const fixedOf = (parameter: unknown) => (parameter instanceof Slot ? undefined : parameter);

/** Choices are made by programs and senders: no more of them are kept. */
const KEPT_CHOICES = 100;

/** Queries that differ by a choice, as by the length of a list: each is compiled at its first run. */
export function preparedFor<Choice, Query>(
  build: (choice: Choice) => Query,
  nameOf: (choice: Choice) => string,
): (choice: Choice) => Query {
  const kept = new Map<string, Query>();
  return (choice) => {
    const name = nameOf(choice);
    const query = kept.get(name) ?? build(choice);
    if (kept.size < KEPT_CHOICES) kept.set(name, query);
    return query;
  };
}
