import type { Element } from '@xmpp/xml';
import type { Account } from '../../store/account-repository.ts';
import type { SealedInboxRow } from '../../store/inbox-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { InboundDeps } from './inbound-roles.ts';
import { commandIn, isInCommandChat, type Meaning, type MessageMeanings } from './message-meaning.ts';
import { type IncomingMessage, readOpened, type SealedMessage } from './read-message.ts';
import { isOwnToChange, takePlace, type Way } from './receive-message.ts';
import type { Trouble } from './trouble-notices.ts';

type Understood = { command: IncomingMessage } | { trouble: Trouble } | undefined;

interface SealedMessagesDeps
  extends Pick<
    InboundDeps,
    'store' | 'inbox' | 'outbox' | 'archive' | 'secrets' | 'chat' | 'audience' | 'clock' | 'confirm'
  > {
  meanings: MessageMeanings;
  wake: () => void;
  done: (tx: Tx, names: readonly string[]) => Promise<void>;
  end: (tx: Tx, inboxId: string, message: Pick<IncomingMessage, 'names'>) => Promise<void>;
}

/**
 * Encrypted messages on their way through the units: receive stores the stanza as it is, understand decrypts it. The
 * ratchet, what was said and the end of the row are one commit, so no copy and no crash makes it move twice.
 */
export function sealedMessages(account: Account, deps: SealedMessagesDeps) {
  const { store, inbox, outbox, archive, secrets, chat, clock, confirm, meanings, wake, done, end } = deps;
  const isCommanding = (message: SealedMessage) => isInCommandChat(account, chat, message);

  /** What others wrote is for programs that were given leave to read it. */
  function takersOf(message: IncomingMessage, meaning: Extract<Meaning, { kind: 'update' }>) {
    if (isInCommandChat(account, chat, message)) return meaning.takers;
    return meaning.takers.filter((bot) => secrets.mayRead(bot));
  }

  /**
   * Unit two. Resolves with the message when it is a command, which stays in the inbox, in clear; or with the trouble
   * that the one has with it who may command here: then it stays as it is, to be ended by `mend`.
   */
  async function understand(tx: Tx, row: SealedInboxRow, sealed: SealedMessage): Promise<Understood> {
    const isAwaited = isCommanding(sealed);
    const opened = await secrets.open(tx, sealed, { isRepairing: archive.isCaughtUp && !isAwaited });
    if (opened.kind === 'trouble' && isAwaited) return { trouble: opened };
    const reading = opened.kind === 'opened' ? readOpened(opened.stanza, account.jid, sealed) : undefined;
    if (reading?.kind === 'receipt') {
      const news = { from: reading.from, accountId: account.id };
      await outbox.settle(tx, reading.id, reading.state, news);
    }
    const message = reading?.kind === 'message' ? reading.message : undefined;
    if (
      opened.kind !== 'opened' ||
      !message ||
      !(await isOwnToChange(tx, account, { inbox, outbox }, message))
    ) {
      await end(tx, row.id, sealed);
      return undefined;
    }
    const meaning = await meanings.of(tx, message);
    const isCommand = meaning.kind === 'command' || commandIn(account, chat, message) !== undefined;
    if (isCommand && opened.device.trust === 'new') {
      await secrets.letWait(tx, row, opened);
      await end(tx, row.id, sealed);
      return undefined;
    }
    if (meaning.kind === 'command') {
      const { chosen } = meaning;
      await inbox.keepCommand(tx, row.id, { content: opened.stanza.toString(), chosen });
      return { command: { ...message, text: chosen ?? message.text } };
    }
    await meanings.tell(tx, message, { ...meaning, takers: takersOf(message, meaning) });
    await end(tx, row.id, sealed);
    return undefined;
  }

  /**
   * The end of what cannot be read. The new session comes before the notice: a client that has but one session with
   * us could not read what is said in the old one after it has heard of the new one, nor the other way round.
   */
  async function mend(row: SealedInboxRow, sealed: SealedMessage, trouble: Trouble): Promise<void> {
    const isNew = archive.isCaughtUp && (await secrets.renew(sealed, trouble));
    await store.write(async (tx) => {
      if (!(await inbox.isOpen(tx, row.id))) return;
      if (isNew) await secrets.sayNothing(tx, trouble);
      await secrets.tellTrouble(tx, sealed, trouble);
      await end(tx, row.id, sealed);
    });
  }

  return {
    /** Unit one. Nothing for what an engine sent, for a copy, and for what this account cannot open. */
    async receive(tx: Tx, stanza: Element, message: SealedMessage, way: Way): Promise<void> {
      if (await outbox.senderOf(tx, account.id, message.sentAs)) return;
      if (message.isGenerated) {
        if (isCommanding(message) && message.answers) await done(tx, [message.answers]);
        return;
      }
      await secrets.noteEncrypted(tx, message);
      if (!account.hasOmemo || !(await secrets.concerns(tx, message.from))) return;
      const receivedAt = clock.now();
      const inboxId = inbox.newId();
      const { names, referenceNames: references, sentAt } = message;
      if (
        !(await inbox.seen.remember(tx, account.id, { names, references }, { seenAt: receivedAt, inboxId }))
      ) {
        if (way === 'archive') await takePlace(tx, account, inbox, names);
        tx.afterCommit(wake);
        return;
      }
      const state = way === 'held back' ? 'held' : 'received';
      const content = stanza.toString();
      await inbox.insert(tx, { accountId: account.id, state, content, receivedAt, sentAt }, inboxId);
      tx.afterCommit(wake);
      if (message.isDirect && message.from !== account.jid) tx.onDisk(() => confirm?.(stanza));
    },
    understand,
    mend,
  };
}
export type SealedMessages = ReturnType<typeof sealedMessages>;
