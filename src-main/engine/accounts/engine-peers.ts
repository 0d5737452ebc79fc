import { type BareJid, bareOf, type FullJid, fullJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import { attribute, type Element } from '../../gateways/xmpp/element.ts';
import { CAPS_NODE } from '../../gateways/xmpp/identity.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import { discoverInfo, discoverItems } from '../../gateways/xmpp/xep-0030-disco-query.ts';
import { readCaps } from '../../gateways/xmpp/xep-0115-caps.ts';
import type { EngineTurn } from '../messages/inbound-roles.ts';
import { marksIn, marksOf } from './peer-marks.ts';

/** What an engine announces that executes commands in the self-chat. */
export const COMMANDS_FEATURE = 'urn:botmother:commands:0';

interface EnginePeersDeps {
  account: { jid: BareJid };
  session: Session;
  clock: Clock;
  logger: Logger;
}

/** What the turn begins and ends for: the pipeline of the same account and what feeds it. */
export interface TurnWork {
  /** This engine acts from now on, or its session is back while it does. */
  begin(): void;
  /** Another one acts, which is known now. */
  standBy(): void;
  /** It no longer does. Resolves when nothing is under way any more, with the names of what was taken care of. */
  end(): Promise<readonly string[]>;
  /** Another engine has taken care of these. */
  markDone(names: readonly string[]): Promise<void>;
}

/** A resource whose abilities cannot be asked is taken for a person's client. */
const ASKED_MS = 5_000;
/** An engine that is there but does not answer, because its connection is cut, is not waited for longer. */
const HAND_OVER_MS = 15_000;
/** An engine that stops has a few seconds for everything. */
const RETIRE_MS = 1_500;
const KNOWN_CAPS = 200;

/**
 * Engines of one account on several machines (contract, section 3): they find each other by their capabilities, the
 * smallest full JID acts, the others stand by until it goes unavailable. Whoever acts tells the others what is done,
 * message by message, so that who takes over neither repeats nor loses one; and who hands over finishes first.
 */
export function enginePeers({ account, session, clock, logger }: EnginePeersDeps) {
  const scope = new Scope();
  /** Own resources that are available, and whether they are engines. */
  const resources = new Map<FullJid, boolean>();
  const capabilities = new Map<string, boolean>();
  const handedOver = new Set<FullJid>();
  let work: TurnWork | undefined;
  /** As bound at the beginning of the session; resumptions keep it. */
  let own: FullJid | undefined;
  let isActing = false;
  /** False until it is known who else was there at the beginning of the session. */
  let isSettled = false;
  /** Counts sessions: what was asked in an earlier one is void. */
  let generation = 0;
  let done: Promise<void> = Promise.resolve();
  let untold: string[] = [];
  let onNews: () => void = () => undefined;

  const report = (error: unknown) => {
    if (error instanceof SessionLost) return;
    logger.warn({ err: error, account: account.jid }, 'the engines of an account could not agree');
  };
  const peers = () => [...resources].filter(([, isEngine]) => isEngine).map(([jid]) => jid);
  const isSmallest = () => peers().every((jid) => own !== undefined && jid > own);

  /** The full JID of another resource of the account. */
  function otherResource(stanza: Element): FullJid | undefined {
    const from = attribute(stanza, 'from');
    if (!from?.includes('/') || bareOf(from) !== account.jid) return undefined;
    try {
      const jid = fullJid(from);
      return jid === own ? undefined : jid;
    } catch {
      return undefined;
    }
  }

  function send(to: FullJid, names: readonly string[], isHandOver: boolean): void {
    for (const stanza of marksOf(to, names, isHandOver)) {
      Promise.try(() => session.send(stanza)).catch(report);
    }
  }

  async function ask(jid: FullJid, ver: string | undefined): Promise<boolean> {
    const known = ver === undefined ? undefined : capabilities.get(ver);
    if (known !== undefined) return known;
    const { features } = await discoverInfo(session, { jid, timeoutMs: ASKED_MS });
    const isEngine = features.has(COMMANDS_FEATURE);
    if (ver !== undefined && capabilities.size < KNOWN_CAPS) capabilities.set(ver, isEngine);
    return isEngine;
  }

  function note(jid: FullJid, isEngine: boolean): void {
    const wasEngine = resources.get(jid) === true;
    resources.set(jid, isEngine);
    if (isEngine && !wasEngine) {
      logger.info({ account: account.jid, peer: jid }, 'another engine of this account is there');
      handedOver.delete(jid);
      reconsider(jid);
    } else if (wasEngine && !isEngine) reconsider();
  }

  function presence(stanza: Element): void {
    const jid = otherResource(stanza);
    if (!jid) return;
    const type = attribute(stanza, 'type');
    if (type === 'unavailable') {
      const wasEngine = resources.get(jid);
      resources.delete(jid);
      if (wasEngine) reconsider();
    } else if (type === undefined) {
      const caps = readCaps(stanza);
      if (!caps) {
        note(jid, false);
        return;
      }
      // Our own software is believed at once: it may be cut off and unable to answer, and come back.
      if (!resources.has(jid)) note(jid, caps.node === CAPS_NODE);
      const asked = generation;
      ask(jid, `${caps.node}#${caps.ver}`)
        .then((isEngine) => asked === generation && resources.has(jid) && note(jid, isEngine))
        .catch(report);
    }
  }

  /** Somebody came or went: the turn may be another's now. */
  function reconsider(newcomer?: FullJid): void {
    onNews();
    if (!isSmallest() && isActing) void handOver(newcomer).catch(report);
    // Who is new waits for the word of who was there, acting or not.
    else if (newcomer && own && newcomer < own && !isActing) send(newcomer, [], true);
    else if (isSettled && isSmallest() && !isActing) begin();
    if (turn.isStandingBy) work?.standBy();
  }

  function begin(): void {
    isActing = true;
    logger.debug({ account: account.jid }, 'this engine acts');
    work?.begin();
  }

  async function handOver(newcomer: FullJid | undefined): Promise<void> {
    isActing = false;
    logger.info({ account: account.jid, peer: newcomer }, 'this engine stands by');
    const names = (await work?.end()) ?? [];
    if (newcomer) send(newcomer, names, true);
  }

  /** Resolves when `isTrue` is, or after a while. */
  async function until(isTrue: () => boolean, timeoutMs: number): Promise<void> {
    if (isTrue()) return;
    const waiting = scope.child();
    await new Promise<void>((resolve) => {
      onNews = () => isTrue() && resolve();
      clock.after(waiting, timeoutMs, resolve);
      waiting.add(resolve);
    });
    onNews = () => undefined;
    await waiting.close();
  }

  /** Finds out who is there. The answer to a question to the server comes after the presences that were there. */
  async function settle(): Promise<void> {
    const asked = generation;
    const items = await discoverItems(session, { jid: account.jid, timeoutMs: ASKED_MS }).catch((error) => {
      if (error instanceof SessionLost) throw error;
      return [];
    });
    // ejabberd names the resources, whose presences may still be under way.
    const unseen = items
      .map(({ jid }) => jid)
      .filter((jid) => jid.startsWith(`${account.jid}/`) && jid !== own)
      .filter((jid) => !resources.has(jid as FullJid)) as FullJid[];
    await Promise.all(
      unseen.map(async (jid) => {
        const isEngine = await ask(jid, undefined).catch(() => false);
        if (asked === generation && isEngine) note(jid, true);
      }),
    );
    // Whoever acted before finishes first.
    const [incumbent] = peers().sort();
    if (incumbent && isSmallest()) {
      await until(
        () => asked !== generation || handedOver.has(incumbent) || !resources.get(incumbent),
        HAND_OVER_MS,
      );
    }
    await done;
    if (asked !== generation || scope.isClosed) return;
    isSettled = true;
    reconsider();
  }

  function ready(isResumed: boolean): void {
    if (isResumed && isSettled) {
      if (isActing) work?.begin();
      else reconsider();
      return;
    }
    own = session.boundJid;
    generation += 1;
    onNews();
    if (!isResumed) resources.clear();
    isSettled = false;
    isActing = false;
    settle().catch(report);
  }

  function heard(stanza: Element): void {
    const jid = otherResource(stanza);
    const marks = jid && marksIn(stanza);
    if (!jid || !marks) return;
    done = done.then(() => work?.markDone(marks.names)).catch(report);
    if (!marks.isHandOver) return;
    handedOver.add(jid);
    onNews();
  }

  const turn: EngineTurn = {
    get isActing() {
      return isActing;
    },
    get isStandingBy() {
      return isSettled && !isActing;
    },
    tell(names) {
      if (peers().length === 0) return;
      if (untold.length === 0) {
        // All of one commit at once.
        clock.after(scope, 0, () => {
          const told = untold;
          untold = [];
          for (const jid of peers()) send(jid, told, false);
        });
      }
      untold.push(...names);
    },
  };

  return {
    turn,
    /** The engine that acts while this one stands by. */
    actsInstead: (): FullJid | undefined => (turn.isStandingBy ? peers().sort()[0] : undefined),
    /** Begins to take part. The session may be online already. */
    start(given: TurnWork): void {
      work = given;
      scope.add(session.advertise(COMMANDS_FEATURE));
      scope.add(session.onPresence(presence));
      scope.add(session.watchMessages(heard));
      scope.add(session.onReady(({ resumed }) => ready(resumed)));
      if (session.state === 'online') ready(false);
    },
    /** Finishes and gives the turn to the next engine, before the session ends. Does not take long. */
    async retire(): Promise<void> {
      const [next] = peers().sort();
      if (!isActing || !next) return;
      isSettled = false;
      const waiting = scope.child();
      const isLate = new Promise<void>((resolve) => void clock.after(waiting, RETIRE_MS, resolve));
      await Promise.race([handOver(next).catch(report), isLate]);
      await waiting.close();
    },
    async close(): Promise<void> {
      generation += 1;
      await scope.close();
      await done;
    },
  };
}
export type EnginePeers = ReturnType<typeof enginePeers>;
