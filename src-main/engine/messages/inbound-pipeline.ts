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
import type { BotService } from '../bots/bot-service.ts';
import type { UpdateService } from '../updates/update-service.ts';
import { composeChat } from './compose.ts';
import { inboxRunner } from './inbox-runner.ts';
import type { Outbox } from './outbox.ts';
import { type IncomingMessage, type Reading, readArchived, readMessage } from './read-message.ts';

/** What the chat edge does for the engine: it is handed in at start, the engine imports no edge. */
export interface CommandRunner {
  /** True for the name (without the slash) of a built-in command of the self-chat. */
  has(name: string): boolean;
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

const commandName = (text: string): string | undefined => /^\/(\S+)/.exec(text)?.[1]?.toLowerCase();

/**
 * An account's incoming messages in three units, each one write (house style, "stages"): receive stores the raw
 * stanza, understand turns it into an update or a command, act runs the command together with its answer.
 */
export function inboundPipeline(account: Account, deps: InboundDeps) {
  const { store, inbox, outbox, bots, updates, commands, archive, clock, logger } = deps;
  const scope = new Scope();
  /** Commands that came late, until one notice lists them. */
  let late: { inboxId: string; text: string }[] = [];
  const runner = inboxRunner({ account, inbox, clock, logger, scope, work });

  /** Only the self-chat concerns a personal bot; everything else is dropped before it is stored. */
  const isSelfChat = ({ from, to }: IncomingMessage) => from === account.jid && to === account.jid;

  /** Unit one. Nothing for a copy of a message that is known, or for one of our own. */
  async function receive(
    tx: Tx,
    stanza: Element,
    message: IncomingMessage,
    isHeldBack: boolean,
  ): Promise<void> {
    if (message.isGenerated || (await outbox.isOurs(tx, account.id, message.stanzaId))) return;
    const receivedAt = clock.now();
    const isNew =
      message.names.length === 0 || (await inbox.remember(tx, account.id, message.names, receivedAt));
    if (!isNew) return;
    await inbox.insert(tx, {
      accountId: account.id,
      state: isHeldBack ? 'held' : 'received',
      content: stanza.toString(),
      receivedAt,
      sentAt: message.sentAt,
    });
    tx.afterCommit(runner.wake);
  }

  /** One row of the inbox, oldest first. */
  async function work(row: SealedInboxRow): Promise<void> {
    if (row.state === 'understood') return act(row.id, row.content(), row.sentAt);
    const reading = readMessage(parse(row.content()), account.jid, row.sentAt);
    if (reading.kind === 'message') return understand(row.id, { ...reading.message, sentAt: row.sentAt });
    await store.write((tx) => inbox.delete(tx, row.id));
  }

  /** Unit two: the text becomes a command of ours, or an update of the selected bot. */
  async function understand(inboxId: string, message: IncomingMessage): Promise<void> {
    const { text, sentAt } = message;
    const name = commandName(text);
    const isCommand = await store.write(async (tx) => {
      if (!(await inbox.isOpen(tx, inboxId))) return false;
      const bot = await bots.selectedOf(account.jid, tx);
      if (name !== undefined && (commands.has(name) || !bot)) {
        await inbox.keepCommand(tx, inboxId, text);
        return true;
      }
      if (bot && clock.now() - sentAt < UPDATE_FRESH_MS) {
        const data = updateOf(message, name);
        await updates.queue(tx, bot.id, { type: 'message', conversation: message.from, data });
      }
      await inbox.delete(tx, inboxId);
      return false;
    });
    if (isCommand) await act(inboxId, text, sentAt);
  }

  /** Unit three: the command's changes, its answer, and the end of its row. */
  async function act(inboxId: string, text: string, sentAt: number): Promise<void> {
    if (clock.now() - sentAt > COMMAND_FRESH_MS) return collectLate(inboxId, text);
    const answer = (reply: (tx: Tx) => Promise<string>) =>
      store.write(async (tx) => {
        if (!(await inbox.isOpen(tx, inboxId))) return;
        await inbox.delete(tx, inboxId);
        await say(tx, await reply(tx));
      });
    const name = commandName(text) ?? '';
    try {
      await answer(async (tx) =>
        commands.has(name) ? commands.run(tx, account, text) : commands.unknown(tx, account, text),
      );
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await answer((tx) => commands.refused(tx, account, text, error));
    }
  }

  const say = (tx: Tx, text: string) =>
    outbox.put(
      tx,
      { accountId: account.id, botId: null },
      composeChat(account.jid, account.jid, text, { isPlain: true }),
    );

  /** Commands that come late usually come together: one notice lists them. */
  function collectLate(inboxId: string, text: string): void {
    runner.setAside(inboxId);
    late.push({ inboxId, text });
    if (late.length > 1) return;
    clock.after(scope, LATE_COLLECTED_MS, () => {
      const listed = late;
      late = [];
      const told = store.write(async (tx) => {
        for (const command of listed) await inbox.delete(tx, command.inboxId);
        const texts = listed.map((command) => command.text);
        await say(tx, await commands.tooLate(tx, account, texts));
      });
      told
        .catch((error: unknown) =>
          logger.error({ err: error, account: account.jid }, 'late commands were not told'),
        )
        .finally(() => {
          for (const command of listed) runner.takeBack(command.inboxId);
        });
    });
  }

  /** Stores what concerns us, or notes the news of a message that was sent. */
  async function take(stanza: Element, reading: Reading, isHeldBack: boolean): Promise<void> {
    if (reading.kind === 'bounce' || reading.kind === 'receipt') {
      const state = reading.kind === 'bounce' ? 'failed' : reading.state;
      const reason = reading.kind === 'bounce' ? reading.reason : undefined;
      const news = { reason, from: reading.from, accountId: account.id };
      await store.write((tx) => outbox.settle(tx, reading.id, state, news));
    } else if (reading.kind === 'ignored') {
      logger.debug({ account: account.jid, why: reading.why }, 'a message was left alone');
    } else if (isSelfChat(reading.message)) {
      await store.write((tx) => receive(tx, stanza, reading.message, isHeldBack));
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
      await take(stanza, readMessage(stanza, account.jid, receivedAt), isHeldBack);
      const archiveId = stanzaIdBy(stanza, account.jid);
      if (archiveId !== undefined && !isHeldBack) archive.reached({ archiveId, atMs: receivedAt });
    },

    /** Handles one message of the archive: what the stream brought already is recognised. */
    handleArchived: (found: ArchivedMessage) => take(found.message, readArchived(found, account.jid), false),

    /** The archive is read: what was held back goes on, in order. */
    async release(): Promise<void> {
      await store.write((tx) => inbox.release(tx, account.id));
      runner.wake();
    },

    /** Takes up what a stopped engine left between two units. */
    start: () => runner.wake(),

    async close(): Promise<void> {
      await scope.close();
      await runner.close();
    },
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
