import type { BotId } from '../../src-shared/ids.ts';
import type { Store, Tx } from './open.ts';
import { prepared, preparedFor, type Slots } from './prepared.ts';
import type { UpdateQueueTable } from './schema-deliveries.ts';

type NewRow = Pick<
  UpdateQueueTable,
  | 'bot_id'
  | 'update_id'
  | 'update_type'
  | 'conversation'
  | 'payload'
  | 'created_at'
  | 'attempts'
  | 'delivery_of'
>;

/** What every update asks of the queue as it comes and goes: compiled once. */
export function updateStatements(store: Store) {
  const waiting = (botId: BotId, types: readonly string[] | undefined, db: Tx['db'] = store.read) => {
    const all = db.selectFrom('update_queue').where('bot_id', '=', botId);
    return types ? all.where('update_type', 'in', [...types]) : all;
  };

  const insertRow = prepared((slot: Slots<NewRow>) =>
    store.read.insertInto('update_queue').values({
      bot_id: slot('bot_id'),
      update_id: slot('update_id'),
      update_type: slot('update_type'),
      conversation: slot('conversation'),
      payload: slot('payload'),
      created_at: slot('created_at'),
      attempts: slot('attempts'),
      refusals: 0,
      delivery_of: slot('delivery_of'),
    }),
  );
  const removeRow = prepared((slot: Slots<{ botId: BotId; updateId: number }>) =>
    store.read
      .deleteFrom('update_queue')
      .where('bot_id', '=', slot('botId'))
      .where('update_id', '=', slot('updateId'))
      .returning('conversation'),
  );
  const firstTwo = preparedFor(
    (types: readonly string[]) =>
      prepared((slot: Slots<{ botId: BotId; conversation: string }>) =>
        store.read
          .selectFrom('update_queue')
          .selectAll()
          .where('bot_id', '=', slot('botId'))
          .where('conversation', '=', slot('conversation'))
          .where('update_type', 'in', [...types])
          .orderBy('update_id')
          .limit(2),
      ),
    (types) => types.join(' '),
  );
  const pageOf = preparedFor(
    (types: readonly string[] | undefined) =>
      prepared((slot: Slots<{ botId: BotId; after: number; limit: number }>) =>
        waiting(slot('botId'), types)
          .selectAll()
          .where('update_id', '>', slot('after'))
          .orderBy('update_id')
          .limit(slot('limit')),
      ),
    (types) => types?.join(' ') ?? '',
  );
  return { waiting, insertRow, removeRow, firstTwo, pageOf };
}
