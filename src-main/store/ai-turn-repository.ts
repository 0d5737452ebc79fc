import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import { prepared, preparedInsert, type Slots } from './prepared.ts';
import type { AiTurnTable } from './schema-ai.ts';

export interface AiTurn {
  role: 'user' | 'assistant';
  text: string;
}

/** A question that was answered. */
export interface AiSaid {
  question: string;
  answer: string;
  /** Unix seconds. */
  at: number;
  /** How many turns stay of the conversation, these two among them, where that is fewer than usual. */
  kept?: number | undefined;
}

/** Of one person's conversation with one bot: ten questions with their answers. */
export const TURNS_KEPT = 20;

const place = (id: number) => ({ table: 'ai_turn', row: id, column: 'body' });

/** What people and models said to each other, sealed. A conversation always begins with a person's turn. */
export function aiTurnRepository(store: Store, box: SecretBox) {
  const rowsOf = prepared((slot: Slots<{ botId: BotId; person: string }>) =>
    store.read
      .selectFrom('ai_turn')
      .select(['id', 'role', 'body'])
      .where('bot_id', '=', slot('botId'))
      .where('person', '=', slot('person'))
      .orderBy('id'),
  );
  const insertRow = preparedInsert((slot: Slots<Omit<AiTurnTable, 'id'>>) =>
    store.read.insertInto('ai_turn').values({
      bot_id: slot('bot_id'),
      person: slot('person'),
      role: slot('role'),
      body: slot('body'),
      created_at: slot('created_at'),
    }),
  );
  const fillRow = prepared((slot: Slots<{ id: number; body: Buffer }>) =>
    store.read
      .updateTable('ai_turn')
      .set({ body: slot('body') })
      .where('id', '=', slot('id')),
  );
  const dropOldRows = prepared((slot: Slots<{ botId: BotId; person: string; kept: number }>) =>
    store.read
      .deleteFrom('ai_turn')
      .where('bot_id', '=', slot('botId'))
      .where('person', '=', slot('person'))
      .where('id', 'not in', (e) =>
        e
          .selectFrom('ai_turn')
          .select('id')
          .where('bot_id', '=', slot('botId'))
          .where('person', '=', slot('person'))
          .orderBy('id', 'desc')
          .limit(slot('kept')),
      ),
  );

  function insert(tx: Tx, botId: BotId, person: string, { role, text }: AiTurn, at: number): void {
    const empty = Buffer.alloc(0);
    const id = insertRow(tx.db, { bot_id: botId, person, role, body: empty, created_at: at });
    // Its place among the rows is part of the seal.
    if (id !== undefined) fillRow(tx.db, { id, body: box.seal(text, place(id)) });
  }

  return {
    /** Oldest first. */
    of(botId: BotId, person: string, tx?: Tx): AiTurn[] {
      const rows = rowsOf(tx?.db ?? store.read, { botId, person });
      return rows.map(({ id, role, body }) => ({ role, text: box.open(body, place(id)) }));
    },
    /** A question and its answer. The oldest go, two at a time, so that a person's turn stays the first. */
    add(tx: Tx, botId: BotId, person: string, { question, answer, at, kept = TURNS_KEPT }: AiSaid): void {
      insert(tx, botId, person, { role: 'user', text: question }, at);
      insert(tx, botId, person, { role: 'assistant', text: answer }, at);
      dropOldRows(tx.db, { botId, person, kept: Math.min(kept, TURNS_KEPT) });
    },
    async people(botId: BotId, tx?: Tx): Promise<number> {
      const { count } = await (tx?.db ?? store.read)
        .selectFrom('ai_turn')
        .select((e) => e.fn.count<number>('person').distinct().as('count'))
        .where('bot_id', '=', botId)
        .executeTakeFirstOrThrow();
      return count;
    },
    /** One person's, or everybody's. Resolves with whose there were. */
    async clear(tx: Tx, botId: BotId, person: string | undefined): Promise<number> {
      let gone = tx.db.deleteFrom('ai_turn').where('bot_id', '=', botId);
      if (person !== undefined) gone = gone.where('person', '=', person);
      const rows = await gone.returning('person').execute();
      return new Set(rows.map((row) => row.person)).size;
    },
  };
}
export type AiTurnRepository = ReturnType<typeof aiTurnRepository>;
