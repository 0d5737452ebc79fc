import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { deliveryIds } from './delivery-ids.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';
import type { DeliveryTable } from './schema-deliveries.ts';
import { payloadPlace } from './update-repository.ts';

/** One attempt: its number among those of the update, when (Unix seconds), how long, what came of it. */
export type StoredAttempt = readonly [
  number: number,
  at: number,
  ms: number,
  status: number | null,
  error: string | null,
];

export type DeliveryState = 'waiting' | 'retrying' | 'delivered' | 'dead';

/** An update on its way to a webhook, or what became of it. Instants are Unix seconds. */
export interface StoredDelivery {
  updateId: number;
  deliveryId: string;
  type: string;
  conversation: string;
  state: DeliveryState;
  createdAt: number;
  attempts: readonly StoredAttempt[];
  attemptCount: number;
}

export interface DeliveryWish {
  state?: DeliveryState | undefined;
  /** Only this one. */
  updateId?: number | undefined;
  before?: number | undefined;
  limit: number;
  /** The types that the webhook takes; undefined: no webhook takes any, so what waits waits for somebody else. */
  types: readonly string[] | undefined;
}

const detailsPlace = (botId: number, updateId: number) => ({
  table: 'delivery',
  row: `${botId}/${updateId}`,
  column: 'details',
});

const COLUMNS = ['update_id', 'delivery_of', 'update_type', 'conversation', 'created_at'] as const;

/** Attempts of updates at webhooks. What waits, and what is dead, is told by the tables that hold it. */
export function deliveryRepository(store: Store, box: SecretBox) {
  const idOf = deliveryIds(box);
  const put = prepared((slot: Slots<DeliveryTable>) =>
    store.read
      .insertInto('delivery')
      .values({
        bot_id: slot('bot_id'),
        update_id: slot('update_id'),
        delivery_of: slot('delivery_of'),
        update_type: slot('update_type'),
        conversation: slot('conversation'),
        created_at: slot('created_at'),
        tried_at: slot('tried_at'),
        is_delivered: slot('is_delivered'),
        attempts: slot('attempts'),
        details: slot('details'),
      })
      .onConflict((c) =>
        c.columns(['bot_id', 'update_id']).doUpdateSet((e) => ({
          tried_at: e.ref('excluded.tried_at'),
          is_delivered: e.ref('excluded.is_delivered'),
          attempts: e.ref('excluded.attempts'),
          details: e.ref('excluded.details'),
        })),
      ),
  );

  interface Row {
    update_id: number;
    delivery_of: number | null;
    update_type: string;
    conversation: string;
    created_at: number;
    tries: string | null;
    count: number;
  }
  const shown = (botId: BotId, row: Row, state: DeliveryState): StoredDelivery => {
    const attempts = attemptsIn(row.tries);
    return {
      updateId: row.update_id,
      deliveryId: idOf(botId, row.delivery_of ?? row.update_id),
      type: row.update_type,
      conversation: row.conversation,
      state,
      createdAt: row.created_at,
      attempts,
      attemptCount: Math.max(row.count, attempts.at(-1)?.[0] ?? 0),
    };
  };

  const bounds = ({ before, updateId }: DeliveryWish) => ({
    below: updateId === undefined ? (before ?? Number.MAX_SAFE_INTEGER) : updateId + 1,
    from: updateId ?? 0,
  });

  async function delivered(botId: BotId, wish: DeliveryWish): Promise<StoredDelivery[]> {
    const { below, from } = bounds(wish);
    const rows = await store.read
      .selectFrom('delivery')
      .select([...COLUMNS, 'attempts as tries'])
      .where('bot_id', '=', botId)
      .where('is_delivered', '=', 1)
      .where('update_id', '<', below)
      .where('update_id', '>=', from)
      .orderBy('update_id', 'desc')
      .limit(wish.limit)
      .execute();
    return rows.map((row) => shown(botId, { ...row, count: 0 }, 'delivered'));
  }

  async function queued(
    botId: BotId,
    wish: DeliveryWish,
    types: readonly string[],
  ): Promise<StoredDelivery[]> {
    const { below, from } = bounds(wish);
    let query = store.read
      .selectFrom('update_queue as q')
      .leftJoin('delivery as d', (join) =>
        join.onRef('d.bot_id', '=', 'q.bot_id').onRef('d.update_id', '=', 'q.update_id'),
      )
      .select([
        'q.update_id',
        'q.delivery_of',
        'q.update_type',
        'q.conversation',
        'q.created_at',
        'q.attempts as count',
        'd.attempts as tries',
      ])
      .where('q.bot_id', '=', botId)
      .where('q.update_type', 'in', [...types])
      .where('q.update_id', '<', below)
      .where('q.update_id', '>=', from);
    if (wish.state === 'waiting') query = query.where('q.attempts', '=', 0);
    if (wish.state === 'retrying') query = query.where('q.attempts', '>', 0);
    const rows = await query.orderBy('q.update_id', 'desc').limit(wish.limit).execute();
    return rows.map((row) => shown(botId, row, row.count > 0 ? 'retrying' : 'waiting'));
  }

  async function dead(botId: BotId, wish: DeliveryWish): Promise<StoredDelivery[]> {
    const { below, from } = bounds(wish);
    const rows = await store.read
      .selectFrom('dead_letter as l')
      .leftJoin('delivery as d', (join) =>
        join.onRef('d.bot_id', '=', 'l.bot_id').onRef('d.update_id', '=', 'l.update_id'),
      )
      .select([
        'l.update_id',
        'l.delivery_of',
        'l.update_type',
        'l.conversation',
        'l.created_at',
        'l.attempts as count',
        'd.attempts as tries',
      ])
      .where('l.bot_id', '=', botId)
      .where('l.update_id', '<', below)
      .where('l.update_id', '>=', from)
      .orderBy('l.update_id', 'desc')
      .limit(wish.limit)
      .execute();
    return rows.map((row) => shown(botId, row, 'dead'));
  }

  return {
    /** Writes down where an update stands after an attempt. `details` is JSON text. */
    async put(
      tx: Tx,
      { details, ...row }: Omit<DeliveryTable, 'details'> & { details: string | undefined },
    ): Promise<void> {
      const sealed =
        details === undefined ? null : box.seal(details, detailsPlace(row.bot_id, row.update_id));
      put(tx.db, { ...row, details: sealed });
    },

    /** The attempts that are known, the oldest first. */
    async attemptsOf(tx: Tx, botId: BotId, updateId: number): Promise<readonly StoredAttempt[]> {
      const row = await tx.db
        .selectFrom('delivery')
        .select('attempts')
        .where('bot_id', '=', botId)
        .where('update_id', '=', updateId)
        .executeTakeFirst();
      return attemptsIn(row?.attempts);
    },

    /** The newest first, `limit` at most. */
    async page(botId: BotId, wish: DeliveryWish): Promise<StoredDelivery[]> {
      const { state, types, limit } = wish;
      const wants = (...states: DeliveryState[]) => state === undefined || states.includes(state);
      const pages = await Promise.all([
        wants('delivered') ? delivered(botId, wish) : [],
        wants('waiting', 'retrying') && types?.length ? queued(botId, wish, types) : [],
        wants('dead') ? dead(botId, wish) : [],
      ]);
      return pages
        .flat()
        .sort((one, other) => other.updateId - one.updateId)
        .slice(0, limit);
    },

    /** Details of the last attempt, as they were put (JSON text), and the data of an update that is still here. */
    async detailsOf(botId: BotId, updateId: number): Promise<{ details?: string; data?: string }> {
      const of = (table: 'update_queue' | 'dead_letter') =>
        store.read
          .selectFrom(table)
          .select('payload')
          .where('bot_id', '=', botId)
          .where('update_id', '=', updateId)
          .executeTakeFirst();
      const row = await store.read
        .selectFrom('delivery')
        .select('details')
        .where('bot_id', '=', botId)
        .where('update_id', '=', updateId)
        .executeTakeFirst();
      const held = (await of('update_queue')) ?? (await of('dead_letter'));
      return {
        ...(row?.details && { details: box.open(row.details, detailsPlace(botId, updateId)) }),
        ...(held && { data: box.open(held.payload, payloadPlace(botId, updateId)) }),
      };
    },

    /** An update was put back under another number; its attempts go with it, its sealed details do not. */
    async renumber(tx: Tx, botId: BotId, from: number, to: number): Promise<void> {
      const row = await tx.db
        .deleteFrom('delivery')
        .where('bot_id', '=', botId)
        .where('update_id', '=', from)
        .returningAll()
        .executeTakeFirst();
      if (!row) return;
      const details = row.details ? box.open(row.details, detailsPlace(botId, from)) : undefined;
      await this.put(tx, { ...row, update_id: to, delivery_of: row.delivery_of ?? from, details });
    },

    /** Forgets all of a bot but the newest. */
    async keepNewest(tx: Tx, botId: BotId, count: number): Promise<void> {
      const first = await tx.db
        .selectFrom('delivery')
        .select('update_id')
        .where('bot_id', '=', botId)
        .orderBy('update_id', 'desc')
        .offset(count)
        .limit(1)
        .executeTakeFirst();
      if (!first) return;
      await tx.db
        .deleteFrom('delivery')
        .where('bot_id', '=', botId)
        .where('update_id', '<=', first.update_id)
        .execute();
    },

    async forgetBefore(tx: Tx, triedAt: number): Promise<void> {
      await tx.db.deleteFrom('delivery').where('tried_at', '<', triedAt).execute();
    },
  };
}
export type DeliveryRepository = ReturnType<typeof deliveryRepository>;

// Written by `put` alone.
const attemptsIn = (column: string | null | undefined) =>
  (column ? JSON.parse(column) : []) as readonly StoredAttempt[];
