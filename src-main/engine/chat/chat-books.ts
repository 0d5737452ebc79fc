import type { BareJid } from '../../../src-shared/jid.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';

type Whose = Pick<Account, 'id' | 'jid'>;

/** The conversations by their addresses, and who is told of what changes in them. */
export interface ChatBooks {
  /** The conversation, if there is one. */
  find(tx: Tx, account: Pick<Account, 'id'>, jid: BareJid): Promise<number | undefined>;
  /** The conversation, from now on if there was none. */
  open(tx: Tx, account: Account, jid: BareJid, isRoom: boolean): Promise<number>;
  /** A message is there, is changed or is gone. `isNew`: nobody was told of it before; left out: somebody was. */
  announce(tx: Tx, account: Whose, chat: BareJid, id: number, isNew?: boolean): void;
  announceChat(tx: Tx, account: Whose, chat: BareJid): void;
}
