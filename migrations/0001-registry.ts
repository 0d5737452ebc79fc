import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Accounts, bots, the queues between XMPP and HTTP, settings and the audit log. */
export async function registry(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('account')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('tenant_id', 'text', (c) => c.notNull())
    .addColumn('jid', 'text', (c) => c.notNull())
    .addColumn('password', 'blob')
    .addColumn('service', 'text')
    .addColumn('ca', 'text')
    .addColumn('enabled', 'integer', (c) => c.notNull().defaultTo(1))
    .addColumn('is_operator', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('archive_id', 'text')
    .addColumn('archive_at', 'integer')
    .addColumn('language', 'text')
    .addColumn('selected_bot_id', 'integer')
    .addColumn('bot_id', 'integer', (c) => c.unique().references('bot.id').onDelete('cascade'))
    .addColumn('has_omemo', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addUniqueConstraint('account_jid', ['tenant_id', 'jid'])
    .execute();

  await db.schema
    .createTable('bot')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('tenant_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('jid', 'text')
    .addColumn('token_hash', 'text', (c) => c.unique())
    .addColumn('token_raw', 'blob')
    .addColumn('old_token_hash', 'text', (c) => c.unique())
    .addColumn('old_token_until', 'integer')
    .addColumn('old_token_permissions', 'text')
    .addColumn('token_used_at', 'integer')
    .addColumn('old_token_used_at', 'integer')
    .addColumn('owner_jid', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('permissions', 'text', (c) => c.notNull().defaultTo('all'))
    .addColumn('status', 'text', (c) => c.notNull().defaultTo('active'))
    .addColumn('mode', 'text', (c) => c.notNull().defaultTo('personal'))
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addColumn('last_active', 'integer')
    .addColumn('webhook_url', 'text')
    .addColumn('webhook_secret', 'blob')
    .addColumn('webhook_enabled', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('webhook_updates', 'text')
    .addColumn('polled_updates', 'text')
    .addColumn('bot_password', 'blob')
    .addColumn('last_update_id', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('waiting_updates', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('dropped_updates', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('bot_jid').on('bot').column('jid').execute();
  await db.schema.createIndex('bot_owner').on('bot').columns(['tenant_id', 'owner_jid']).execute();

  await db.schema
    .createTable('bot_command')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('command', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull().defaultTo(''))
    .addUniqueConstraint('bot_command_name', ['bot_id', 'command'])
    .execute();

  await db.schema
    .createTable('bot_setting')
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('bot_setting_key', ['bot_id', 'key'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await db.schema
    .createTable('bot_avatar')
    .addColumn('bot_id', 'integer', (c) => c.primaryKey().references('bot.id').onDelete('cascade'))
    .addColumn('type', 'text', (c) => c.notNull())
    // Before the image, which fills pages of its own: looking at this one does not read them.
    .addColumn('drawn_for', 'text')
    .addColumn('image', 'blob', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('update_queue')
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('update_id', 'integer', (c) => c.notNull())
    .addColumn('update_type', 'text', (c) => c.notNull())
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('payload', 'blob', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('refusals', 'integer', (c) => c.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('update_queue_order', ['bot_id', 'update_id'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createIndex('update_queue_conversation')
    .on('update_queue')
    .columns(['bot_id', 'conversation', 'update_id'])
    .execute();
  await db.schema.createIndex('update_queue_age').on('update_queue').column('created_at').execute();

  await db.schema
    .createTable('update_conversation')
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('waiting', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('update_conversation_key', ['bot_id', 'conversation'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await db.schema
    .createTable('dead_letter')
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('update_id', 'integer', (c) => c.notNull())
    .addColumn('update_type', 'text', (c) => c.notNull())
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('payload', 'blob', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('buried_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('dead_letter_key', ['bot_id', 'update_id'])
    .execute();
  await db.schema.createIndex('dead_letter_age').on('dead_letter').column('buried_at').execute();

  await db.schema
    .createTable('webhook_endpoint')
    .addColumn('bot_id', 'integer', (c) => c.primaryKey().references('bot.id').onDelete('cascade'))
    .addColumn('failures', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('failing_since', 'integer')
    .addColumn('paused_until', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('last_error', 'text')
    .addColumn('last_error_at', 'integer')
    .addColumn('last_success_at', 'integer')
    .addColumn('told_at', 'integer')
    .execute();

  await db.schema
    .createTable('owner_notice')
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('bot_id', 'integer', (c) => c.references('bot.id').onDelete('cascade'))
    .addColumn('account_id', 'integer', (c) => c.references('account.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('told_at', 'integer', (c) => c.notNull())
    .addColumn('held', 'text')
    .addPrimaryKeyConstraint('owner_notice_key', ['subject', 'kind'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await db.schema
    .createTable('inbox')
    .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('account_id', 'integer', (c) => c.notNull().references('account.id').onDelete('cascade'))
    .addColumn('received_at', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('content', 'blob', (c) => c.notNull())
    .addColumn('sent_at', 'integer', (c) => c.notNull())
    .addColumn('was_encrypted', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('chosen', 'text')
    .execute();
  await db.schema
    .createIndex('inbox_open')
    .on('inbox')
    .columns(['account_id', 'seq'])
    .where(sql.ref('state'), '!=', sql.lit('held'))
    .execute();

  await db.schema
    .createTable('seen_message')
    .addColumn('account_id', 'integer', (c) => c.notNull().references('account.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('seen_at', 'integer', (c) => c.notNull())
    .addColumn('inbox_id', 'text')
    .addPrimaryKeyConstraint('seen_message_name', ['account_id', 'name'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex('seen_message_age').on('seen_message').column('seen_at').execute();

  await db.schema
    .createTable('outbox')
    .addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('account_id', 'integer', (c) => c.notNull().references('account.id').onDelete('cascade'))
    .addColumn('bot_id', 'integer')
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('original_id', 'text')
    .addColumn('is_retracted', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('stanza', 'blob')
    .addColumn('plain', 'blob')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addColumn('state_at', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('outbox_waiting')
    .on('outbox')
    .columns(['account_id', 'seq'])
    .where(sql.ref('state'), '=', sql.lit('queued'))
    .execute();
  await db.schema
    .createIndex('outbox_age')
    .on('outbox')
    .column('state_at')
    .where(sql.ref('state'), '!=', sql.lit('queued'))
    .execute();
  await db.schema
    .createIndex('outbox_corrections')
    .on('outbox')
    .column('original_id')
    .where(sql.ref('original_id'), 'is not', null)
    .execute();

  await db.schema
    .createTable('known_message')
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('stanza_id', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('excerpt', 'blob', (c) => c.notNull())
    .addColumn('is_encrypted', 'integer', (c) => c.notNull())
    .addColumn('seen_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('known_message_name', ['bot_id', 'stanza_id', 'author', 'recipient'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex('known_message_age').on('known_message').column('seen_at').execute();

  await db.schema
    .createTable('idempotency_key')
    .addColumn('bot_id', 'integer', (c) => c.notNull().references('bot.id').onDelete('cascade'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('caption_message_id', 'text')
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('idempotency_key_key', ['bot_id', 'key'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema.createIndex('idempotency_key_age').on('idempotency_key').column('created_at').execute();

  await db.schema
    .createTable('settings')
    .addColumn('tenant_id', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('value', 'text')
    .addColumn('sealed', 'blob')
    .addPrimaryKeyConstraint('settings_key', ['tenant_id', 'key'])
    .execute();

  await db.schema
    .createTable('audit_log')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('tenant_id', 'text', (c) => c.notNull())
    .addColumn('bot_id', 'integer')
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('details', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('ip_address', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('timestamp', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('audit_log_age').on('audit_log').columns(['outcome', 'timestamp']).execute();
  await db.schema.createIndex('audit_log_bot').on('audit_log').columns(['bot_id', 'id']).execute();
}
