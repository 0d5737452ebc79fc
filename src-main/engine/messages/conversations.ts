import type { BareJid } from '../../../src-shared/jid.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoPeerRepository } from '../../store/omemo-peer-repository.ts';
import type { Tx } from '../../store/open.ts';

/**
 * Which conversations are encrypted: the last message of either side was (contract, section 3). Kept in memory, because
 * every message asks; a change is stored first.
 */
export async function conversations(peers: OmemoPeerRepository) {
  const encrypted = new Set(await peers.encryptedConversations());
  const nameOf = (account: Account, jid: BareJid) => `${account.id}/${jid}`;

  return {
    isEncrypted: (account: Account, jid: BareJid): boolean => encrypted.has(nameOf(account, jid)),
    /** A message went between the two, encrypted or in clear. */
    async note(tx: Tx, account: Account, jid: BareJid, isEncrypted: boolean): Promise<void> {
      const name = nameOf(account, jid);
      // What other units of this commit have said is in the row, and not in memory yet.
      if ((await peers.isEncrypted(tx, account.id, jid)) === isEncrypted) return;
      await peers.noteEncrypted(tx, account.id, jid, isEncrypted);
      tx.afterCommit(() => void (isEncrypted ? encrypted.add(name) : encrypted.delete(name)));
    },
  };
}
export type Conversations = Awaited<ReturnType<typeof conversations>>;
