import type { Selectable } from 'kysely';
import type { AccountId, BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import type { OwnerNoticeTable } from './schema-bots.ts';

/** What a notice is about: a bot, or an account that somebody signed in with. */
export type NoticeSubject = { botId: BotId } | { accountId: AccountId };

/** When somebody was last told something of a kind about a subject, and what has to wait until it may be told again. */
export interface NoticeRow {
  subject: NoticeSubject;
  kind: string;
  /** Unix milliseconds. */
  toldAt: number;
  held: string | undefined;
}

const keyOf = (subject: NoticeSubject) =>
  'botId' in subject ? `bot ${subject.botId}` : `account ${subject.accountId}`;

const place = (subject: string, kind: string) => ({
  table: 'owner_notice',
  row: `${subject} ${kind}`,
  column: 'held_sealed',
});

/** What owners were told lately, and what waits to be told: sealed, as it may say how a message begins. */
export function ownerNoticeRepository(store: Store, box: SecretBox) {
  const toRow = (row: Selectable<OwnerNoticeTable>): NoticeRow => ({
    // Written by `save` alone, which fills one of them.
    subject:
      row.bot_id === null ? { accountId: row.account_id as AccountId } : { botId: row.bot_id as BotId },
    kind: row.kind,
    toldAt: row.told_at,
    held: row.held_sealed ? box.open(row.held_sealed, place(row.subject, row.kind)) : undefined,
  });

  return {
    async of(tx: Tx, subject: NoticeSubject, kind: string): Promise<NoticeRow | undefined> {
      const row = await tx.db
        .selectFrom('owner_notice')
        .selectAll()
        .where('subject', '=', keyOf(subject))
        .where('kind', '=', kind)
        .executeTakeFirst();
      return row && toRow(row);
    },
    async save(tx: Tx, { subject, kind, toldAt, held }: NoticeRow): Promise<void> {
      const key = keyOf(subject);
      const held_sealed = held === undefined ? null : box.seal(held, place(key, kind));
      const values = { told_at: toldAt, held_sealed };
      const about = {
        bot_id: 'botId' in subject ? subject.botId : null,
        account_id: 'accountId' in subject ? subject.accountId : null,
      };
      await tx.db
        .insertInto('owner_notice')
        .values({ subject: key, kind, ...about, ...values })
        .onConflict((c) => c.columns(['subject', 'kind']).doUpdateSet(values))
        .execute();
    },
    /** All that wait to be told. */
    async held(tx?: Tx): Promise<NoticeRow[]> {
      const rows = await (tx?.db ?? store.read)
        .selectFrom('owner_notice')
        .selectAll()
        .where('held_sealed', 'is not', null)
        .execute();
      return rows.map(toRow);
    },
  };
}
export type OwnerNoticeRepository = ReturnType<typeof ownerNoticeRepository>;
