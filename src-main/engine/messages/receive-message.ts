import type { Element } from '@xmpp/xml';
import type { Account } from '../../store/account-repository.ts';
import type { InboxRepository } from '../../store/inbox-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { InboundDeps } from './inbound-roles.ts';
import { isInCommandChat, type Meaning, type MessageMeanings } from './message-meaning.ts';
import { referenceName } from './message-names.ts';
import type { IncomingMessage } from './read-message.ts';

/** How a message came: held back while the archive is being read, or told by the archive itself. */
export type Way = 'live' | 'held back' | 'archive';

/** Only who wrote a message may change it; what was said before anybody listened is nothing to change. */
export async function isOwnToChange(
  tx: Tx,
  account: Account,
  { inbox, outbox }: Pick<InboundDeps, 'inbox' | 'outbox'>,
  { kind, from, stanzaId }: IncomingMessage,
): Promise<boolean> {
  if (kind !== 'edited_message' && kind !== 'deleted_message') return true;
  if (from === account.jid && (await outbox.senderOf(tx, account.id, stanzaId))) return true;
  return inbox.seen.has(tx, account.id, referenceName(from, stanzaId));
}

/**
 * The stream brought a message already: its place is here, where the archive has it, behind what only the archive has. A
 * server that gives back what a lost session left unread may do so in another order.
 */
export async function takePlace(
  tx: Tx,
  { id: accountId }: Account,
  inbox: InboxRepository,
  { names, sentAt }: Pick<IncomingMessage, 'names' | 'sentAt'>,
): Promise<void> {
  for (const id of await inbox.seen.inboxIds(tx, accountId, names)) {
    await inbox.releaseUpTo(tx, accountId, { id, sentAt });
  }
}

interface ReceiveDeps
  extends Pick<InboundDeps, 'inbox' | 'outbox' | 'turn' | 'confirm' | 'chat' | 'secrets' | 'log' | 'clock'> {
  meanings: MessageMeanings;
  /** Rows of the inbox can be worked on. */
  wake: () => void;
  /** Another engine of the account has taken care of the messages of these names. */
  done: (tx: Tx, names: readonly string[]) => Promise<void>;
}

/**
 * Unit one of a message: it is stored, as a row of the inbox. A text for programs that nothing waits before needs no row:
 * what it becomes is stored instead, in this same unit, which saves a second commit.
 */
export function messageReceiver(account: Account, deps: ReceiveDeps) {
  const { inbox, outbox, turn, confirm, chat, secrets, log, clock, meanings, wake, done } = deps;

  /** Texts in the self-chat may be commands; anything else is there for the bots that want it, and dropped without one. */
  async function concerning(tx: Tx, message: IncomingMessage): Promise<Meaning | undefined> {
    if (!(await isOwnToChange(tx, account, deps, message))) return undefined;
    const meaning = await meanings.of(tx, message);
    if (isInCommandChat(account, chat, message) && message.kind === 'message') return meaning;
    if (meaning.kind !== 'update') return undefined;
    const { takers, asked, carried } = meaning;
    return takers.length > 0 || asked !== undefined || carried !== undefined ? meaning : undefined;
  }

  /**
   * Nothing for a copy of a message that is known, or for one of our own. `isToWait`: it goes into the inbox in any case.
   */
  return async (
    tx: Tx,
    stanza: Element,
    message: IncomingMessage,
    { way, isToWait = false }: { way: Way; isToWait?: boolean },
  ): Promise<void> => {
    const { names, kind, sentAt } = message;
    if (message.from === account.jid && (await outbox.senderOf(tx, account.id, message.sentAs))) return;
    await log?.came(tx, account, message, way);
    if (message.isGenerated) {
      // Another engine of the account has answered a command: nobody else has to.
      if (isInCommandChat(account, chat, message) && message.answers) await done(tx, [message.answers]);
      return;
    }
    await secrets.notePlain(tx, message);
    const meaning = await concerning(tx, message);
    if (!meaning) return;
    const receivedAt = clock.now();
    const isNext =
      !isToWait &&
      meaning.kind === 'update' &&
      way !== 'held back' &&
      turn.isActing &&
      !(await inbox.hasOpen(tx, account.id));
    const inboxId = isNext ? undefined : inbox.newId();
    const references = kind === 'message' ? message.referenceNames : [];
    const place = { seenAt: receivedAt, inboxId: inboxId ?? null };
    if (!(await inbox.seen.remember(tx, account.id, { names, references }, place))) {
      if (way === 'archive') await takePlace(tx, account, inbox, message);
      tx.afterCommit(wake);
      return;
    }
    if (inboxId === undefined && meaning.kind === 'update') {
      await meanings.tell(tx, message, meaning);
      tx.onDisk(() => turn.tell(names));
    } else {
      const state = way === 'held back' ? 'held' : 'received';
      const content = stanza.toString();
      await inbox.insert(tx, { accountId: account.id, state, content, receivedAt, sentAt }, inboxId);
      tx.afterCommit(wake);
    }
    if (message.isDirect && message.from !== account.jid) tx.onDisk(() => confirm?.(stanza));
  };
}
