import type { Kysely } from 'kysely';

/** Files that others sent, of which bots were told. */
export async function files(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('received_file')
    .addColumn('token', 'text', (c) => c.primaryKey())
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('source', 'blob', (c) => c.notNull())
    .addColumn('expires_at', 'integer', (c) => c.notNull())
    .addColumn('stored_as', 'text')
    .addColumn('stored', 'blob')
    .addColumn('stored_at', 'integer')
    .addColumn('stored_bytes', 'integer')
    .execute();
  await db.schema.createIndex('received_file_age').on('received_file').column('expires_at').execute();
  await db.schema.createIndex('received_file_bot').on('received_file').column('bot_id').execute();
}
