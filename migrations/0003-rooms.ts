import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Rooms that accounts are in (XEP-0045), which bots are there through them, and what was said there lately. */
export async function rooms(db: Kysely<unknown>): Promise<void> {
  const ofRoom = (table: string, room: string) =>
    db.schema
      .createTable(table)
      .addColumn('account_id', 'integer', (c) => c.notNull().references('account.id').onDelete('cascade'))
      .addColumn(room, 'text', (c) => c.notNull());

  await ofRoom('room', 'jid')
    .addColumn('nick', 'text', (c) => c.notNull())
    .addColumn('password', 'blob')
    .addColumn('out_reason', 'text')
    .addColumn('out_text', 'text')
    .addColumn('is_private', 'integer')
    .addColumn('has_archive', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('archive_id', 'text')
    .addColumn('archive_at', 'integer')
    .addColumn('joined_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('room_key', ['account_id', 'jid'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await ofRoom('room_bot', 'room')
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('room_bot_key', ['account_id', 'room', 'bot_id'])
    .addForeignKeyConstraint('room_bot_room', ['account_id', 'room'], 'room', ['account_id', 'jid'], (c) =>
      c.onDelete('cascade'),
    )
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex('room_bot_bot').on('room_bot').column('bot_id').execute();

  await ofRoom('room_message', 'room')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('sent_as', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('room_message_key', ['account_id', 'room', 'name'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createIndex('room_message_sent_as')
    .on('room_message')
    .columns(['account_id', 'room', 'sent_as'])
    .execute();
  await db.schema.createIndex('room_message_age').on('room_message').column('seen_at').execute();

  await db.schema
    .alterTable('outbox')
    .addColumn('is_room', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('outbox').addColumn('room_name', 'text').execute();
  await db.schema
    .createIndex('outbox_room_name')
    .on('outbox')
    .columns(['account_id', 'conversation', 'room_name'])
    .where(sql.ref('room_name'), 'is not', null)
    .execute();
}
