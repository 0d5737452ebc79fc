import { type Kysely, sql } from 'kysely';

/** What kept its owner from writing there, of what told troubles have been one column so far; a token keeps from both. */
const OF_WRITING = ['chat', 'blocked'];

/** Both sides of a Telegram bridge are told of by themselves; and a group that became another one is still listened to. */
export async function telegramSides(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('telegram_bot').renameColumn('told_trouble', 'told_hearing').execute();
  await db.schema.alterTable('telegram_bot').addColumn('told_writing', 'text').execute();
  await sql`UPDATE telegram_bot SET told_writing = told_hearing, told_hearing = NULL
    WHERE told_hearing IN (${sql.join(OF_WRITING)})`.execute(db);
  await db.schema.alterTable('telegram_link').addColumn('former_chat_id', 'text').execute();
}
