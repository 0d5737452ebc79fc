import type { Element } from '@xmpp/xml';
import { parse } from 'ltx';
import { DomainError } from '../../../src-shared/errors.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { ArchivedMessage } from '../../gateways/xmpp/xep-0313-archive.ts';
import { stanzaIdBy } from '../../gateways/xmpp/xep-0359-stanza-ids.ts';
import type { Account } from '../../store/account-repository.ts';
import type { InboxRepository } from '../../store/inbox-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { UpdateService } from '../updates/update-service.ts';
import { composeChat } from './compose.ts';
import type { Outbox } from './outbox.ts';
import { type IncomingMessage, type Reading, readArchived, readMessage } from './read-message.ts';

/** What the chat edge does for the engine: it is handed in at start, the engine imports no edge. */
export interface CommandRunner {
  /** True for the name (without the slash) of a built-in command of the self-chat. */
  has(name: string): boolean;
  /** Runs a command in the unit and returns its answer. A DomainError undoes what it did. */
  run(tx: Tx, owner: Account, text: string): Promise<string>;
  /** The answer to a refused command. */
  describe(error: DomainError): string;
  /** The one line for a slash text that nobody takes. */
  unknown(text: string): string;
  /** One notice for commands that came too late to run. */
  tooLate(texts: readonly string[]): string;
}

interface InboundDeps {
  store: Store;
  inbox: InboxRepository;
  outbox: Outbox;
  bots: BotService;
  updates: UpdateService;
  commands: CommandRunner;
  archive: ArchiveProgress;
  clock: Clock;
  logger: Logger;
}

/** How far the account's archive is read (archive-catch-up.ts). */
export interface ArchiveProgress {
  /** False from the moment a session is lost until the archive has told what was missed. */
  readonly isCaughtUp: boolean;
  /** Everything up to this message is stored or does not concern us. */
  reached(position: { archiveId: string; atMs: number }): void;
}

/** A command that waited longer does not run: the person has moved on, or does not expect it any more. */
const COMMAND_FRESH_MS = 2 * 60 * 1_000;
/** Text older than that is no news to a program any more. */
const UPDATE_FRESH_MS = 24 * 60 * 60 * 1_000;
const LATE_COLLECTED_MS = 2_000;

interface Command {
  inboxId: string;
  text: string;
  sentAt: number;
}

const commandName = (text: string): string | undefined => /^\/(\S+)/.exec(text)?.[1]?.toLowerCase();

/**
 * An account's incoming messages in three units, each one write (house style, "stages"): receive stores the raw
 * stanza, understand turns it into an update or a command, act runs the command together with its answer.
 */
export function inboundPipeline(account: Account, deps: InboundDeps) {
  const { store, inbox, outbox, bots, updates, commands, archive, clock, logger } = deps;
  const scope = new Scope();
  let late: Command[] = [];
  const heldBack: { inboxId: string; message: IncomingMessage }[] = [];

  /** Only the self-chat concerns a personal bot; everything else is dropped before it is stored. */
  const isSelfChat = ({ from, to }: IncomingMessage) => from === account.jid && to === account.jid;

  /** Unit one. False: a copy of a message that is known, or one of our own. */
  async function receive(tx: Tx, stanza: Element, message: IncomingMessage, receivedAt: number) {
    if (message.isGenerated || (await outbox.isOurs(tx, account.id, message.stanzaId))) return undefined;
    const isNew =
      message.names.length === 0 || (await inbox.remember(tx, account.id, message.names, receivedAt));
    if (!isNew) return undefined;
    return inbox.insert(tx, {
      accountId: account.id,
      content: stanza.toString(),
      receivedAt,
      sentAt: message.sentAt,
    });
  }

  /** Unit two: the text becomes a command of ours, or an update of the selected bot. */
  async function understand(inboxId: string, message: IncomingMessage): Promise<Command | undefined> {
    const { text, sentAt } = message;
    const name = commandName(text);
    return store.write(async (tx) => {
      const bot = await bots.selectedOf(account.jid, tx);
      if (name !== undefined && (commands.has(name) || !bot)) {
        await inbox.keepCommand(tx, inboxId, text);
        return { inboxId, text, sentAt };
      }
      if (bot && clock.now() - sentAt < UPDATE_FRESH_MS) {
        await updates.queue(tx, bot.id, {
          type: 'message',
          conversation: message.from,
          data: updateOf(message, name),
        });
      }
      await inbox.delete(tx, inboxId);
      return undefined;
    });
  }

  /** Unit three: the command's changes, its answer, and the end of its row. */
  async function act(command: Command): Promise<void> {
    if (clock.now() - command.sentAt > COMMAND_FRESH_MS) return collectLate(command);
    const answer = (reply: (tx: Tx) => Promise<string>) =>
      store.write(async (tx) => {
        if (!(await inbox.isOpen(tx, command.inboxId))) return;
        await inbox.delete(tx, command.inboxId);
        await say(tx, await reply(tx));
      });
    const name = commandName(command.text) ?? '';
    try {
      await answer(async (tx) =>
        commands.has(name) ? commands.run(tx, account, command.text) : commands.unknown(command.text),
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await answer(async () => commands.describe(error));
    }
  }

  const say = (tx: Tx, text: string) =>
    outbox.put(tx, { accountId: account.id, botId: null }, composeChat(account.jid, account.jid, text));

  /** Commands that come late usually come together: one notice lists them. */
  function collectLate(command: Command): void {
    late.push(command);
    if (late.length > 1) return;
    clock.after(scope, LATE_COLLECTED_MS, () => {
      const listed = late;
      late = [];
      store
        .write(async (tx) => {
          for (const { inboxId } of listed) await inbox.delete(tx, inboxId);
          await say(tx, commands.tooLate(listed.map(({ text }) => text)));
        })
        .catch(report);
    });
  }

  const report = (error: unknown) => {
    if (!scope.isClosed)
      logger.error({ err: error, account: account.jid }, 'a message could not be processed');
  };

  async function finish(inboxId: string, message: IncomingMessage): Promise<void> {
    const command = await understand(inboxId, message);
    if (command) await act(command);
  }

  /** Receives what concerns us and hands it on, or holds it back until the archive is read. */
  async function take(
    stanza: Element,
    reading: Reading,
    receivedAt: number,
    isHeldBack: boolean,
  ): Promise<void> {
    if (reading.kind === 'bounce' || reading.kind === 'receipt') {
      const state = reading.kind === 'bounce' ? 'failed' : reading.state;
      const reason = reading.kind === 'bounce' ? reading.reason : undefined;
      await store.write((tx) => outbox.settle(tx, reading.id, state, { reason, from: reading.from }));
      return;
    }
    if (reading.kind === 'ignored') {
      logger.debug({ account: account.jid, why: reading.why }, 'a message was left alone');
      return;
    }
    const { message } = reading;
    if (!isSelfChat(message)) return;
    const inboxId = await store.write((tx) => receive(tx, stanza, message, receivedAt));
    if (inboxId === undefined) return;
    if (isHeldBack) heldBack.push({ inboxId, message });
    else finish(inboxId, message).catch(report);
  }

  return {
    /**
     * Handles one message stanza of the session; resolves when it is stored, or does not concern us. While the archive
     * is being read, what is new waits behind what is old.
     */
    async handle(stanza: Element): Promise<void> {
      const receivedAt = clock.now();
      const isHeldBack = !archive.isCaughtUp;
      await take(stanza, readMessage(stanza, account.jid, receivedAt), receivedAt, isHeldBack);
      const archiveId = stanzaIdBy(stanza, account.jid);
      if (archiveId !== undefined && !isHeldBack) archive.reached({ archiveId, atMs: receivedAt });
    },

    /** Handles one message of the archive: what the stream brought already is recognised. */
    async handleArchived(found: ArchivedMessage): Promise<void> {
      await take(found.message, readArchived(found, account.jid), clock.now(), false);
    },

    /** The archive is read: what was held back goes on, in order. */
    release(): void {
      for (const { inboxId, message } of heldBack.splice(0)) finish(inboxId, message).catch(report);
    },

    /** Takes up what a stopped engine left between two units. */
    async recover(): Promise<void> {
      for (const row of await inbox.all(account.id)) {
        if (row.state === 'understood') {
          await act({ inboxId: row.id, text: row.content, sentAt: row.sentAt }).catch(report);
          continue;
        }
        const reading = readMessage(parse(row.content), account.jid, row.receivedAt);
        if (reading.kind === 'message') await finish(row.id, reading.message).catch(report);
        else await store.write((tx) => inbox.delete(tx, row.id));
      }
    },

    close: () => scope.close(),
  };
}
export type InboundPipeline = ReturnType<typeof inboundPipeline>;

/** `data` of an update, as programs get it (contract, section 7, "Updates"). */
function updateOf(message: IncomingMessage, command: string | undefined): Record<string, unknown> {
  const { from, to, text, id, resource, stanzaId, sentAt } = message;
  return {
    from,
    to,
    body: text,
    type: 'chat',
    stanza_id: stanzaId,
    timestamp: Math.floor(sentAt / 1_000),
    ...(id && { id }),
    ...(resource && { resource }),
    ...(command && { command, args: text.slice(command.length + 1).trim() }),
  };
}
