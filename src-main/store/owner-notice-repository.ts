import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';

/** When an owner was last told something of a kind about a bot, and what has to wait until it may be told again. */
export interface NoticeRow {
  botId: BotId;
  kind: string;
  /** Unix milliseconds. */
  toldAt: number;
  held: string | undefined;
}

export function ownerNoticeRepository(store: Store) {
  return {
    async of(tx: Tx, botId: BotId, kind: string): Promise<NoticeRow | undefined> {
      const row = await tx.db
        .selectFrom('owner_notice')
        .selectAll()
        .where('bot_id', '=', botId)
        .where('kind', '=', kind)
        .executeTakeFirst();
      return row && { botId, kind, toldAt: row.told_at, held: row.held ?? undefined };
    },
    async save(tx: Tx, { botId, kind, toldAt, held }: NoticeRow): Promise<void> {
      const values = { told_at: toldAt, held: held ?? null };
      await tx.db
        .insertInto('owner_notice')
        .values({ bot_id: botId, kind, ...values })
        .onConflict((c) => c.columns(['bot_id', 'kind']).doUpdateSet(values))
        .execute();
    },
    /** All that wait to be told. */
    async held(tx?: Tx): Promise<NoticeRow[]> {
      const rows = await (tx?.db ?? store.read)
        .selectFrom('owner_notice')
        .selectAll()
        .where('held', 'is not', null)
        .execute();
      return rows.map((row) => ({
        botId: row.bot_id as BotId,
        kind: row.kind,
        toldAt: row.told_at,
        held: row.held ?? undefined,
      }));
    },
  };
}
export type OwnerNoticeRepository = ReturnType<typeof ownerNoticeRepository>;
