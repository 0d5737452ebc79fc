import type { AccountId, BotId, MessageId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import type { OutboxTable } from './schema.ts';

export interface WaitingMessage {
  seq: number;
  id: MessageId;
  stanza: string;
}

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
    /** Ends a message's way; its stanza is erased. False when it was settled before or is not ours. */
    async settle(
      tx: Tx,
      id: string,
      state: Exclude<OutboxTable['state'], 'queued'>,
      reason: string | null,
      at: number,
    ): Promise<{ botId: BotId | null } | undefined> {
      const row = await tx.db
        .updateTable('outbox')
        .set({ state, reason, stanza: null, state_at: at })
        .where('id', '=', id)
        .where('state', '!=', 'failed')
        .returning('bot_id')
        .executeTakeFirst();
      return row && { botId: row.bot_id as BotId | null };
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
