import type { BotId, MessageId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';

/** What a repeated request asks about: the same bot, the same key, and whether it is the same request. */
export interface RepeatableRequest {
  botId: BotId;
  key: string;
  /** Its fields in a fixed order; only a keyed digest of it is stored. */
  content: string;
}

/** What a request led to: a message, and the one that followed it, if there was one. */
export interface SentIds {
  messageId: MessageId;
  captionId?: MessageId | undefined;
}

/** What requests with an `Idempotency-Key` led to. */
export function idempotencyRepository(store: Store, box: SecretBox) {
  const digestOf = ({ content }: RepeatableRequest) => box.digest(`request|${content}`);

  return {
    /** What came of the first request with that key, when it was made after `since`. */
    async find(
      request: RepeatableRequest,
      since: number,
      tx?: Tx,
    ): Promise<{ sent: SentIds; isSameRequest: boolean } | undefined> {
      const row = await (tx?.db ?? store.read)
        .selectFrom('idempotency_key')
        .select(['request', 'message_id', 'caption_message_id'])
        .where('bot_id', '=', request.botId)
        .where('key', '=', request.key)
        .where('created_at', '>', since)
        .executeTakeFirst();
      if (!row) return undefined;
      const sent = {
        messageId: row.message_id as MessageId,
        captionId: (row.caption_message_id ?? undefined) as MessageId | undefined,
      };
      return { sent, isSameRequest: row.request === digestOf(request) };
    },
    /** A key that has expired, but was not dropped yet, begins anew. */
    async insert(tx: Tx, request: RepeatableRequest, sent: SentIds, createdAt: number): Promise<void> {
      const outcome = {
        request: digestOf(request),
        message_id: sent.messageId,
        caption_message_id: sent.captionId ?? null,
        created_at: createdAt,
      };
      await tx.db
        .insertInto('idempotency_key')
        .values({ bot_id: request.botId, key: request.key, ...outcome })
        .onConflict((c) => c.columns(['bot_id', 'key']).doUpdateSet(outcome))
        .execute();
    },
    async forgetBefore(tx: Tx, createdAt: number): Promise<void> {
      await tx.db.deleteFrom('idempotency_key').where('created_at', '<=', createdAt).execute();
    },
  };
}
export type IdempotencyRepository = ReturnType<typeof idempotencyRepository>;
