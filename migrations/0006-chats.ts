import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** What was said in the conversations of people's accounts, as the window shows it. */
export async function chats(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('chat')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('account_id', 'integer', (c) => c.notNull().references('account.id').onDelete('cascade'))
    .addColumn('jid', 'text', (c) => c.notNull())
    .addColumn('is_room', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('name', 'text')
    .addColumn('muted', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('draft', 'blob')
    .addColumn('read_up_to', 'integer')
    .addColumn('is_contact', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('forgotten', 'integer', (c) => c.notNull().defaultTo(0))
    .addUniqueConstraint('chat_jid', ['account_id', 'jid'])
    .execute();

  await db.schema
    .createTable('chat_message')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('chat_id', 'integer', (c) => c.notNull().references('chat.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('other_id', 'text')
    .addColumn('archive_id', 'text')
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('outgoing', 'integer', (c) => c.notNull())
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('bot_id', 'integer')
    .addColumn('weight', 'integer', (c) => c.notNull())
    .addColumn('encrypted', 'integer', (c) => c.notNull())
    .addColumn('markable', 'integer', (c) => c.notNull())
    .addColumn('notice', 'text')
    .addColumn('edited', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('retracted', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('state', 'text')
    .addColumn('reason', 'text')
    .addColumn('sent_at', 'integer', (c) => c.notNull())
    .addColumn('reactions', 'blob')
    .addColumn('body', 'blob', (c) => c.notNull())
    // One index for both: how others name a message, and that it is there once.
    .addUniqueConstraint('chat_message_name', ['chat_id', 'message_id', 'name'])
    .execute();
  await db.schema
    .createIndex('chat_message_order')
    .on('chat_message')
    .columns(['chat_id', 'id', 'weight'])
    .execute();
  await db.schema
    .createIndex('chat_message_other_id')
    .on('chat_message')
    .columns(['chat_id', 'other_id'])
    .where(sql.ref('other_id'), 'is not', null)
    .execute();

  await db.schema
    .createIndex('chat_message_mention')
    .on('chat_message')
    .columns(['chat_id', 'id'])
    .where(sql.ref('weight'), '=', sql.lit(2))
    .execute();

  await db.schema
    .createTable('chat_request')
    .addColumn('account_id', 'integer', (c) => c.notNull().references('account.id').onDelete('cascade'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('chat_request_key', ['account_id', 'key'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex('chat_request_age').on('chat_request').column('created_at').execute();

  await db.schema
    .createTable('chat_file')
    .addColumn('message', 'integer', (c) =>
      c.notNull().references('chat_message.id').onDelete('cascade').onUpdate('cascade'),
    )
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('stored_as', 'text', (c) => c.notNull())
    .addColumn('stored', 'blob', (c) => c.notNull())
    .addColumn('stored_at', 'integer', (c) => c.notNull())
    .addColumn('stored_bytes', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('chat_file_key', ['message', 'number'])
    .modifyEnd(sql`without rowid`)
    .execute();
}
