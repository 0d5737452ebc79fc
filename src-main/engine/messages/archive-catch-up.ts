import { type Clock, pause } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { fullJitterMs } from '../../base/retry.ts';
import { Scope } from '../../base/scope.ts';
import { type Session, SessionLost, StanzaError } from '../../gateways/xmpp/session.ts';
import { accountFeatures } from '../../gateways/xmpp/xep-0030-disco-query.ts';
import {
  type ArchivedMessage,
  NS_ARCHIVE,
  newestArchived,
  queryArchive,
} from '../../gateways/xmpp/xep-0313-archive.ts';
import { NS_STANZA_ID } from '../../gateways/xmpp/xep-0359-stanza-ids.ts';
import type { Account, AccountRepository, ArchivePosition } from '../../store/account-repository.ts';
import type { Store } from '../../store/open.ts';
import { type ArchiveProgress, COMMAND_FRESH_MS, type EngineTurn } from './inbound-roles.ts';
import { isAnswer } from './read-message.ts';
import { settledPosition } from './settled-position.ts';

interface ArchiveCatchUpDeps {
  account: Account;
  session: Session;
  accounts: AccountRepository;
  store: Store;
  turn: EngineTurn;
  clock: Clock;
  logger: Logger;
}

/** What the catch-up drives: the pipeline of the same account. */
interface Pipeline {
  handleArchived(message: ArchivedMessage): Promise<void>;
  release(): Promise<void>;
}

const PAGE = 50;
/** Where a position is looked for by time: our clock and the server's need not agree. */
const CLOCKS_DIFFER_MS = 10 * 60_000;
const ATTEMPTS = 4;
/** So many pages of answers at most: a chat with oneself has no more in two minutes. */
const ANSWER_PAGES = 10;
const RETRY = { baseMs: 2_000, capMs: 20_000 };
/** What could not be read while everything waited for it is tried again after these, with nothing that waits. */
const LATER_MS = [60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000];

/**
 * Reads what the archive (XEP-0313) kept while no session was there, or another engine of the account acted, from the last
 * committed position. Until that is done the pipeline holds back what the stream brings, so that order is kept. The
 * first sign-in starts at now.
 */
export function archiveCatchUp({
  account,
  session,
  accounts,
  store,
  turn,
  clock,
  logger,
}: ArchiveCatchUpDeps) {
  const scope = new Scope();
  let isCaughtUp = false;
  /** False after a failed catch-up: the position stays before the gap, for the next session to read. */
  let mayAdvance = false;
  /** Whether the server keeps others from writing ids in its name (XEP-0359, 5): one of those would move the position. */
  let hasTrueIds = false;
  /** Counts sessions: a catch-up of an earlier one ends without effect. */
  let generation = 0;
  /** The start of the session, when the first sign-in has to note where it begins. */
  let begun: Promise<void> = Promise.resolve();

  const note = (position: ArchivePosition) =>
    store.write((tx) => accounts.setArchivePosition(tx, account.id, position));

  const settled = settledPosition({ clock, scope, note: (position) => void note(position).catch(report) });

  /** From the first message on that came after the account was signed in here. */
  async function startAtNow(): Promise<void> {
    const newest = await newestArchived(session);
    await note({ archiveId: newest?.archiveId, atMs: newest?.stampMs ?? clock.now() });
  }

  /** The page behind a position; by time where the archive no longer has that message. */
  async function pageAfter({ archiveId, atMs }: ArchivePosition) {
    // Not before the account was here: what was said then is none of ours.
    const start = Math.max(atMs - CLOCKS_DIFFER_MS, Math.min(atMs, account.createdAt));
    const byTime = () => queryArchive(session, { start, max: PAGE });
    if (archiveId === undefined) return byTime();
    try {
      return await queryArchive(session, { after: archiveId, max: PAGE });
    } catch (error) {
      if (error instanceof StanzaError && error.condition === 'item-not-found') return byTime();
      throw error;
    }
  }

  /** The first sign-in begins now, whichever engine acts. */
  async function ensurePosition(): Promise<void> {
    if (await accounts.archivePosition(account.id)) return;
    if ((await accountFeatures(session)).has(NS_ARCHIVE)) await startAtNow();
  }

  /**
   * What other engines have answered lately is done, before it is read what there is to do. Resolves with the ids of the
   * archive that came by in its order.
   */
  async function readAnswers(pipeline: Pipeline, isCurrent: () => boolean): Promise<string[]> {
    let after: string | undefined;
    const start = clock.now() - COMMAND_FRESH_MS;
    const passed: string[] = [];
    for (let pages = 0; pages < ANSWER_PAGES && isCurrent(); pages += 1) {
      const from = after === undefined ? { start } : { start, after };
      const page = await queryArchive(session, { with: account.jid, max: PAGE, ...from });
      const answers = page.messages.filter(({ message }) => isAnswer(message));
      await Promise.all(answers.map((message) => pipeline.handleArchived(message)));
      passed.push(...page.messages.map(({ archiveId }) => archiveId));
      if (page.isComplete || page.last === undefined || page.last === after) break;
      after = page.last;
    }
    return passed;
  }

  /** False where there was an archive before, and none is offered now: a server that has just started may be about to. */
  async function read(pipeline: Pipeline, isCurrent: () => boolean): Promise<boolean> {
    await begun;
    const features = await accountFeatures(session);
    hasTrueIds = features.has(NS_STANZA_ID);
    let position = await accounts.archivePosition(account.id);
    if (!features.has(NS_ARCHIVE)) return position === undefined;
    if (!position) {
      await startAtNow();
      return true;
    }
    // A bot's account has no other engine, and no chat with itself.
    const passed = account.botId === undefined ? await readAnswers(pipeline, isCurrent) : [];
    // ejabberd 23.01 was seen to say that nothing is behind a position, right after it had shown what is.
    const begins = position.archiveId === undefined ? -1 : passed.indexOf(position.archiveId);
    const owed = new Set(begins < 0 ? [] : passed.slice(begins + 1));
    let total = 0;
    while (isCurrent()) {
      const page = await pageAfter(position);
      await Promise.all(page.messages.map((message) => pipeline.handleArchived(message)));
      total += page.messages.length;
      for (const { archiveId } of page.messages) owed.delete(archiveId);
      // A page may hold nothing that can be read: its end is told apart.
      const archiveId: string | undefined = page.last ?? page.messages.at(-1)?.archiveId;
      const hasAdvanced = archiveId !== undefined && archiveId !== position.archiveId;
      if (hasAdvanced) {
        position = { archiveId, atMs: page.messages.at(-1)?.stampMs ?? position.atMs };
        await note(position);
      }
      // Without the second condition a server that gives the same page again would be asked for ever.
      if (page.isComplete || !hasAdvanced) break;
    }
    if (owed.size > 0 && isCurrent()) throw new Error(`the archive kept ${owed.size} of its messages back`);
    if (total > 0) logger.info({ account: account.jid, messages: total }, 'archive was read');
    return true;
  }

  /** What could not be read in time comes late, and behind newer messages; but it comes. */
  async function readLater(pipeline: Pipeline, isCurrent: () => boolean): Promise<void> {
    for (let attempt = 0; isCurrent(); attempt += 1) {
      await pause(clock, scope, LATER_MS[Math.min(attempt, LATER_MS.length - 1)] ?? 0);
      if (!isCurrent()) return;
      try {
        if (!(await read(pipeline, isCurrent))) continue;
        mayAdvance = isCurrent() && hasTrueIds;
        return;
      } catch (error) {
        if (error instanceof SessionLost || !isCurrent()) return;
        logger.warn({ err: error, account: account.jid }, 'archive could not be read later either');
      }
    }
  }

  async function catchUp(pipeline: Pipeline): Promise<void> {
    generation += 1;
    const own = generation;
    const isCurrent = () => own === generation && turn.isActing && !scope.isClosed;
    isCaughtUp = false;
    mayAdvance = false;
    settled.forget();
    let isRead = false;
    for (let attempt = 1; isCurrent(); attempt += 1) {
      try {
        isRead = await read(pipeline, isCurrent);
        mayAdvance = isRead && isCurrent() && hasTrueIds;
        break;
      } catch (error) {
        if (error instanceof SessionLost || !isCurrent()) return;
        logger.warn({ err: error, account: account.jid, attempt }, 'archive could not be read');
        // Better late messages later still than new ones never answered.
        if (attempt === ATTEMPTS) break;
        await pauseBefore(attempt);
      }
    }
    for (let attempt = 1; isCurrent(); attempt += 1) {
      isCaughtUp = true;
      try {
        await pipeline.release();
        if (!isRead) await readLater(pipeline, isCurrent);
        return;
      } catch (error) {
        // What is held back may not be overtaken, nor forgotten.
        isCaughtUp = false;
        logger.error({ err: error, account: account.jid }, 'what was held back could not be released');
        await pauseBefore(attempt);
      }
    }
  }

  const pauseBefore = (attempt: number) => pause(clock, scope, fullJitterMs(attempt, RETRY));

  const progress: ArchiveProgress = {
    get isCaughtUp() {
      // What comes while a session is being made may be behind a gap, or be a resumption: that shows when it is ready.
      return isCaughtUp && session.state === 'online' && turn.isActing;
    },
    reached(position) {
      if (mayAdvance) settled.reached(position);
    },
  };
  const report = (error: unknown) =>
    logger.error({ err: error, account: account.jid }, 'the archive position could not be stored');

  return {
    progress,
    /** Notes where the first sign-in begins. The session may be online already. */
    start(): void {
      const begin = () => {
        begun = ensurePosition().catch((error: unknown) => {
          if (!(error instanceof SessionLost)) report(error);
        });
      };
      scope.add(session.onReady(begin));
      if (session.state === 'online') begin();
    },
    /**
     * This engine acts from now on, or its session is back: after resumptions too, for ejabberd 23.01 was seen to lose a
     * message on the way into a resumed stream, while its archive had it.
     */
    begin: (pipeline: Pipeline): void => void catchUp(pipeline).catch(report),
    /** Another engine acts: what comes is held back. */
    async end(): Promise<void> {
      generation += 1;
      isCaughtUp = false;
      mayAdvance = false;
      settled.forget();
    },
    close: (): Promise<void> => scope.close(),
  };
}
