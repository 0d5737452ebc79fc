import type { AccountId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';

/** What a repeated request of the window asks about: the same account, the same key, and whether it is the same request. */
export interface ChatRequest {
  accountId: AccountId;
  key: string;
  /** Its fields in a fixed order; only a keyed digest of it is stored. */
  content: string;
}

/** What requests of the window with an `Idempotency-Key` led to: the message that was written. */
export function chatRequestRepository(store: Store, box: SecretBox) {
  const digestOf = ({ content }: ChatRequest) => box.digest(`chat-request|${content}`);

  return {
    /** What came of the first request with that key, when it was made after `since`. */
    async find(
      request: ChatRequest,
      since: number,
      tx?: Tx,
    ): Promise<{ sent: string; isSameRequest: boolean } | undefined> {
      const row = await (tx?.db ?? store.read)
        .selectFrom('chat_request')
        .select(['request', 'message_id'])
        .where('account_id', '=', request.accountId)
        .where('key', '=', request.key)
        .where('created_at', '>', since)
        .executeTakeFirst();
      return row && { sent: row.message_id, isSameRequest: row.request === digestOf(request) };
    },
    /** A key that has expired, but was not dropped yet, begins anew. */
    async insert(tx: Tx, request: ChatRequest, messageId: string, createdAt: number): Promise<void> {
      const outcome = { request: digestOf(request), message_id: messageId, created_at: createdAt };
      await tx.db
        .insertInto('chat_request')
        .values({ account_id: request.accountId, key: request.key, ...outcome })
        .onConflict((c) => c.columns(['account_id', 'key']).doUpdateSet(outcome))
        .execute();
    },
    async forgetBefore(tx: Tx, createdAt: number): Promise<void> {
      await tx.db.deleteFrom('chat_request').where('created_at', '<=', createdAt).execute();
    },
  };
}
