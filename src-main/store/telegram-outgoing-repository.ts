import type { Selectable } from 'kysely';
import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { TelegramText } from '../gateways/telegram/index.ts';
import type { Store, Tx } from './open.ts';
import type { TelegramOutgoingTable } from './schema-telegram.ts';

/** What is to be done at Telegram. */
export type TelegramTask =
  | {
      kind: 'message';
      parts: readonly TelegramText[];
      /** The message here that it answers. */
      answers?: string | undefined;
    }
  /** The message of that name says this now. */
  | { kind: 'edit'; parts: readonly TelegramText[] }
  | { kind: 'delete' };

export interface TelegramOutgoing {
  id: number;
  botId: BotId;
  linkId: number;
  task: TelegramTask;
  /** The message here that it comes from, or is about. */
  name: string | undefined;
  partsDone: number;
  /** The next part was begun: above that number it may be there. */
  sentAfter: number | undefined;
}

const place = (id: number) => ({ table: 'telegram_outgoing', row: id, column: 'details' });

/** What waits to be done at Telegram, sealed, in order. It outlives a stop of the program. */
export function telegramOutgoingRepository(store: Store, box: SecretBox) {
  const toOutgoing = (row: Selectable<TelegramOutgoingTable>): TelegramOutgoing => ({
    id: row.id,
    botId: row.bot_id as BotId,
    linkId: row.link_id,
    // Written by `setTask` alone.
    task: JSON.parse(box.open(row.details, place(row.id))) as TelegramTask,
    name: row.message_name ?? undefined,
    partsDone: row.parts_done,
    sentAfter: row.sent_after ?? undefined,
  });
  const patch = async (tx: Tx, id: number, values: Partial<Selectable<TelegramOutgoingTable>>) => {
    await tx.db.updateTable('telegram_outgoing').set(values).where('id', '=', id).execute();
  };
  const setTask = (tx: Tx, id: number, task: TelegramTask) =>
    patch(tx, id, { details: box.seal(JSON.stringify(task), place(id)) });

  return {
    async insert(
      tx: Tx,
      row: Pick<TelegramOutgoing, 'botId' | 'linkId' | 'name' | 'task'> & { createdAt: number },
    ): Promise<number> {
      const { id } = await tx.db
        .insertInto('telegram_outgoing')
        .values({
          bot_id: row.botId,
          link_id: row.linkId,
          details: Buffer.alloc(0),
          message_name: row.name ?? null,
          parts_done: 0,
          created_at: row.createdAt,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await setTask(tx, id, row.task);
      return id;
    },
    setTask,
    /** What is to be done first. */
    async first(botId: BotId, tx: Tx): Promise<TelegramOutgoing | undefined> {
      const row = await tx.db
        .selectFrom('telegram_outgoing')
        .selectAll()
        .where('bot_id', '=', botId)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      return row && toOutgoing(row);
    },
    /** All that comes from that message, or is about it, in order. */
    async named(tx: Tx, linkId: number, name: string): Promise<TelegramOutgoing[]> {
      const rows = await tx.db
        .selectFrom('telegram_outgoing')
        .selectAll()
        .where('link_id', '=', linkId)
        .where('message_name', '=', name)
        .orderBy('id')
        .execute();
      return rows.map(toOutgoing);
    },
    /** The oldest that came before that time. */
    async before(tx: Tx, createdAt: number, limit: number): Promise<TelegramOutgoing[]> {
      const rows = await tx.db
        .selectFrom('telegram_outgoing')
        .selectAll()
        .where('created_at', '<', createdAt)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(toOutgoing);
    },
    waitsSince: (tx: Tx, id: number, createdAt: number) => patch(tx, id, { created_at: createdAt }),
    async countOf(botId: BotId, tx?: Tx): Promise<number> {
      const { count } = await (tx?.db ?? store.read)
        .selectFrom('telegram_outgoing')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('bot_id', '=', botId)
        .executeTakeFirstOrThrow();
      return count;
    },
    /** Its next part is sent from now on. */
    begin: (tx: Tx, id: number, sentAfter: number) => patch(tx, id, { sent_after: sentAfter }),
    /** What was begun did certainly not arrive. */
    notBegun: (tx: Tx, id: number) => patch(tx, id, { sent_after: null }),
    partDone: (tx: Tx, id: number, partsDone: number) =>
      patch(tx, id, { parts_done: partsDone, sent_after: null }),
    /** Another Telegram bot sends it: what the one before had begun is nowhere to be found. */
    async beginAnew(tx: Tx, botId: BotId): Promise<void> {
      await tx.db
        .updateTable('telegram_outgoing')
        .set({ sent_after: null })
        .where('bot_id', '=', botId)
        .execute();
    },
    async end(tx: Tx, id: number): Promise<void> {
      await tx.db.deleteFrom('telegram_outgoing').where('id', '=', id).execute();
    },
  };
}
export type TelegramOutgoingRepository = ReturnType<typeof telegramOutgoingRepository>;
