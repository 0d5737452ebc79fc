import type { BareJid } from '../../../src-shared/jid.ts';

/**
 * Makes and removes XMPP accounts for dedicated bots on one domain, by whatever way its server has. All of it rejects with
 * refusals that say what is wrong and what to do. What it opened stays open until `close`.
 */
export interface AccountProvider {
  /** The domain of new accounts. */
  readonly host: string;
  /** Resolves when accounts can be made there, as far as can be told without making one. */
  check(): Promise<void>;
  create(localpart: string, password: string): Promise<'created' | 'taken'>;
  /** Resolves when there is no such account any more, also when there was none: it can be repeated. */
  remove(jid: BareJid, password: string): Promise<void>;
  exists(jid: BareJid): Promise<boolean>;
  changePassword(jid: BareJid, passwords: { old: string; new: string }): Promise<void>;
  close(): Promise<void>;
}
