import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';

/** Something that was carried over. */
export interface TelegramRecent {
  to: 'xmpp' | 'telegram';
  from: string;
  /** Its beginning. */
  text: string;
  state: 'waiting' | 'done' | 'failed';
  /** Unix milliseconds. */
  at: number;
}

/** Of each bot. */
export const RECENT_KEPT = 20;

const place = (id: number) => ({ table: 'telegram_recent', row: id, column: 'details' });

/** The beginnings of what was carried over lately, sealed: the newest of each bot. */
export function telegramRecentRepository(store: Store, box: SecretBox) {
  return {
    async insert(
      tx: Tx,
      botId: BotId,
      { to, from, text, state, at }: TelegramRecent,
      outgoingId?: number,
    ): Promise<void> {
      const { id } = await tx.db
        .insertInto('telegram_recent')
        .values({
          bot_id: botId,
          outgoing_id: outgoingId ?? null,
          direction: to,
          details: Buffer.alloc(0),
          state,
          created_at: at,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const details = box.seal(JSON.stringify({ from, text }), place(id));
      await tx.db.updateTable('telegram_recent').set({ details }).where('id', '=', id).execute();
      await tx.db
        .deleteFrom('telegram_recent')
        .where('bot_id', '=', botId)
        .where('id', 'not in', (e) =>
          e
            .selectFrom('telegram_recent')
            .select('id')
            .where('bot_id', '=', botId)
            .orderBy('id', 'desc')
            .limit(RECENT_KEPT),
        )
        .execute();
    },
    async settle(tx: Tx, outgoingId: number, state: 'done' | 'failed'): Promise<void> {
      await tx.db
        .updateTable('telegram_recent')
        .set({ state })
        .where('outgoing_id', '=', outgoingId)
        .execute();
    },
    /** It says something else now, and nobody has seen what it said. */
    async replace(tx: Tx, outgoingId: number, details: { from: string; text: string }): Promise<void> {
      const row = await tx.db
        .selectFrom('telegram_recent')
        .select('id')
        .where('outgoing_id', '=', outgoingId)
        .executeTakeFirst();
      if (!row) return;
      const sealed = box.seal(JSON.stringify(details), place(row.id));
      await tx.db.updateTable('telegram_recent').set({ details: sealed }).where('id', '=', row.id).execute();
    },
    async drop(tx: Tx, outgoingId: number): Promise<void> {
      await tx.db.deleteFrom('telegram_recent').where('outgoing_id', '=', outgoingId).execute();
    },
    /** What still waits goes nowhere any more. */
    async failWaiting(tx: Tx, botId: BotId): Promise<void> {
      await tx.db
        .updateTable('telegram_recent')
        .set({ state: 'failed' })
        .where('bot_id', '=', botId)
        .where('state', '=', 'waiting')
        .execute();
    },
    /** Newest first. */
    async of(botId: BotId): Promise<TelegramRecent[]> {
      const rows = await store.read
        .selectFrom('telegram_recent')
        .selectAll()
        .where('bot_id', '=', botId)
        .orderBy('id', 'desc')
        .limit(RECENT_KEPT)
        .execute();
      return rows.map((row) => {
        // Written by `insert` and `replace` alone.
        const { from, text } = JSON.parse(box.open(row.details, place(row.id))) as {
          from: string;
          text: string;
        };
        return { to: row.direction, from, text, state: row.state, at: row.created_at };
      });
    },
    async forgetBefore(tx: Tx, createdAt: number): Promise<void> {
      await tx.db.deleteFrom('telegram_recent').where('created_at', '<', createdAt).execute();
    },
  };
}
export type TelegramRecentRepository = ReturnType<typeof telegramRecentRepository>;
