import type { Kysely } from 'kysely';

/** What an owner is told later may say how a message begins: it is sealed like that. What was held in clear goes. */
export async function sealedNotices(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('owner_notice').dropColumn('held').execute();
  await db.schema.alterTable('owner_notice').addColumn('held_sealed', 'blob').execute();
}
