import type { AccountId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Account } from '../../store/account-repository.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { ChatBooks } from './chat-books.ts';

interface EarlyPlacesDeps {
  messages: Pick<ChatMessageRepository, 'byName' | 'moveToEnd'>;
  announce: ChatBooks['announce'];
}

/** Of one account. */
interface Early {
  /** Messages by their places, in order, with whose conversation they are in. */
  waiting: Map<number, BareJid>;
  /** Something of the archive stands behind them that was said before. */
  isMixed: boolean;
}

/**
 * The stream brings messages while the archive is read, which tells older ones after them. Each gets its place anew where
 * the archive tells it, and those that it does not tell are the newest of all.
 */
export function earlyPlaces({ messages, announce }: EarlyPlacesDeps) {
  const byAccount = new Map<AccountId, Early>();

  async function move(tx: Tx, account: Account, early: Early, id: number): Promise<void> {
    const jid = early.waiting.get(id);
    if (jid === undefined) return;
    early.waiting.delete(id);
    const place = await messages.moveToEnd(tx, id);
    announce(tx, account, jid, id);
    announce(tx, account, jid, place);
  }

  return {
    /** The stream has brought a message. */
    came(tx: Tx, { id: accountId }: Account, { id, jid }: { id: number; jid: BareJid }): void {
      tx.afterCommit(() => {
        const early = byAccount.get(accountId) ?? { waiting: new Map(), isMixed: false };
        early.waiting.set(id, jid);
        byAccount.set(accountId, early);
      });
    },

    /** The archive has told one, which may be a copy of what the stream has brought. */
    async archived(
      tx: Tx,
      account: Account,
      { chatId, isNew, ...copied }: { chatId: number; messageId: string; name: string; isNew: boolean },
    ): Promise<void> {
      const early = byAccount.get(account.id);
      if (!early?.waiting.size) return;
      const copy = isNew ? undefined : await messages.byName(tx, chatId, copied);
      const [next] = early.waiting.keys();
      // As long as the archive tells the same in the same order, each has its place.
      if (copy && copy.id === next && !early.isMixed) return void early.waiting.delete(next);
      if (copy) await move(tx, account, early, copy.id);
      early.isMixed ||= isNew || copy !== undefined;
    },

    /** The archive is read. */
    async placed(tx: Tx, account: Account): Promise<void> {
      const early = byAccount.get(account.id);
      byAccount.delete(account.id);
      if (!early?.isMixed) return;
      for (const id of [...early.waiting.keys()]) await move(tx, account, early, id);
    },

    forget: (accountId: AccountId): void => void byAccount.delete(accountId),
  };
}
