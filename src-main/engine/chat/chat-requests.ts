import type { AccountId } from '../../../src-shared/ids.ts';
import type { ChatRequest } from '../../store/chat-request-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { Idempotency } from '../messages/idempotency.ts';

interface ChatRequestsDeps {
  store: Store;
  idempotency: Idempotency<ChatRequest, string>;
}

/** Sends once what the window asks for twice: an answer can be lost on its way, and then nobody knows whether it was sent. */
export function chatRequests({ store, idempotency }: ChatRequestsDeps) {
  return {
    /** `what`: all that makes it this request. Nothing where there is no key. */
    of: (
      { id: accountId }: { id: AccountId },
      key: string | undefined,
      what: readonly unknown[],
    ): ChatRequest | undefined =>
      key === undefined ? undefined : { accountId, key, content: JSON.stringify(what) },

    /** The message that the first of them led to, once that is on the disk. Refuses the key of another request. */
    async earlier(request: ChatRequest | undefined): Promise<string | undefined> {
      const sent = request && (await idempotency.earlier(request));
      if (sent !== undefined) await store.durable();
      return sent;
    },
    /** The same within the unit that sends it: it may have come twice at once. */
    earlierIn: async (tx: Tx, request: ChatRequest | undefined): Promise<string | undefined> =>
      request && idempotency.earlier(request, tx),
    note: async (tx: Tx, request: ChatRequest | undefined, messageId: string): Promise<void> =>
      request && idempotency.note(tx, request, messageId),
    expire: (tx: Tx) => idempotency.expire(tx),
  };
}
export type ChatRequests = ReturnType<typeof chatRequests>;
