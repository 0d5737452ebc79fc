import type { BotId, MessageId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';

/** Where a question came from and its answer goes to. */
export interface AiPlace {
  /** The other side of the conversation, or the room. */
  to: BareJid;
  isRoom: boolean;
  /** Of a room: who asked. */
  nick?: string | undefined;
  /** Of a room: the message that is answered. */
  answers?: { id: string; author: string } | undefined;
}

export interface AiQuestionDetails extends AiPlace {
  text: string;
  /** The message that shows its answer while that is written; it is corrected from then on. */
  shown?: MessageId | undefined;
}

/** A question that was taken and is not answered yet. */
export interface AiQuestion {
  id: number;
  botId: BotId;
  /** Whose conversation it belongs to. */
  person: string;
  details: AiQuestionDetails;
  /** When it was sent, Unix milliseconds. */
  askedAt: number;
}

const place = (id: number) => ({ table: 'ai_question', row: id, column: 'details' });

/** Questions that wait for their answers, sealed. They outlive a stop of the program. */
export function aiQuestionRepository(store: Store, box: SecretBox) {
  const sealed = (id: number, details: AiQuestionDetails) => box.seal(JSON.stringify(details), place(id));

  return {
    async insert(tx: Tx, question: Omit<AiQuestion, 'id'>): Promise<number> {
      const { botId, person, details, askedAt } = question;
      const { id } = await tx.db
        .insertInto('ai_question')
        .values({ bot_id: botId, person, details: Buffer.alloc(0), asked_at: askedAt })
        .returning('id')
        .executeTakeFirstOrThrow();
      await this.setDetails(tx, id, details);
      return id;
    },
    async setDetails(tx: Tx, id: number, details: AiQuestionDetails): Promise<void> {
      await tx.db
        .updateTable('ai_question')
        .set({ details: sealed(id, details) })
        .where('id', '=', id)
        .execute();
    },
    /** All that wait, oldest first; what they ask is not opened. */
    async waiting(): Promise<Omit<AiQuestion, 'details'>[]> {
      const rows = await store.read
        .selectFrom('ai_question')
        .select(['id', 'bot_id', 'person', 'asked_at'])
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        botId: row.bot_id as BotId,
        person: row.person,
        askedAt: row.asked_at,
      }));
    },
    async find(id: number, tx?: Tx): Promise<AiQuestion | undefined> {
      const row = await (tx?.db ?? store.read)
        .selectFrom('ai_question')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return (
        row && {
          id,
          botId: row.bot_id as BotId,
          person: row.person,
          // Written by `setDetails` alone.
          details: JSON.parse(box.open(row.details, place(id))) as AiQuestionDetails,
          askedAt: row.asked_at,
        }
      );
    },
    /** How many wait for one person's answers, for those of one bot, and in all. */
    async counts(tx: Tx, botId: BotId, person: string) {
      const counts = await tx.db
        .selectFrom('ai_question')
        .select((e) => {
          const ofBot = e('bot_id', '=', botId);
          const counted = (what: typeof ofBot) => e.fn.countAll<number>().filterWhere(what);
          return [
            e.fn.countAll<number>().as('all'),
            counted(ofBot).as('ofBot'),
            counted(e.and([ofBot, e('person', '=', person)])).as('ofPerson'),
          ];
        })
        .executeTakeFirstOrThrow();
      return counts;
    },
    async countOf(botId: BotId, tx?: Tx): Promise<number> {
      const { count } = await (tx?.db ?? store.read)
        .selectFrom('ai_question')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('bot_id', '=', botId)
        .executeTakeFirstOrThrow();
      return count;
    },
    /** False where it was answered, or taken back, before. */
    async end(tx: Tx, id: number): Promise<boolean> {
      const rows = await tx.db.deleteFrom('ai_question').where('id', '=', id).returning('id').execute();
      return rows.length > 0;
    },
    /** One person's, or everybody's of a bot. Resolves with which they were. */
    async clear(tx: Tx, botId: BotId, person: string | undefined): Promise<number[]> {
      let gone = tx.db.deleteFrom('ai_question').where('bot_id', '=', botId);
      if (person !== undefined) gone = gone.where('person', '=', person);
      return (await gone.returning('id').execute()).map(({ id }) => id);
    },
    async forgetBefore(tx: Tx, askedAt: number): Promise<void> {
      await tx.db.deleteFrom('ai_question').where('asked_at', '<', askedAt).execute();
    },
  };
}
export type AiQuestionRepository = ReturnType<typeof aiQuestionRepository>;
