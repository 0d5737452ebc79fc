import { fullJitterMs } from '../../base/retry.ts';
import type { Scope } from '../../base/scope.ts';
import type { LiveRoomDeps } from './live-room-deps.ts';
import type { RoomNow } from './room-now.ts';
import { isPassing, isSessionLost, whyNot } from './why-not.ts';

interface ReturnDeps extends LiveRoomDeps {
  scope: Scope;
  enter: (nick: string, password: string | undefined, mayFindNick: boolean) => Promise<void>;
  follow: () => Promise<void>;
  announce: () => void;
  report: (error: unknown) => void;
}

const RETRY = { baseMs: 2_000, capMs: 5 * 60 * 1_000 };
/** A ghost of ours may still have the nickname for a while. */
const NICK_KEPT_FOR = 3;

/** Brings an account back into a room that it did not want to leave. */
export function roomReturn(deps: ReturnDeps, now: RoomNow) {
  const { account, session, rooms, clock, logger, scope, onOut } = deps;
  const { jid } = now.row;
  let isPlanned = false;
  const isOver = () => scope.isClosed || now.isLeaving;

  function plan(): void {
    if (isPlanned || scope.isClosed) return;
    isPlanned = true;
    clock.after(scope, fullJitterMs(now.failures, RETRY), () => {
      isPlanned = false;
      back().catch(deps.report);
    });
  }

  /** It was refused, and may be let in later or not at all. */
  async function refused(error: unknown): Promise<void> {
    if (isSessionLost(error) || session.state !== 'online' || isOver()) return;
    const { nick, password } = now.row;
    const refusal = whyNot(error, { room: jid, jid: account.jid, nick, hasPassword: password !== undefined });
    now.failures += 1;
    now.problem = refusal.message;
    logger.info(
      { err: error, account: account.jid, room: jid, reason: refusal.code },
      'a room could not be entered',
    );
    deps.announce();
    if (isPassing(refusal)) plan();
    else await onOut(jid, { nick, reason: 'refused', text: refusal.message });
  }

  /** Comes back into the room, if the account is not there. */
  async function back(): Promise<void> {
    if (now.state !== 'away' || isOver() || session.state !== 'online') return;
    const known = await rooms.find(account.id, jid);
    if (!known || known.out || now.state !== 'away' || isOver()) return;
    now.row = { ...known, isPrivate: known.isPrivate ?? now.row.isPrivate };
    try {
      await deps.enter(known.nick, known.password, now.failures >= NICK_KEPT_FOR);
    } catch (error) {
      return refused(error);
    }
    await deps.follow();
  }

  return { plan, back };
}
