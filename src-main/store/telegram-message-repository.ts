import type { Tx } from './open.ts';

/** A message at Telegram, and the one here that is the same. */
export interface SameMessage {
  linkId: number;
  /** Its number at Telegram; below zero: in the group that became this one. */
  number: number;
  /** Its name here; empty: it has none (a test message). */
  name: string;
  part: number;
  origin: 'telegram' | 'xmpp';
}

/** Which message at Telegram is which message here, for replies, corrections and deletions. */
export function telegramMessageRepository() {
  return {
    async note(tx: Tx, { linkId, number, name, part, origin }: SameMessage, at: number): Promise<void> {
      await tx.db
        .insertInto('telegram_message')
        .values({
          link_id: linkId,
          telegram_message: number,
          message_name: name,
          part,
          origin,
          created_at: at,
        })
        .onConflict((c) =>
          c.columns(['link_id', 'telegram_message']).doUpdateSet({ message_name: name, part, origin }),
        )
        .execute();
    },
    async byNumber(tx: Tx, linkId: number, number: number): Promise<SameMessage | undefined> {
      const row = await tx.db
        .selectFrom('telegram_message')
        .selectAll()
        .where('link_id', '=', linkId)
        .where('telegram_message', '=', number)
        .executeTakeFirst();
      return row && { linkId, number, name: row.message_name, part: row.part, origin: row.origin };
    },
    /** Its parts at Telegram, in order. */
    async byName(tx: Tx, linkId: number, name: string): Promise<SameMessage[]> {
      const rows = await tx.db
        .selectFrom('telegram_message')
        .selectAll()
        .where('link_id', '=', linkId)
        .where('message_name', '=', name)
        .orderBy('part')
        .orderBy('telegram_message')
        .execute();
      return rows.map((row) => ({
        linkId,
        number: row.telegram_message,
        name,
        part: row.part,
        origin: row.origin,
      }));
    },
    /** The numbers above that one which are known. */
    async numbersAbove(tx: Tx, linkId: number, number: number): Promise<Set<number>> {
      const rows = await tx.db
        .selectFrom('telegram_message')
        .select('telegram_message')
        .where('link_id', '=', linkId)
        .where('telegram_message', '>', number)
        .execute();
      return new Set(rows.map((row) => row.telegram_message));
    },
    async drop(tx: Tx, linkId: number, number: number): Promise<void> {
      await tx.db
        .deleteFrom('telegram_message')
        .where('link_id', '=', linkId)
        .where('telegram_message', '=', number)
        .execute();
    },
    /** Their numbers mean other messages now. They stay known, as those of the group before. */
    async setAside(tx: Tx, linkId: number): Promise<void> {
      const ofLink = tx.db.deleteFrom('telegram_message').where('link_id', '=', linkId);
      await ofLink.where('telegram_message', '<', 0).execute();
      await tx.db
        .updateTable('telegram_message')
        .set(({ neg, ref }) => ({ telegram_message: neg(ref('telegram_message')) }))
        .where('link_id', '=', linkId)
        .execute();
    },
    /** Its numbers mean other messages now, or none. */
    async clear(tx: Tx, linkId: number): Promise<void> {
      await tx.db.deleteFrom('telegram_message').where('link_id', '=', linkId).execute();
    },
    async forgetBefore(tx: Tx, createdAt: number): Promise<void> {
      await tx.db.deleteFrom('telegram_message').where('created_at', '<', createdAt).execute();
    },
  };
}
export type TelegramMessageRepository = ReturnType<typeof telegramMessageRepository>;
