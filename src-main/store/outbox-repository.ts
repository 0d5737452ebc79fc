import type { AccountId, BotId, MessageId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import type { OutboxTable } from './schema.ts';

export interface WaitingMessage {
  seq: number;
  id: MessageId;
  stanza: string;
}

export type SettledState = Exclude<OutboxTable['state'], 'queued'>;

/** What a state may follow: news that comes late or twice changes nothing. */
const COMES_AFTER: Record<SettledState, readonly OutboxTable['state'][]> = {
  acked: ['queued'],
  delivered: ['queued', 'acked'],
  displayed: ['queued', 'acked', 'delivered'],
  failed: ['queued', 'acked'],
};

const stanzaPlace = (id: string) => ({ table: 'outbox', row: id, column: 'stanza' });

/** Messages on their way to a server: the finished stanza until it was acknowledged, then only its state. */
export function outboxRepository(store: Store, box: SecretBox) {
  return {
    async insert(
      tx: Tx,
      message: {
        id: MessageId;
        accountId: AccountId;
        botId: BotId | null;
        conversation: string;
        stanza: string;
        createdAt: number;
      },
    ): Promise<void> {
      await tx.db
        .insertInto('outbox')
        .values({
          id: message.id,
          account_id: message.accountId,
          bot_id: message.botId,
          conversation: message.conversation,
          stanza: box.seal(message.stanza, stanzaPlace(message.id)),
          state: 'queued',
          reason: null,
          created_at: message.createdAt,
          state_at: message.createdAt,
        })
        .execute();
    },
    /** The next messages in the order they were committed. */
    async waiting(accountId: AccountId, afterSeq: number, limit: number): Promise<WaitingMessage[]> {
      const rows = await store.read
        .selectFrom('outbox')
        .select(['seq', 'id', 'stanza'])
        .where('account_id', '=', accountId)
        .where('state', '=', 'queued')
        .where('seq', '>', afterSeq)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(({ seq, id, stanza }) => ({
        seq,
        id: id as MessageId,
        stanza: stanza ? box.open(stanza, stanzaPlace(id)) : '',
      }));
    },
    /**
     * Moves a message forward: queued, acked, delivered, displayed; or to failed, unless it has arrived. The stanza is
     * erased. Undefined when it is there already, or not ours; `from` is checked where a recipient says so.
     */
    async settle(
      tx: Tx,
      id: string,
      state: SettledState,
      options: {
        reason: string | null;
        at: number;
        accountId?: AccountId | undefined;
        from?: string | undefined;
      },
    ): Promise<{ botId: BotId | null } | undefined> {
      let update = tx.db
        .updateTable('outbox')
        .set({ state, reason: options.reason, stanza: null, state_at: options.at })
        .where('id', '=', id)
        .where('state', 'in', [...COMES_AFTER[state]]);
      if (options.from !== undefined) update = update.where('conversation', '=', options.from);
      if (options.accountId !== undefined) update = update.where('account_id', '=', options.accountId);
      const row = await update.returning('bot_id').executeTakeFirst();
      return row && { botId: row.bot_id as BotId | null };
    },
    /** The state of a message that a bot sent; undefined when it is not this bot's or was forgotten. */
    async stateOf(
      botId: BotId,
      id: string,
    ): Promise<{ state: OutboxTable['state']; reason: string | null } | undefined> {
      return store.read
        .selectFrom('outbox')
        .select(['state', 'reason'])
        .where('id', '=', id)
        .where('bot_id', '=', botId)
        .executeTakeFirst();
    },
    /** True when this installation sent a message under that id from that account. */
    async isOurs(tx: Tx, accountId: AccountId, id: string): Promise<boolean> {
      const row = await tx.db
        .selectFrom('outbox')
        .select('id')
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return row !== undefined;
    },
    async forgetSettledBefore(tx: Tx, stateAt: number): Promise<void> {
      await tx.db
        .deleteFrom('outbox')
        .where('state', '!=', 'queued')
        .where('state_at', '<', stateAt)
        .execute();
    },
  };
}
export type OutboxRepository = ReturnType<typeof outboxRepository>;
