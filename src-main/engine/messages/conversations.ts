import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoPeerRepository } from '../../store/omemo-peer-repository.ts';
import type { Tx } from '../../store/open.ts';

/** Of one account. */
export const STRANGERS_KEPT = 500;

/**
 * Which conversations are encrypted: the last message of either side was (contract, section 3). Kept in memory, because
 * every message asks; a change is stored first.
 */
export async function conversations(peers: OmemoPeerRepository, clock: Pick<Clock, 'now'>) {
  const encrypted = new Set(await peers.encryptedConversations());
  const nameOf = (account: Account, jid: BareJid) => `${account.id}/${jid}`;

  const isEncrypted = (account: Account, jid: BareJid): boolean => encrypted.has(nameOf(account, jid));

  return {
    isEncrypted,
    /** Whether what the account says there is said encrypted or not at all: a bot's word always is. */
    isSecret: (account: Account, jid: BareJid): boolean =>
      account.botId !== undefined || isEncrypted(account, jid),
    /** A message went between the two, encrypted or in clear. True where the one before did not. */
    async note(tx: Tx, account: Account, jid: BareJid, isEncrypted: boolean): Promise<boolean> {
      const name = nameOf(account, jid);
      // What other units of this commit have said is in the row, and not in memory yet.
      if ((await peers.isEncrypted(tx, account.id, jid)) === isEncrypted) return false;
      await peers.noteEncrypted(tx, account.id, jid, { isEncrypted, at: clock.now() });
      tx.afterCommit(() => void (isEncrypted ? encrypted.add(name) : encrypted.delete(name)));
      return true;
    },
    /**
     * Forgets conversations with strangers beyond so many, longest unchanged first: addresses can be made up. Those with
     * people that the account has to do with, and with its rooms, stay, so that nobody can make what is said to them go in clear.
     */
    async forgetStrangers(
      tx: Tx,
      account: Account,
      isAcquainted: (jid: BareJid) => Promise<boolean>,
    ): Promise<void> {
      const unknown = await peers.unknownContacts(tx, account.id);
      let over = unknown.length - STRANGERS_KEPT;
      for (const jid of unknown) {
        if (over <= 0) return;
        if (await isAcquainted(jid)) continue;
        over -= 1;
        await peers.forgetContact(tx, account.id, jid);
        tx.afterCommit(() => void encrypted.delete(nameOf(account, jid)));
      }
    },
  };
}
export type Conversations = Awaited<ReturnType<typeof conversations>>;
