import type { EngineEvents } from '../../../src-shared/events.ts';
import type { AccountId, MessageId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import { SendQueueFull, type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import type { Store, Unit } from '../../store/open.ts';
import type { WaitingMessage } from '../../store/outbox-repository.ts';
import type { Outbox } from './outbox.ts';

interface OutboxRunnerDeps {
  accountId: AccountId;
  session: Session;
  outbox: Outbox;
  store: Store;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
  /** What is for one room; begun when the account is in there. Without it: all that is for people. */
  room?: BareJid;
}

/** Sent but not acknowledged: beyond that, sending waits. A server that is flooded hears our acknowledgements late. */
const UNACKED_LIMIT = 100;
const FULL_RETRY_MS = 1_000;
const STORE_RETRY_MS = 1_000;
const STORE_RETRY_MAX_MS = 60_000;

/**
 * Sends an account's outbox over its session in the order of commits. A message leaves the outbox when the server
 * acknowledged it; on a session that could not be resumed everything else goes again, under the same ids. What is for
 * rooms goes in lanes of its own: it waits until the account is in there again, and nothing else waits with it.
 */
export function startOutboxRunner(deps: OutboxRunnerDeps): Scope {
  const { accountId, session, outbox, store, events, clock, logger, room } = deps;
  const lane = room === undefined ? 'people' : { room };
  const scope = new Scope();
  let sentSeq = 0;
  let unacked = 0;
  /** Counts sessions: what belonged to an earlier one no longer changes the counters. */
  let generation = 0;
  let isPumping = false;
  let wantsPump = false;
  /** Known to be through, but not yet committed as such: a new session does not send them again. */
  const settling = new Set<string>();
  /** Another lane has handed it to this very session, which has not ended since: it goes by that. */
  const isGoing = (id: MessageId) => generation === 0 && outbox.isOnTheWay(id, session);
  /** The session takes no more for a moment. */
  let isFull = false;
  let cancelRetry: () => void = () => undefined;

  /** Goes on a little later with that message: nothing may overtake it. */
  function retryFrom(seq: number): void {
    sentSeq = Math.min(sentSeq, seq - 1);
    if (isFull) return;
    isFull = true;
    cancelRetry = clock.after(scope, FULL_RETRY_MS, () => {
      isFull = false;
      pump();
    });
  }

  /** What the next commit takes along. */
  let acknowledged: string[] = [];

  /** One unit for all that are acknowledged until it runs. */
  function acknowledge(id: string): void {
    settling.add(id);
    outbox.noteArrived(id);
    acknowledged.push(id);
    if (acknowledged.length > 1) return;
    const ids = acknowledged;
    const close = () => {
      if (acknowledged === ids) acknowledged = [];
    };
    const unit: Unit<void> = (tx) => {
      close();
      return outbox.acknowledge(tx, ids);
    };
    void settle(ids, unit, close);
  }

  function fail(id: string, reason: string): void {
    settling.add(id);
    void settle([id], (tx) => outbox.settle(tx, id, 'failed', { reason }));
  }

  /** What is known of messages stays known until a disk takes it. */
  async function settle(
    ids: readonly string[],
    unit: Unit<void>,
    close = () => {},
    retryMs = STORE_RETRY_MS,
  ): Promise<void> {
    try {
      await store.writeTogether(unit);
    } catch (error) {
      logger.error({ err: error, messageIds: ids }, 'the state of messages could not be stored');
      // A unit that was refused before it ran takes no more.
      close();
      const next = Math.min(2 * retryMs, STORE_RETRY_MAX_MS);
      clock.after(scope, retryMs, () => void settle(ids, unit, close, next));
      return;
    }
    outbox.noteStored(ids);
    for (const id of ids) settling.delete(id);
  }

  function send({ seq, id, stanza }: WaitingMessage): void {
    const sentIn = generation;
    let sent: Promise<void>;
    try {
      sent = session.send(stanza);
      outbox.noteSent(id, session);
    } catch (error) {
      // Nothing was written: without a new session nobody else would send it again.
      if (error instanceof SendQueueFull || error instanceof SessionLost) {
        retryFrom(seq);
        return;
      }
      sent = Promise.reject(error);
    }
    unacked += 1;
    sentSeq = seq;
    sent
      .then(
        () => acknowledge(id),
        (error: unknown) => {
          outbox.noteLost(id);
          // Not known whether it arrived: it stays queued and goes again with the next session.
          if (error instanceof SessionLost) return;
          // Anything else is about this message: it can never be sent as it is.
          fail(id, error instanceof Error ? error.message : 'refused');
        },
      )
      .finally(() => {
        if (sentIn !== generation) return;
        unacked -= 1;
        pump();
      });
  }

  async function sendWaiting(): Promise<void> {
    while (session.state === 'online' && unacked < UNACKED_LIMIT && !isFull && !scope.isClosed) {
      const pageOf = generation;
      const vacant = UNACKED_LIMIT - unacked;
      const page = await outbox.waiting(accountId, sentSeq, vacant, lane);
      await store.durable();
      if (pageOf !== generation || scope.isClosed) continue;
      for (const message of page) {
        // What is held back is taken out or released in a moment, and then there is another pump.
        if (session.state !== 'online' || outbox.isHeldBack(message.id)) return;
        if (settling.has(message.id) || isGoing(message.id)) sentSeq = message.seq;
        else send(message);
        if (isFull) return;
      }
      if (page.length < vacant) return;
    }
  }

  /** One pump at a time; a call during a pump makes it look once more. */
  function pump(): void {
    wantsPump = true;
    if (isPumping) return;
    isPumping = true;
    void (async () => {
      try {
        while (wantsPump && !scope.isClosed) {
          wantsPump = false;
          await sendWaiting();
        }
      } catch (error) {
        logger.error({ err: error }, 'the outbox could not be sent');
        retryFrom(sentSeq + 1);
      } finally {
        isPumping = false;
      }
    })();
  }

  scope.add(
    events.on('message.queued', (event) => event.accountId === accountId && event.room === room && pump()),
  );
  scope.add(
    session.onReady(({ resumed }) => {
      if (!resumed) {
        generation += 1;
        sentSeq = 0;
        unacked = 0;
        isFull = false;
        cancelRetry();
      }
      pump();
    }),
  );
  pump();
  return scope;
}
