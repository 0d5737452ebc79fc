import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Own OMEMO devices, what is known of others', and the ratchets between them (XEP-0384). */
export async function omemo(db: Kysely<unknown>): Promise<void> {
  const ofAccount = (table: string) =>
    db.schema
      .createTable(table)
      .addColumn('account_id', 'integer', (c) => c.notNull().references('account.id').onDelete('cascade'));

  await db.schema
    .createTable('omemo_identity')
    .addColumn('account_id', 'integer', (c) => c.primaryKey().references('account.id').onDelete('cascade'))
    .addColumn('device_id', 'integer', (c) => c.notNull())
    .addColumn('public_key', 'blob', (c) => c.notNull())
    .addColumn('private_key', 'blob', (c) => c.notNull())
    .addColumn('last_prekey_id', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .execute();

  await ofAccount('omemo_signed_prekey')
    .addColumn('id', 'integer', (c) => c.notNull())
    .addColumn('public_key', 'blob', (c) => c.notNull())
    .addColumn('private_key', 'blob', (c) => c.notNull())
    .addColumn('legacy_signature', 'blob', (c) => c.notNull())
    .addColumn('omemo2_signature', 'blob', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('omemo_signed_prekey_key', ['account_id', 'id'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await ofAccount('omemo_prekey')
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('id', 'integer', (c) => c.notNull())
    .addColumn('public_key', 'blob', (c) => c.notNull())
    .addColumn('private_key', 'blob', (c) => c.notNull())
    .addColumn('used_at', 'integer')
    .addPrimaryKeyConstraint('omemo_prekey_key', ['account_id', 'version', 'id'])
    .modifyEnd(sql`without rowid`)
    .execute();
  await db.schema
    .createIndex('omemo_prekey_used')
    .on('omemo_prekey')
    .column('used_at')
    .where(sql.ref('used_at'), 'is not', null)
    .execute();

  await ofAccount('omemo_contact')
    .addColumn('jid', 'text', (c) => c.notNull())
    .addColumn('known_since', 'integer')
    .addColumn('is_encrypted', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('noted_at', 'integer')
    .addPrimaryKeyConstraint('omemo_contact_key', ['account_id', 'jid'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await ofAccount('omemo_device')
    .addColumn('jid', 'text', (c) => c.notNull())
    .addColumn('device_id', 'integer', (c) => c.notNull())
    .addColumn('identity_key', 'blob')
    .addColumn('trust', 'text', (c) => c.notNull())
    .addColumn('versions', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('label', 'text')
    .addColumn('first_seen', 'integer', (c) => c.notNull())
    .addColumn('last_seen', 'integer')
    .addColumn('repaired_at', 'integer')
    .addColumn('repairs', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('other_key', 'blob')
    .addColumn('decided_at', 'integer')
    .addColumn('told_at', 'integer')
    .addPrimaryKeyConstraint('omemo_device_key', ['account_id', 'jid', 'device_id'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await ofAccount('omemo_session')
    .addColumn('jid', 'text', (c) => c.notNull())
    .addColumn('device_id', 'integer', (c) => c.notNull())
    .addColumn('version', 'text', (c) => c.notNull())
    .addColumn('record', 'blob', (c) => c.notNull())
    .addColumn('updated_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('omemo_session_key', ['account_id', 'jid', 'device_id', 'version'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await ofAccount('waiting_command')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('jid', 'text', (c) => c.notNull())
    .addColumn('device_id', 'integer', (c) => c.notNull())
    .addColumn('content', 'blob', (c) => c.notNull())
    .addColumn('received_at', 'integer', (c) => c.notNull())
    .addColumn('sent_at', 'integer', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('omemo_left_device')
    .addColumn('tenant_id', 'text', (c) => c.notNull())
    .addColumn('jid', 'text', (c) => c.notNull())
    .addColumn('device_id', 'integer', (c) => c.notNull())
    .addColumn('left_at', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('omemo_left_device_key', ['tenant_id', 'jid', 'device_id'])
    .modifyEnd(sql`without rowid`)
    .execute();

  await db.schema
    .createTable('bot_errand')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('tenant_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('jid', 'text', (c) => c.notNull())
    .addColumn('owner_jid', 'text', (c) => c.notNull())
    .addColumn('password', 'blob', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('reason', 'text')
    .addColumn('due_at', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'integer', (c) => c.notNull())
    .execute();
}
