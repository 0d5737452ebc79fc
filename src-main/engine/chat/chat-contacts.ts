import type { BareJid } from '../../../src-shared/jid.ts';
import type { Logger } from '../../base/logger.ts';
import type { Account } from '../../store/account-repository.ts';
import type { ChatRepository } from '../../store/chat-repository.ts';
import type { Store } from '../../store/open.ts';
import type { ChatBooks } from './chat-books.ts';

interface ChatContactsDeps extends Pick<ChatBooks, 'announceChat'> {
  store: Store;
  chats: Pick<ChatRepository, 'list' | 'setName' | 'setContact'>;
  logger: Logger;
}

/** What people are called, and who is on the contact list at all, is known as long as nobody is online, too. */
export function chatContacts({ store, chats, announceChat, logger }: ChatContactsDeps) {
  return async function keep(
    account: Account,
    names: ReadonlyMap<BareJid, string>,
    isContact: (jid: BareJid) => boolean,
  ): Promise<void> {
    try {
      const known = (await chats.list([account.id])).filter(({ isRoom }) => !isRoom);
      const renamed = known.filter(({ jid, name }) => names.has(jid) && names.get(jid) !== name);
      const moved = known.filter((one) => one.isContact !== isContact(one.jid));
      if (renamed.length + moved.length === 0) return;
      await store.write(async (tx) => {
        for (const { id, jid } of renamed) await chats.setName(tx, id, names.get(jid) ?? '');
        for (const { id, jid } of moved) await chats.setContact(tx, id, isContact(jid));
        for (const jid of new Set([...renamed, ...moved].map((one) => one.jid)))
          announceChat(tx, account, jid);
      });
    } catch (error) {
      logger.warn({ err: error, account: account.jid }, 'what the contact list says could not be kept');
    }
  };
}
