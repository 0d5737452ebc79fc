import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** AI of bots: what they are set up with, what people asked and were answered, and what it used. */
export async function ai(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ai_config')
    .addColumn('bot_id', 'integer', (c) => c.primaryKey().references('bot.id').onDelete('cascade'))
    .addColumn('is_enabled', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('provider', 'text')
    .addColumn('system_sealed', 'blob')
    .execute();

  await db.schema
    .createTable('ai_provider')
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('base_url', 'text', (c) => c.notNull())
    .addColumn('key_sealed', 'blob')
    .addColumn('key_origin', 'text')
    .addColumn('headers_sealed', 'blob')
    .addPrimaryKeyConstraint('ai_provider_key', ['bot_id', 'provider'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await db.schema
    .createTable('ai_draft')
    .addColumn('bot_id', 'integer', (c) => c.primaryKey().references('bot.id').onDelete('cascade'))
    .addColumn('draft', 'blob', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('ai_turn')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('body', 'blob', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('ai_turn_of').on('ai_turn').columns(['bot_id', 'person', 'id']).execute();

  await db.schema
    .createTable('ai_question')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('details', 'blob', (c) => c.notNull())
    .addColumn('asked_at', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('ai_question_of')
    .on('ai_question')
    .columns(['bot_id', 'person', 'id'])
    .execute();

  await db.schema
    .createTable('ai_usage')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('request_id', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('input_tokens', 'integer', (c) => c.notNull())
    .addColumn('output_tokens', 'integer', (c) => c.notNull())
    .addColumn('ms', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('ai_usage_of').on('ai_usage').columns(['bot_id', 'created_at']).execute();
}
