import type { ChangeBotAi } from '../../src-shared/api/ai.ts';
import type { ErrorCode } from '../../src-shared/errors.ts';
import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';

/** A set-up that somebody gives piece by piece, as long as something is missing of it. */
export interface AiBegun {
  wanted: Partial<Pick<ChangeBotAi, 'provider' | 'base_url' | 'key' | 'model'>>;
  /** Why it could not be set up yet. */
  lacks: ErrorCode;
}

const place = (botId: number) => ({ table: 'ai_draft', row: botId, column: 'draft' });

/** What is begun of the set-up of each bot. It may hold a key, so all of it is sealed. */
export function aiDraftRepository(store: Store, box: SecretBox) {
  return {
    async of(botId: BotId, tx?: Tx): Promise<AiBegun | undefined> {
      const row = await (tx?.db ?? store.read)
        .selectFrom('ai_draft')
        .select('draft')
        .where('bot_id', '=', botId)
        .executeTakeFirst();
      // Written by `save` alone.
      return row && (JSON.parse(box.open(row.draft, place(botId))) as AiBegun);
    },
    async save(tx: Tx, botId: BotId, begun: AiBegun): Promise<void> {
      const draft = box.seal(JSON.stringify(begun), place(botId));
      await tx.db
        .insertInto('ai_draft')
        .values({ bot_id: botId, draft })
        .onConflict((c) => c.column('bot_id').doUpdateSet({ draft }))
        .execute();
    },
    async drop(tx: Tx, botId: BotId): Promise<void> {
      await tx.db.deleteFrom('ai_draft').where('bot_id', '=', botId).execute();
    },
  };
}
export type AiDraftRepository = ReturnType<typeof aiDraftRepository>;
