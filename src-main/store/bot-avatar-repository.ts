import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';

export interface Avatar {
  /** Media type. */
  type: string;
  image: Buffer;
  /** The name that it was drawn for; undefined for one that was given. */
  drawnFor?: string | undefined;
}

/** The pictures of bots; they go with their bots. */
export function botAvatarRepository(store: Store) {
  return {
    async of(botId: BotId, tx?: Tx): Promise<Avatar | undefined> {
      const row = await (tx?.db ?? store.read)
        .selectFrom('bot_avatar')
        .select(['type', 'image', 'drawn_for'])
        .where('bot_id', '=', botId)
        .executeTakeFirst();
      return row && { type: row.type, image: row.image, drawnFor: row.drawn_for ?? undefined };
    },
    /** The bots that were given one. */
    async given(): Promise<BotId[]> {
      const rows = await store.read
        .selectFrom('bot_avatar')
        .select('bot_id')
        .where('drawn_for', 'is', null)
        .execute();
      return rows.map(({ bot_id }) => bot_id as BotId);
    },
    async set(tx: Tx, botId: BotId, { type, image, drawnFor }: Avatar): Promise<void> {
      const values = { type, image, drawn_for: drawnFor ?? null };
      await tx.db
        .insertInto('bot_avatar')
        .values({ bot_id: botId, ...values })
        .onConflict((c) => c.column('bot_id').doUpdateSet(values))
        .execute();
    },
    async delete(tx: Tx, botId: BotId): Promise<void> {
      await tx.db.deleteFrom('bot_avatar').where('bot_id', '=', botId).execute();
    },
  };
}
export type BotAvatarRepository = ReturnType<typeof botAvatarRepository>;
