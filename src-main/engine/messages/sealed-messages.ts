import type { Element } from '@xmpp/xml';
import type { Account } from '../../store/account-repository.ts';
import type { SealedInboxRow } from '../../store/inbox-repository.ts';
import type { Tx } from '../../store/open.ts';
import { RENEWED } from '../omemo/omemo.ts';
import type { Opened } from '../omemo/opening.ts';
import type { InboundDeps } from './inbound-roles.ts';
import { commandIn, isInCommandChat, type Meaning, type MessageMeanings } from './message-meaning.ts';
import { type IncomingMessage, readOpened, type SealedMessage } from './read-message.ts';
import { isOwnToChange, takePlace, type Way } from './receive-message.ts';
import type { Trouble } from './trouble-notices.ts';

/** A row that waits on as it came. */
class LeftAlone extends Error {}

type Understood = { command: IncomingMessage } | { trouble: Trouble } | undefined;

interface SealedMessagesDeps
  extends Pick<
    InboundDeps,
    'store' | 'inbox' | 'outbox' | 'archive' | 'secrets' | 'chat' | 'audience' | 'clock' | 'confirm' | 'log'
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
  const { store, inbox, outbox, archive, secrets, chat, log, clock, confirm, meanings, wake, done, end } =
    deps;
  const isCommanding = (message: SealedMessage) => isInCommandChat(account, chat, message);

  /** What others wrote is for bots that were given leave to read it. */
  function readable<Update extends Extract<Meaning, { kind: 'update' }>>(
    message: IncomingMessage,
    meaning: Update,
  ): Update {
    if (isInCommandChat(account, chat, message)) return meaning;
    const { takers, asked } = meaning;
    return {
      ...meaning,
      takers: takers.filter((bot) => secrets.mayRead(bot)),
      asked: asked && secrets.mayRead(asked) ? asked : undefined,
    };
  }

  /**
   * Unit two. Resolves with the message when it is a command, which stays in the inbox, in clear; or with the trouble
   * that the one has with it who may command here: then it stays as it is, to be ended by `mend`.
   */
  async function understand(tx: Tx, row: SealedInboxRow, sealed: SealedMessage): Promise<Understood> {
    // What an engine wrote is answered with nothing: two of them would go on for ever.
    const isAwaited = isCommanding(sealed) && !sealed.isGenerated;
    const isRepairing = archive.isCaughtUp && !isAwaited;
    const opened = await secrets.open(tx, sealed, { isRepairing });
    if (opened.kind === 'trouble' && isAwaited) return { trouble: opened };
    const reading = opened.kind === 'opened' ? readOpened(opened.stanza, account.jid, sealed) : undefined;
    if (reading?.kind === 'receipt') {
      const news = { from: reading.from, accountId: account.id };
      await outbox.settle(tx, reading.id, reading.state, news);
      await log?.receipt(tx, account, reading);
    }
    const message = reading?.kind === 'message' ? reading.message : undefined;
    if (message) await log?.came(tx, account, message);
    if (opened.kind === 'trouble' && (await secrets.isToBeTold(tx, sealed, opened)))
      await log?.notice(
        tx,
        account,
        otherOf(sealed),
        isRepairing && RENEWED.has(opened.why) ? 'undecryptable' : 'unreadable',
      );
    if (
      opened.kind !== 'opened' ||
      !message ||
      sealed.isGenerated ||
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
    await meanings.tell(tx, message, readable(message, meaning));
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

  /**
   * Another engine acts, or has taken care of it already: it is decrypted for the person who looks at the conversation here,
   * and that is all. Resolves with what was said; undefined: there is nothing more to be done with it.
   */
  async function show(tx: Tx, sealed: SealedMessage, opened: Opened): Promise<IncomingMessage | undefined> {
    const reading = opened.kind === 'opened' ? readOpened(opened.stanza, account.jid, sealed) : undefined;
    if (reading?.kind === 'receipt') {
      const news = { from: reading.from, accountId: account.id };
      await outbox.settle(tx, reading.id, reading.state, news);
      await log?.receipt(tx, account, reading);
    }
    if (reading?.kind !== 'message') return undefined;
    await log?.came(tx, account, reading.message, 'held back');
    return reading.message;
  }

  /**
   * Shows a row that waits for another engine's word, and keeps it as it was decrypted: a ratchet does that once. It stays as
   * it came when it cannot be read, or when its device may not command yet: that is decided by who acts.
   */
  async function look(tx: Tx, row: SealedInboxRow, sealed: SealedMessage): Promise<void> {
    const opened = await secrets.open(tx, sealed, { isRepairing: false });
    if (opened.kind === 'trouble') throw new LeftAlone('it cannot be read');
    const message = await show(tx, sealed, opened);
    if (opened.kind !== 'opened' || !message || sealed.isGenerated) return inbox.delete(tx, row.id);
    if (opened.device.trust === 'new' && isCommanding(sealed)) throw new LeftAlone('its device is new');
    if (!(await isOwnToChange(tx, account, { inbox, outbox }, message))) return inbox.delete(tx, row.id);
    await inbox.keepOpened(tx, row.id, opened.stanza.toString());
  }

  /** Shows what is done with, if that was not possible before. */
  async function showDone(tx: Tx, sealed: SealedMessage): Promise<void> {
    if (!log) return;
    const opened = await secrets.open(tx, sealed, { isRepairing: false });
    await show(tx, sealed, opened);
    if (opened.kind === 'trouble' && (await secrets.isToBeTold(tx, sealed, opened)))
      // Who acts agrees on new keys, for its own device.
      await log.notice(tx, account, otherOf(sealed), 'unreadable');
  }

  /** Nobody here can read it, which the person is told. */
  async function noteUnread(tx: Tx, message: SealedMessage): Promise<void> {
    if (!log) return;
    const { names, referenceNames: references } = message;
    if (await inbox.seen.remember(tx, account.id, { names, references }, { seenAt: clock.now() }))
      await log.notice(tx, account, otherOf(message), 'no-device');
  }
  /** Whose conversation it belongs to. */
  const otherOf = ({ from, to }: SealedMessage) => (from === account.jid ? to : from);

  return {
    /** Unit one. Nothing for what this engine sent, for a copy, and for what this account cannot open. */
    async receive(tx: Tx, stanza: Element, message: SealedMessage, way: Way): Promise<void> {
      if (await outbox.senderOf(tx, account.id, message.sentAs)) return;
      if (message.isGenerated) {
        if (isCommanding(message) && message.answers) await done(tx, [message.answers]);
        // It is for nobody but the person who looks at the conversation.
        if (!log) return;
      }
      await secrets.noteEncrypted(tx, message);
      const { names, referenceNames: references, sentAt } = message;
      const receivedAt = clock.now();
      if (!account.hasOmemo) return noteUnread(tx, message);
      if (!(await secrets.concerns(tx, message.from))) return;
      const inboxId = inbox.newId();
      if (
        !(await inbox.seen.remember(tx, account.id, { names, references }, { seenAt: receivedAt, inboxId }))
      ) {
        if (way === 'archive') await takePlace(tx, account, inbox, message);
        tx.afterCommit(wake);
        return;
      }
      const state = way === 'held back' ? 'held' : 'received';
      const content = stanza.toString();
      await inbox.insert(tx, { accountId: account.id, state, content, receivedAt, sentAt }, inboxId);
      tx.afterCommit(wake);
      if (message.isDirect && message.from !== account.jid && !message.isGenerated)
        tx.onDisk(() => confirm?.(stanza));
    },
    understand,
    mend,
    /** In a unit of its own, which is undone where the row is left as it is. */
    look: (row: SealedInboxRow, sealed: SealedMessage): Promise<void> =>
      store
        .write(async (tx) => {
          if (await inbox.isOpen(tx, row.id)) await look(tx, row, sealed);
        })
        .catch((error: unknown) => {
          if (!(error instanceof LeftAlone)) throw error;
        }),
    showDone,
    readable,
  };
}
export type SealedMessages = ReturnType<typeof sealedMessages>;
