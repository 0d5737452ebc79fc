import type { Kysely } from 'kysely';

/** The Telegram bridge: Telegram bots, the chats they are linked with, what is on its way, and which message is which. */
export async function telegram(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('telegram_bot')
    .addColumn('bot_id', 'integer', (c) => c.primaryKey().references('bot.id').onDelete('cascade'))
    .addColumn('is_enabled', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('token_sealed', 'blob', (c) => c.notNull())
    .addColumn('telegram_id', 'text', (c) => c.notNull().unique())
    .addColumn('username', 'text')
    .addColumn('next_update', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('last_received_at', 'integer')
    .addColumn('last_sent_at', 'integer')
    .addColumn('told_trouble', 'text')
    .execute();

  await db.schema
    .createTable('telegram_link')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('telegram_bot.bot_id').onDelete('cascade'))
    .addColumn('chat_id', 'text', (c) => c.notNull())
    .addColumn('chat_sealed', 'blob')
    .addColumn('mode', 'text', (c) => c.notNull())
    .addColumn('conversation', 'text')
    .addColumn('alias', 'text')
    .addColumn('highest_message', 'integer', (c) => c.notNull().defaultTo(0))
    .addUniqueConstraint('telegram_link_chat', ['bot_id', 'chat_id'])
    .execute();

  await db.schema
    .createTable('telegram_outgoing')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('telegram_bot.bot_id').onDelete('cascade'))
    .addColumn('link_id', 'integer', (c) => c.notNull().references('telegram_link.id').onDelete('cascade'))
    .addColumn('details', 'blob', (c) => c.notNull())
    .addColumn('message_name', 'text')
    .addColumn('parts_done', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('sent_after', 'integer')
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('telegram_outgoing_of')
    .on('telegram_outgoing')
    .columns(['bot_id', 'id'])
    .execute();

  await db.schema
    .createTable('telegram_message')
    .addColumn('link_id', 'integer', (c) => c.notNull().references('telegram_link.id').onDelete('cascade'))
    .addColumn('telegram_message', 'integer', (c) => c.notNull())
    .addColumn('message_name', 'text', (c) => c.notNull())
    .addColumn('part', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('origin', 'text', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('telegram_message_key', ['link_id', 'telegram_message'])
    .execute();
  await db.schema
    .createIndex('telegram_message_named')
    .on('telegram_message')
    .columns(['link_id', 'message_name'])
    .execute();

  await db.schema
    .createTable('telegram_recent')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('telegram_bot.bot_id').onDelete('cascade'))
    .addColumn('outgoing_id', 'integer')
    .addColumn('direction', 'text', (c) => c.notNull())
    .addColumn('details', 'blob', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('telegram_recent_outgoing')
    .on('telegram_recent')
    .column('outgoing_id')
    .execute();
  await db.schema.createIndex('telegram_recent_of').on('telegram_recent').columns(['bot_id', 'id']).execute();
}
