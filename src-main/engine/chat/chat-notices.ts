import { randomUUID } from 'node:crypto';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Account } from '../../store/account-repository.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { ChatBooks } from './chat-books.ts';

/** What the engine says about a conversation without sending it. */
export type NoticeCode = 'undecryptable' | 'unreadable' | 'no-device' | 'new-device' | 'trust-changed';
/** What may be done about it. */
const ACTIONS: Readonly<Record<NoticeCode, string | undefined>> = {
  undecryptable: undefined,
  unreadable: undefined,
  'no-device': 'turn-on-omemo',
  'new-device': 'devices',
  'trust-changed': 'devices',
};

interface ChatNoticesDeps extends Pick<ChatBooks, 'find' | 'open' | 'announce'> {
  messages: ChatMessageRepository;
  clock: Clock;
}

/** What stands in conversations although nobody has said it. */
export function chatNotices({ messages, clock, find, open, announce }: ChatNoticesDeps) {
  return {
    /**
     * Something about a conversation that nobody wrote: one notice for a row of the same, with their number. `isOnlyKnown`:
     * not where there is no conversation.
     */
    async notice(
      tx: Tx,
      account: Account,
      jid: BareJid,
      code: NoticeCode,
      { isRoom = false, isOnlyKnown = false }: { isRoom?: boolean; isOnlyKnown?: boolean } = {},
    ): Promise<void> {
      const found = isOnlyKnown ? await find(tx, account, jid) : await open(tx, account, jid, isRoom);
      if (found === undefined) return;
      const newest = await messages.newest(found, tx);
      if (newest?.notice === code) {
        const body = newest.body();
        await messages.rewrite(tx, newest, { ...body, count: (body.count ?? 1) + 1 });
        announce(tx, account, jid, newest.id);
        return;
      }
      const name = randomUUID();
      const id = await messages.insert(tx, {
        chatId: found,
        name,
        messageId: name,
        author: jid,
        isOutgoing: false,
        by: 'engine',
        weight: 1,
        isEncrypted: false,
        notice: code,
        state: null,
        sentAt: clock.now(),
        body: { text: '', count: 1, action: ACTIONS[code] },
      });
      if (id !== undefined) announce(tx, account, jid, id, true);
    },
  };
}
