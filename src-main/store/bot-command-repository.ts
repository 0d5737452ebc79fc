import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';

export interface BotCommand {
  /** Without the slash. */
  command: string;
  description: string;
}

/** The commands that a bot's program says it takes, in its order. */
export function botCommandRepository(store: Store) {
  return {
    async of(botId: BotId, tx?: Tx): Promise<BotCommand[]> {
      const db = tx?.db ?? store.read;
      return db
        .selectFrom('bot_command')
        .select(['command', 'description'])
        .where('bot_id', '=', botId)
        .orderBy('id')
        .execute();
    },
    async replace(tx: Tx, botId: BotId, commands: readonly BotCommand[]): Promise<void> {
      await tx.db.deleteFrom('bot_command').where('bot_id', '=', botId).execute();
      if (commands.length === 0) return;
      const rows = commands.map(({ command, description }) => ({ bot_id: botId, command, description }));
      await tx.db.insertInto('bot_command').values(rows).execute();
    },
    /** Of these bots, those that take the command. */
    async takers(tx: Tx, botIds: readonly BotId[], command: string): Promise<BotId[]> {
      if (botIds.length === 0) return [];
      const rows = await tx.db
        .selectFrom('bot_command')
        .select('bot_id')
        .where('command', '=', command)
        .where('bot_id', 'in', [...botIds])
        .execute();
      return rows.map(({ bot_id }) => bot_id as BotId);
    },
  };
}
export type BotCommandRepository = ReturnType<typeof botCommandRepository>;
