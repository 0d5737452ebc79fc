import { sql } from 'kysely';
import type { AccountId } from '../../src-shared/ids.ts';
import type { Store } from './open.ts';
import { prepared, preparedForList, preparedInsert, type Slots } from './prepared.ts';
import type { OutboxTable } from './schema-messages.ts';

export type SettledState = Exclude<OutboxTable['state'], 'queued'>;

export const SETTLED_COLUMNS = ['id', 'account_id', 'bot_id', 'kind', 'conversation', 'is_room'] as const;

/** What a state may follow: news that comes late or twice changes nothing. */
export const COMES_AFTER: Record<SettledState, readonly OutboxTable['state'][]> = {
  acked: ['queued'],
  delivered: ['queued', 'acked'],
  displayed: ['queued', 'acked', 'delivered'],
  failed: ['queued', 'acked'],
};
/** Written out in the query: only so does SQLite know that an index of queued, or of settled, messages will do. */
export const QUEUED = sql.lit('queued' as const);

/** What was taken back is said to nobody any more, once the server has it. */
export const TEXT_ONCE_SETTLED = {
  stanza: sql<Buffer | null>`case when is_retracted = 0 then stanza end`,
  plain: sql<Buffer | null>`case when is_retracted = 0 then plain end`,
};

type InsertedRow = Pick<
  OutboxTable,
  'id' | 'account_id' | 'bot_id' | 'conversation' | 'kind' | 'original_id' | 'stanza' | 'plain' | 'created_at'
> & { is_room: number };

/** What every message asks on its way out: compiled once. */
export function outboxStatements(store: Store) {
  const insertRow = preparedInsert((slot: Slots<InsertedRow>) =>
    store.read.insertInto('outbox').values({
      id: slot('id'),
      account_id: slot('account_id'),
      bot_id: slot('bot_id'),
      conversation: slot('conversation'),
      kind: slot('kind'),
      original_id: slot('original_id'),
      stanza: slot('stanza'),
      plain: slot('plain'),
      state: 'queued',
      reason: null,
      created_at: slot('created_at'),
      state_at: slot('created_at'),
      is_room: slot('is_room'),
    }),
  );
  const nextRows = prepared((slot: Slots<{ accountId: AccountId; afterSeq: number; limit: number }>) =>
    store.read
      .selectFrom('outbox')
      .select(['seq', 'id', 'stanza'])
      .where('account_id', '=', slot('accountId'))
      .where('state', '=', QUEUED)
      .where('is_room', '=', 0)
      .where('seq', '>', slot('afterSeq'))
      .orderBy('seq')
      .limit(slot('limit')),
  );
  const nextRowsOfRoom = prepared(
    (slot: Slots<{ accountId: AccountId; room: string; afterSeq: number; limit: number }>) =>
      store.read
        .selectFrom('outbox')
        .select(['seq', 'id', 'stanza'])
        .where('account_id', '=', slot('accountId'))
        .where('state', '=', QUEUED)
        .where('is_room', '=', 1)
        .where('conversation', '=', slot('room'))
        .where('seq', '>', slot('afterSeq'))
        .orderBy('seq')
        .limit(slot('limit')),
  );
  const acknowledgeRows = preparedForList((slot: Slots<{ at: number }>, ids: string[]) =>
    store.read
      .updateTable('outbox')
      .set({ state: 'acked', state_at: slot('at'), ...TEXT_ONCE_SETTLED })
      .where('id', 'in', ids)
      .where('state', 'in', [...COMES_AFTER.acked])
      .returning(SETTLED_COLUMNS),
  );
  const senderRow = prepared((slot: Slots<{ id: string; accountId: AccountId }>) =>
    store.read
      .selectFrom('outbox')
      .select('bot_id')
      .where('id', '=', slot('id'))
      .where('account_id', '=', slot('accountId')),
  );
  return { insertRow, nextRows, nextRowsOfRoom, acknowledgeRows, senderRow };
}
