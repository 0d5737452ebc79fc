import type { Kysely } from 'kysely';

/** What a call used that was ended before the provider said so is estimated, and marked. */
export async function aiEstimates(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('ai_usage')
    .addColumn('is_estimate', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}
