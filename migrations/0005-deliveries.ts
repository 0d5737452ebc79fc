import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** What became of updates at their webhook, and how much each bot did in the last day. */
export async function deliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('delivery')
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('update_id', 'integer', (c) => c.notNull())
    .addColumn('delivery_of', 'integer')
    .addColumn('update_type', 'text', (c) => c.notNull())
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addColumn('tried_at', 'integer', (c) => c.notNull())
    .addColumn('is_delivered', 'integer', (c) => c.notNull())
    .addColumn('attempts', 'text', (c) => c.notNull())
    .addColumn('details', 'blob')
    .addPrimaryKeyConstraint('delivery_key', ['bot_id', 'update_id'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await db.schema
    .createTable('bot_activity')
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('slot', 'integer', (c) => c.notNull())
    .addColumn('received', 'integer', (c) => c.notNull())
    .addColumn('sent', 'integer', (c) => c.notNull())
    .addColumn('failed', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('bot_activity_key', ['bot_id', 'slot'])
    .modifyEnd(sql`without rowid`)
    .execute();

  for (const table of ['update_queue', 'dead_letter'])
    await db.schema.alterTable(table).addColumn('delivery_of', 'integer').execute();
}
