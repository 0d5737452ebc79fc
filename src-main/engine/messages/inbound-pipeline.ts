import type { Element } from '@xmpp/xml';
import { parse } from 'ltx';
import { DomainError } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { Scope } from '../../base/scope.ts';
import type { ArchivedMessage } from '../../gateways/xmpp/xep-0313-archive.ts';
import { stanzaIdBy } from '../../gateways/xmpp/xep-0359-stanza-ids.ts';
import type { Account } from '../../store/account-repository.ts';
import type { SealedInboxRow } from '../../store/inbox-repository.ts';
import type { Tx } from '../../store/open.ts';
import { commandActs } from './act-on-command.ts';
import { commandQueue } from './command-queue.ts';
import type { ComposedMessage } from './compose.ts';
import { COMMAND_FRESH_MS, type InboundDeps, isInQueue, UPDATE_FRESH_MS } from './inbound-roles.ts';
import { inboxRunner } from './inbox-runner.ts';
import { lateCommands } from './late-commands.ts';
import { isInCommandChat, mayCommand, messageMeanings } from './message-meaning.ts';
import { originName, referenceName } from './message-names.ts';
import { newDeviceNotices } from './new-device-notices.ts';
import {
  type IncomingMessage,
  type Reading,
  readArchived,
  readMessage,
  type SealedMessage,
} from './read-message.ts';
import { messageReceiver, type Way } from './receive-message.ts';
import { sealedMessages } from './sealed-messages.ts';
import { slowCommands } from './slow-commands.ts';
import { standBy } from './stand-by.ts';

/** Reactions and retractions say nothing, and stand outside the encryption in OMEMO 0.3. */
const SAYING: ReadonlySet<IncomingMessage['kind']> = new Set(['message', 'edited_message']);

/**
 * An account's incoming messages in three units, each one write (house style, "stages"): receive stores the raw
 * stanza, understand turns it into updates or a command, act runs the command together with its answer. Where nothing
 * waits, receiving and understanding a text for programs are one.
 */
export function inboundPipeline(account: Account, deps: InboundDeps) {
  const { store, inbox, outbox, archive, turn, chat, secrets, log, clock, logger } = deps;
  const scope = new Scope();
  const mayWork = () => turn.isActing;
  const meanings = messageMeanings(account, deps);
  const acts = commandActs(account, { ...deps, end });
  const runner = inboxRunner({ account, inbox, clock, logger, scope, work, isAlone, mayWork });
  const looker = standBy({ account, inbox, turn, logger, scope, look });
  const wake = () => {
    runner.wake();
    if (log) looker.wake();
  };
  const receive = messageReceiver(account, { ...deps, meanings, done, wake });
  const sealedOnes = sealedMessages(account, { ...deps, meanings, done, end, wake });
  const newDevices = newDeviceNotices(account, { ...deps, idle: runner.idle, scope });
  const { setAside, takeBack } = runner;
  const slow = slowCommands({ account, logger, setAside, takeBack });
  const queue = commandQueue({ mayWork, setAside, takeBack, failed: runner.failed });
  const collectLate = lateCommands({
    clock,
    scope,
    tell: acts.tellLate,
    setAside: runner.setAside,
    takeBack(id) {
      runner.takeBack(id);
      // It is there still when the notice could not be stored.
      runner.wake();
    },
  });

  /** Settles when everything that came so far is stored. */
  let stored: Promise<unknown> = Promise.resolve();

  /** What rows say: each is looked at twice. */
  const readings = new WeakMap<SealedInboxRow, Reading>();
  function readRow(row: SealedInboxRow): Reading {
    const known = readings.get(row);
    if (known) return known;
    const reading = readMessage(parse(row.content()), account.jid, row.sentAt);
    if (reading.kind === 'message' || reading.kind === 'sealed') reading.message.sentAt = row.sentAt;
    if (reading.kind === 'message') {
      if (row.wasEncrypted) reading.message.isEncrypted = true;
      if (row.chosen !== undefined) reading.message.text = row.chosen;
    }
    readings.set(row, reading);
    return reading;
  }

  /** After `/use` a text goes to another bot. */
  function isAlone(row: SealedInboxRow): boolean {
    const reading = reads(row);
    // What a sealed one says is not known before.
    if (reading?.kind === 'sealed') return true;
    return reading?.kind === 'message' && mayCommand(account, chat, reading.message);
  }

  /** One row of the inbox, oldest first. `turn`: it stood in the queue, and is next. */
  async function work(row: SealedInboxRow, turn?: AbortSignal): Promise<void> {
    const reading = readRow(row);
    const isQueued = turn === undefined && queue.holdsTexts && isOfCommandChat(reading);
    if (isQueued) queue.add(row.id, (signal) => work(row, signal));
    else if (reading.kind === 'sealed') await unseal(row, reading.message, turn);
    else if (reading.kind !== 'message') await store.write((tx) => inbox.delete(tx, row.id));
    else if (row.state === 'understood') await act(row.id, reading.message, turn);
    else await understand(row.id, reading.message, turn);
  }

  /** After a command that has to wait, its words may mean something else. */
  const isOfCommandChat = (reading: Reading): boolean =>
    (reading.kind === 'message' || reading.kind === 'sealed') &&
    isInCommandChat(account, chat, reading.message);

  /** The row ends with this unit, for the other engines too. */
  async function end(tx: Tx, inboxId: string, { names }: Pick<IncomingMessage, 'names'>): Promise<void> {
    await inbox.delete(tx, inboxId);
    tx.onDisk(() => turn.tell(names));
  }

  /** Unit two: the text becomes a command of ours, or an update of the bots that want it. */
  async function understand(inboxId: string, message: IncomingMessage, turn?: AbortSignal): Promise<void> {
    const command = await store.write(async (tx) => {
      if (!(await inbox.isOpen(tx, inboxId))) return undefined;
      const meaning = await meanings.of(tx, message);
      if (meaning.kind === 'command') {
        await inbox.keepCommand(tx, inboxId, { chosen: meaning.chosen });
        return { ...message, text: meaning.chosen ?? message.text };
      }
      // It may have come encrypted, and was decrypted while another engine acted.
      const told = message.isEncrypted ? sealedOnes.readable(message, meaning) : meaning;
      await meanings.tell(tx, message, told);
      await end(tx, inboxId, message);
      return undefined;
    });
    if (command) await act(inboxId, command, turn);
  }

  /** The same for one that came encrypted. */
  async function unseal(row: SealedInboxRow, sealed: SealedMessage, turn?: AbortSignal): Promise<void> {
    await secrets.prepare(sealed);
    const found = await store.write(async (tx) =>
      (await inbox.isOpen(tx, row.id)) ? sealedOnes.understand(tx, row, sealed) : undefined,
    );
    if (!found) return;
    if ('command' in found) await act(row.id, found.command, turn);
    else await sealedOnes.mend(row, sealed, found.trouble);
  }

  /** Unit three, or a place in the queue, where commands keep their order while one of them asks somebody far away. */
  async function act(inboxId: string, message: IncomingMessage, turn?: AbortSignal): Promise<void> {
    const place = acts.placeOf(message);
    if (clock.now() - message.sentAt > COMMAND_FRESH_MS) collectLate({ inboxId, message });
    else if (turn === undefined && (isInQueue(place) || queue.isBusy))
      queue.add(inboxId, (signal) => act(inboxId, message, signal));
    else if (place === 'beside') slow.begin(inboxId, (signal) => acts.run(inboxId, message, signal));
    else if (place === 'holding') await queue.hold(() => acts.run(inboxId, message, turn));
    else await acts.run(inboxId, message, place === 'queued' ? turn : undefined);
  }

  /** Messages that another engine took care of: ours are done too, and copies of them that come later. */
  async function done(tx: Tx, names: readonly string[]): Promise<void> {
    await inbox.seen.note(tx, account.id, names, clock.now());
    for (const id of await inbox.seen.inboxIds(tx, account.id, names)) {
      const row = log && (await inbox.find(tx, id));
      const reading = row && reads(row);
      if (reading?.kind === 'sealed') await sealedOnes.showDone(tx, reading.message);
      await inbox.delete(tx, id);
      looker.forget(id);
    }
  }

  /** A row that stands by, for the window. */
  async function look(row: SealedInboxRow): Promise<void> {
    const reading = reads(row);
    if (reading?.kind !== 'sealed') return;
    await secrets.prepare(reading.message);
    await sealedOnes.look(row, reading.message);
  }
  /** What it says, or that it is broken: its work says so. */
  function reads(row: SealedInboxRow): Reading | undefined {
    try {
      return readRow(row);
    } catch {
      return undefined;
    }
  }

  /** What cannot be understood at once must not be lost: it waits in the inbox, where it is tried again. */
  async function keep(stanza: Element, message: IncomingMessage, way: Way): Promise<void> {
    try {
      await store.write((tx) => receive(tx, stanza, message, { way }));
    } catch (error) {
      if (error instanceof DomainError) throw error;
      logger.error({ err: error, account: account.jid }, 'a message could not be understood at once');
      await store.write((tx) => receive(tx, stanza, message, { way, isToWait: true }));
    }
  }

  /** Stores what concerns us, or notes the news of a message that was sent. */
  async function take(stanza: Element, reading: Reading, way: Way): Promise<void> {
    if (reading.kind === 'bounce' || reading.kind === 'receipt') {
      const state = reading.kind === 'bounce' ? 'failed' : reading.state;
      const reason = reading.kind === 'bounce' ? reading.reason : undefined;
      const news = { reason, from: reading.from, accountId: account.id };
      await store.write(async (tx) => {
        await outbox.settle(tx, reading.id, state, news);
        if (reading.kind === 'receipt') await log?.receipt(tx, account, reading);
      });
    } else if (reading.kind === 'ignored') {
      if (!chat.isPartnerOnly)
        logger.debug({ account: account.jid, why: reading.why }, 'a message was left alone');
    } else if (chat.isPartnerOnly && reading.message.from !== chat.partner) {
      // Of anybody else there is no trace.
    } else if (reading.kind === 'sealed') {
      await store.write((tx) => sealedOnes.receive(tx, stanza, reading.message, way));
    } else if (!chat.takesPlain() && SAYING.has(reading.message.kind)) {
      if (!reading.message.isGenerated) await store.write(secrets.wantEncryption);
    } else {
      await keep(stanza, reading.message, way);
    }
  }

  return {
    /**
     * Handles one message stanza of the session; resolves when it is stored, or does not concern us. While the archive
     * is being read, what is new waits behind what is old.
     */
    async handle(stanza: Element): Promise<void> {
      const receivedAt = clock.now();
      const isHeldBack = !archive.isCaughtUp;
      const reading = readMessage(stanza, account.jid, receivedAt);
      const taken = take(stanza, reading, isHeldBack ? 'held back' : 'live');
      const archiveId = stanzaIdBy(stanza, account.jid);
      // Only when all before it is stored too: what could not be stored is read from the archive later.
      const all = Promise.all([stored, taken]).then(() => {
        if (archiveId !== undefined && !isHeldBack) archive.reached({ archiveId, atMs: receivedAt });
      });
      stored = all;
      all.catch(() => {
        if (stored === all) stored = Promise.resolve();
      });
      await taken;
    },

    /** Handles one message of the archive: what the stream brought already is recognised. */
    handleArchived: (found: ArchivedMessage) =>
      take(found.message, readArchived(found, account.jid), 'archive'),

    /**
     * Something that was typed in our window, in the unit that sends it: to all else it is a message of another client. Its
     * copies, which servers and other engines bring, are known by its name.
     */
    async typed(tx: Tx, message: ComposedMessage, isEncrypted: boolean): Promise<void> {
      const { id, to } = message;
      const stanza = parse(message.stanza);
      stanza.attrs.from = account.jid;
      const inboxId = inbox.newId();
      const receivedAt = clock.now();
      const names = [originName(account.jid, id)];
      const references = message.originalId === undefined ? [referenceName(account.jid, id)] : [];
      const place = { seenAt: receivedAt, inboxId };
      if (!(await inbox.seen.remember(tx, account.id, { names, references }, place))) return;
      if (!isEncrypted && message.kind === 'message' && to !== account.jid)
        await secrets.notePlain(tx, { kind: 'message', from: account.jid, to });
      await inbox.insert(
        tx,
        {
          accountId: account.id,
          state: archive.isCaughtUp ? 'received' : 'held',
          content: stanza.toString(),
          receivedAt,
          sentAt: receivedAt,
          wasEncrypted: isEncrypted,
        },
        inboxId,
      );
      tx.afterCommit(runner.wake);
    },

    /** The archive is read: what was held back goes on, in order. */
    async release(): Promise<void> {
      await store.write(async (tx) => {
        await inbox.release(tx, account.id);
        await secrets.settleWaiting(tx);
        await log?.placed(tx, account);
      });
      runner.wake();
      // Nothing waits for that.
      void newDevices.tell();
    },

    /** Takes up what a stopped engine left between two units. */
    start: () => runner.wake(),

    /** A device was approved, or is no longer trusted: its commands go on, or are forgotten. */
    async trustChanged(): Promise<void> {
      await store.write(secrets.settleWaiting);
      runner.wake();
    },

    /** The partner has new devices. */
    async devicesAdded({ jid }: { jid: BareJid }): Promise<void> {
      if (jid === chat.partner) await newDevices.tell();
    },

    /** Another engine of the account has taken care of the messages of these names. */
    async markDone(names: readonly string[]): Promise<void> {
      await looker.idle();
      await store.write((tx) => done(tx, names));
    },

    /** Another engine of the account acts: what came encrypted is shown here all the same. */
    standBy: (): void => {
      if (log) looker.wake();
    },

    /** Waits for what is under way, then resolves with the names of what this engine has taken care of lately. */
    async handled(limit: number): Promise<string[]> {
      await runner.idle();
      await queue.end();
      await slow.end();
      // Units are committed in order: behind this one none is left that began in our turn.
      await store.write(async () => undefined);
      return inbox.seen.doneSince(account.id, clock.now() - UPDATE_FRESH_MS, limit);
    },

    async close(): Promise<void> {
      await scope.close();
      await runner.idle();
      await queue.end();
      await slow.end();
      await looker.idle();
    },
  };
}
export type InboundPipeline = ReturnType<typeof inboundPipeline>;
