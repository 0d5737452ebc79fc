import type { Kysely } from 'kysely';

/** What each message that comes in has to be written into beside its own rows: as little as possible. */
export async function leanQueue(db: Kysely<unknown>): Promise<void> {
  // Counted in the queue itself, and known from then on.
  await db.schema.dropTable('update_conversation').execute();
  // What is too old is found on a round through the table.
  for (const index of ['seen_message_age', 'known_message_age']) await db.schema.dropIndex(index).execute();
}
