import type { Compilable, Kysely } from 'kysely';
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
  // A slot passes through the builder as a value does, and comes out among the parameters.
  const { parameters, sql } = build((name) => new Slot(name) as never).compile();
  const [slots, fixed] = [parameters.map(slotOf), parameters.map(fixedOf)];
  return (db, values) => {
    const bound = fixed.slice();
    for (let place = 0; place < bound.length; place += 1) {
      const name = slots[place];
      if (name !== undefined) bound[place] = values[name as keyof Values];
    }
    return connectionOf(db).rowsOf<Row>(sql, bound);
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
