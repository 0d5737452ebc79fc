import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';

export interface Avatar {
  /** Media type. */
  type: string;
  image: Buffer;
}

/** The pictures of bots; they go with their bots. */
export function botAvatarRepository(store: Store) {
  return {
    async of(botId: BotId): Promise<Avatar | undefined> {
      return store.read
        .selectFrom('bot_avatar')
        .select(['type', 'image'])
        .where('bot_id', '=', botId)
        .executeTakeFirst();
    },
    async set(tx: Tx, botId: BotId, { type, image }: Avatar): Promise<void> {
      await tx.db
        .insertInto('bot_avatar')
        .values({ bot_id: botId, type, image })
        .onConflict((c) => c.column('bot_id').doUpdateSet({ type, image }))
        .execute();
    },
    async delete(tx: Tx, botId: BotId): Promise<void> {
      await tx.db.deleteFrom('bot_avatar').where('bot_id', '=', botId).execute();
    },
  };
}
export type BotAvatarRepository = ReturnType<typeof botAvatarRepository>;
