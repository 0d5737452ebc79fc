import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';

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
  async function insert(tx: Tx, botId: BotId, person: string, turn: AiTurn, at: number): Promise<void> {
    const { id } = await tx.db
      .insertInto('ai_turn')
      .values({ bot_id: botId, person, role: turn.role, body: Buffer.alloc(0), created_at: at })
      .returning('id')
      .executeTakeFirstOrThrow();
    // Its place among the rows is part of the seal.
    const body = box.seal(turn.text, place(id));
    await tx.db.updateTable('ai_turn').set({ body }).where('id', '=', id).execute();
  }

  return {
    /** Oldest first. */
    async of(botId: BotId, person: string, tx?: Tx): Promise<AiTurn[]> {
      const rows = await (tx?.db ?? store.read)
        .selectFrom('ai_turn')
        .select(['id', 'role', 'body'])
        .where('bot_id', '=', botId)
        .where('person', '=', person)
        .orderBy('id')
        .execute();
      return rows.map(({ id, role, body }) => ({ role, text: box.open(body, place(id)) }));
    },
    /** A question and its answer. The oldest go, two at a time, so that a person's turn stays the first. */
    async add(
      tx: Tx,
      botId: BotId,
      person: string,
      { question, answer, at, kept: most = TURNS_KEPT }: AiSaid,
    ): Promise<void> {
      await insert(tx, botId, person, { role: 'user', text: question }, at);
      await insert(tx, botId, person, { role: 'assistant', text: answer }, at);
      const kept = tx.db
        .selectFrom('ai_turn')
        .select('id')
        .where('bot_id', '=', botId)
        .where('person', '=', person)
        .orderBy('id', 'desc')
        .limit(Math.min(most, TURNS_KEPT));
      await tx.db
        .deleteFrom('ai_turn')
        .where('bot_id', '=', botId)
        .where('person', '=', person)
        .where('id', 'not in', kept)
        .execute();
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
