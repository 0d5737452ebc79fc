import type { Element } from '@xmpp/xml';
import { parse } from 'ltx';
import { DomainError } from '../../../src-shared/errors.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { ArchivedMessage } from '../../gateways/xmpp/xep-0313-archive.ts';
import { stanzaIdBy } from '../../gateways/xmpp/xep-0359-stanza-ids.ts';
import type { Account } from '../../store/account-repository.ts';
import type { InboxRepository, SealedInboxRow } from '../../store/inbox-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { messageData } from '../updates/update-data.ts';
import type { UpdateService } from '../updates/update-service.ts';
import { asksFor } from '../updates/wanted-types.ts';
import type { Audience } from './audience.ts';
import { composeChat } from './compose.ts';
import { inboxRunner } from './inbox-runner.ts';
import { type LateCommand, lateCommands } from './late-commands.ts';
import type { Outbox } from './outbox.ts';
import {
  type IncomingMessage,
  type Reading,
  readArchived,
  readMessage,
  referenceName,
} from './read-message.ts';

/** What the chat edge does for the engine: it is handed in at start, the engine imports no edge. */
export interface CommandRunner {
  /** True for the name (without the slash) of a built-in command of the self-chat. */
  has(name: string): boolean;
  /** True for a name that is probably a built-in command, mistyped. */
  resembles(name: string): boolean;
  /** Runs a command in the unit and returns its answer. A DomainError undoes what it did. */
  run(tx: Tx, owner: Account, text: string): Promise<string>;
  /** The answer to a refused command, which is noted in the audit log. */
  refused(tx: Tx, owner: Account, text: string, error: DomainError): Promise<string>;
  /** The one line for a slash text that nobody takes. */
  unknown(tx: Tx, owner: Account, text: string): Promise<string>;
  /** One notice for commands that came too late to run. */
  tooLate(tx: Tx, owner: Account, texts: readonly string[]): Promise<string>;
}

interface InboundDeps {
  store: Store;
  inbox: InboxRepository;
  outbox: Outbox;
  audience: Audience;
  updates: UpdateService;
  commands: CommandRunner;
  archive: ArchiveProgress;
  turn: EngineTurn;
  /** Confirms, if that is right, that a message arrived which somebody's bot gets. */
  confirm?: (stanza: Element) => void;
  clock: Clock;
  logger: Logger;
}

/** How far the account's archive is read (archive-catch-up.ts). */
export interface ArchiveProgress {
  /** False from the moment a session is lost until the archive has told what was missed, and while others act. */
  readonly isCaughtUp: boolean;
  /** Everything up to this message is stored or does not concern us. */
  reached(position: { archiveId: string; atMs: number }): void;
}

/** Which engine of the account acts (engine-peers.ts). */
export interface EngineTurn {
  /** False while another one does, or that is not known yet: messages are stored, and nothing is done with them. */
  readonly isActing: boolean;
  /** Tells the other engines that the messages of these names are done. */
  tell(names: readonly string[]): void;
}

/** How a message came: held back while the archive is being read, or told by the archive itself. */
type Way = 'live' | 'held back' | 'archive';

/** More names of what is held back are not kept in memory. */
const HELD_KNOWN = 20_000;

/** A command that waited longer does not run: the person has moved on, or does not expect it any more. */
export const COMMAND_FRESH_MS = 2 * 60 * 1_000;
/** Text older than that is no news to a program any more. */
export const UPDATE_FRESH_MS = 24 * 60 * 60 * 1_000;

/** The slash command in a message to oneself. What changes or quotes another message commands nothing. */
function commandIn({ kind, text, replyTo }: IncomingMessage): { name: string; args: string } | undefined {
  if (kind !== 'message' || replyTo !== undefined) return undefined;
  const [, name, args] = /^\/(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), args: (args ?? '').trim() };
}

/**
 * An account's incoming messages in three units, each one write (house style, "stages"): receive stores the raw
 * stanza, understand turns it into updates or a command, act runs the command together with its answer.
 */
export function inboundPipeline(account: Account, deps: InboundDeps) {
  const { store, inbox, outbox, audience, updates, commands, archive, turn, confirm, clock, logger } = deps;
  const scope = new Scope();
  const mayWork = () => turn.isActing;
  const runner = inboxRunner({ account, inbox, clock, logger, scope, work, isAlone, mayWork });
  const collectLate = lateCommands({
    clock,
    scope,
    tell: tellLate,
    setAside: runner.setAside,
    takeBack(id) {
      runner.takeBack(id);
      // It is there still when the notice could not be stored.
      runner.wake();
    },
  });

  /** Inbox rows that are held back, by the names of their messages: the archive may tell their place. */
  const held = new Map<string, string>();
  /** Settles when everything that came so far is stored. */
  let stored: Promise<unknown> = Promise.resolve();

  const isSelfChat = ({ from, to }: IncomingMessage) => from === account.jid && to === account.jid;

  /** Only who wrote a message may change it; what was said before anybody listened is nothing to change. */
  async function isOwnToChange(tx: Tx, { kind, from, stanzaId }: IncomingMessage): Promise<boolean> {
    if (kind !== 'edited_message' && kind !== 'deleted_message') return true;
    if (from === account.jid && (await outbox.senderOf(tx, account.id, stanzaId))) return true;
    return inbox.hasSeen(tx, account.id, referenceName(from, stanzaId));
  }

  /** Texts in the self-chat may be commands; anything else is there for the bots that want it, and dropped without one. */
  async function concernsUs(tx: Tx, message: IncomingMessage): Promise<boolean> {
    if (isSelfChat(message) && message.kind === 'message') return true;
    if (!(await isOwnToChange(tx, message))) return false;
    const bots = await audience.of(tx, account, message);
    return bots.some((bot) => asksFor(bot, message.kind));
  }

  /** Unit one. Nothing for a copy of a message that is known, or for one of our own. */
  async function receive(tx: Tx, stanza: Element, message: IncomingMessage, way: Way): Promise<void> {
    if (await outbox.senderOf(tx, account.id, message.sentAs)) return;
    if (message.isGenerated) {
      // Another engine of the account has answered a command: nobody else has to.
      if (isSelfChat(message) && message.answers) await done(tx, [message.answers]);
      return;
    }
    if (!(await concernsUs(tx, message))) return;
    const receivedAt = clock.now();
    const { names, kind } = message;
    const isNew = names.length === 0 || (await inbox.remember(tx, account.id, names, receivedAt));
    if (!isNew) {
      if (way === 'archive') await takePlace(tx, names);
      return;
    }
    if (kind === 'message') await inbox.note(tx, account.id, message.referenceNames, receivedAt);
    const inboxId = await inbox.insert(tx, {
      accountId: account.id,
      state: way === 'held back' ? 'held' : 'received',
      content: stanza.toString(),
      receivedAt,
      sentAt: message.sentAt,
    });
    tx.afterCommit(() => {
      if (way === 'held back') hold(names, inboxId);
      runner.wake();
    });
    if (message.isDirect && message.from !== account.jid) tx.afterCommit(() => confirm?.(stanza));
  }

  function hold(names: readonly string[], inboxId: string): void {
    // So many wait only for another engine's end: then they go on in the order in which they came.
    if (held.size > HELD_KNOWN) held.clear();
    for (const name of names) held.set(name, inboxId);
  }

  /** The stream brought it already, after others: their place is here, behind what only the archive has. */
  async function takePlace(tx: Tx, names: readonly string[]): Promise<void> {
    const inboxId = names.map((name) => held.get(name)).find((id) => id !== undefined);
    if (inboxId === undefined) return;
    await inbox.releaseUpTo(tx, account.id, inboxId);
    for (const name of names) held.delete(name);
    tx.afterCommit(runner.wake);
  }

  const readRow = (row: SealedInboxRow): IncomingMessage | undefined => {
    const reading = readMessage(parse(row.content()), account.jid, row.sentAt);
    return reading.kind === 'message' ? { ...reading.message, sentAt: row.sentAt } : undefined;
  };

  /** A broken row has no names: it stands in nobody else's way. */
  function namesIn(row: SealedInboxRow): readonly string[] {
    try {
      return readRow(row)?.names ?? [];
    } catch {
      return [];
    }
  }

  /** After `/use` a text goes to another bot. */
  function isAlone(row: SealedInboxRow): boolean {
    try {
      const message = readRow(row);
      return message !== undefined && isSelfChat(message) && commandIn(message) !== undefined;
    } catch {
      // A broken row: its work says so.
      return false;
    }
  }

  /** One row of the inbox, oldest first. */
  async function work(row: SealedInboxRow): Promise<void> {
    const message = readRow(row);
    if (!message) await store.write((tx) => inbox.delete(tx, row.id));
    else if (row.state === 'understood') await act(row.id, message);
    else await understand(row.id, message);
  }

  /** The row ends with this unit, for the other engines too. */
  async function end(tx: Tx, inboxId: string, { names }: IncomingMessage): Promise<void> {
    await inbox.delete(tx, inboxId);
    tx.afterCommit(() => turn.tell(names));
  }

  /** Unit two: the text becomes a command of ours, or an update of the bots that want it. */
  async function understand(inboxId: string, message: IncomingMessage): Promise<void> {
    const command = isSelfChat(message) ? commandIn(message) : undefined;
    const isOurs = await store.write(async (tx) => {
      if (!(await inbox.isOpen(tx, inboxId))) return false;
      const isBuiltIn = command !== undefined && commands.has(command.name);
      const own = command && { name: command.name, isProbablyBuiltIn: commands.resembles(command.name) };
      const bots = isBuiltIn ? [] : await audience.of(tx, account, message, own);
      if (isBuiltIn || (command && bots.length === 0)) {
        await inbox.keepCommand(tx, inboxId);
        return true;
      }
      if (clock.now() - message.sentAt < UPDATE_FRESH_MS) {
        const conversation = message.from === account.jid ? message.to : message.from;
        const data = messageData(message, command);
        const takers = bots.filter((bot) => asksFor(bot, message.kind));
        for (const { id } of takers) await updates.queue(tx, id, { type: message.kind, conversation, data });
      }
      await end(tx, inboxId, message);
      return false;
    });
    if (isOurs) await act(inboxId, message);
  }

  /** Unit three: the command's changes, its answer, and the end of its row. */
  async function act(inboxId: string, message: IncomingMessage): Promise<void> {
    const { text, sentAt } = message;
    if (clock.now() - sentAt > COMMAND_FRESH_MS) return collectLate({ inboxId, message });
    const answer = (reply: (tx: Tx) => Promise<string>) =>
      store.write(async (tx) => {
        if (!(await inbox.isOpen(tx, inboxId))) return;
        await end(tx, inboxId, message);
        await say(tx, await reply(tx), message.names[0]);
      });
    try {
      await answer(async (tx) =>
        commands.has(commandIn(message)?.name ?? '')
          ? commands.run(tx, account, text)
          : commands.unknown(tx, account, text),
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await answer((tx) => commands.refused(tx, account, text, error));
    }
  }

  const say = (tx: Tx, text: string, handled?: string) =>
    outbox.put(
      tx,
      { accountId: account.id, botId: null },
      composeChat(account.jid, account.jid, text, { handled, isPlain: true }),
    );

  async function tellLate(late: readonly LateCommand[]): Promise<void> {
    // Another engine acts by now, and tells them itself.
    if (!turn.isActing) return;
    try {
      await store.write(async (tx) => {
        const open: LateCommand[] = [];
        for (const command of late) {
          if (await inbox.isOpen(tx, command.inboxId)) open.push(command);
        }
        for (const { inboxId, message } of open) await end(tx, inboxId, message);
        if (open.length === 0) return;
        const texts = open.map(({ message }) => message.text);
        await say(tx, await commands.tooLate(tx, account, texts));
      });
    } catch (error) {
      logger.error({ err: error, account: account.jid }, 'late commands were not told');
    }
  }

  /** Messages that another engine took care of: ours are done too, and copies of them that come later. */
  async function done(tx: Tx, names: readonly string[]): Promise<void> {
    await inbox.note(tx, account.id, names, clock.now());
    const isDone = new Set(names);
    for (const row of await inbox.open(account.id, tx)) {
      if (namesIn(row).some((name) => isDone.has(name))) await inbox.delete(tx, row.id);
    }
    for (const name of names) held.delete(name);
  }

  /** Stores what concerns us, or notes the news of a message that was sent. */
  async function take(stanza: Element, reading: Reading, way: Way): Promise<void> {
    if (reading.kind === 'bounce' || reading.kind === 'receipt') {
      const state = reading.kind === 'bounce' ? 'failed' : reading.state;
      const reason = reading.kind === 'bounce' ? reading.reason : undefined;
      const news = { reason, from: reading.from, accountId: account.id };
      await store.write((tx) => outbox.settle(tx, reading.id, state, news));
    } else if (reading.kind === 'ignored') {
      logger.debug({ account: account.jid, why: reading.why }, 'a message was left alone');
    } else {
      await store.write((tx) => receive(tx, stanza, reading.message, way));
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

    /** The archive is read: what was held back goes on, in order. */
    async release(): Promise<void> {
      await store.write((tx) => inbox.release(tx, account.id));
      held.clear();
      runner.wake();
    },

    /** Takes up what a stopped engine left between two units. */
    start: () => runner.wake(),

    /** Another engine of the account has taken care of the messages of these names. */
    markDone: (names: readonly string[]): Promise<void> => store.write((tx) => done(tx, names)),

    /** Waits for what is under way, then resolves with the names of what this engine has taken care of lately. */
    async handled(limit: number): Promise<string[]> {
      await runner.idle();
      const open = new Set((await inbox.open(account.id)).flatMap(namesIn));
      const seen = await inbox.seenSince(account.id, clock.now() - UPDATE_FRESH_MS, limit);
      return seen.filter((name) => !open.has(name));
    },

    async close(): Promise<void> {
      await scope.close();
      await runner.idle();
    },
  };
}
export type InboundPipeline = ReturnType<typeof inboundPipeline>;
