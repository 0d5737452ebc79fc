import { DomainError, refuse } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { roomReasons } from '../../../src-shared/text/reasons/rooms.ts';
import { reason } from '../../../src-shared/text/reasons.ts';
import { RequestTimeout, SessionLost, StanzaError } from '../../gateways/xmpp/session.ts';

interface Attempt {
  room: BareJid;
  /** The account that wants in. */
  jid: BareJid;
  nick: string;
  hasPassword: boolean;
}

/** A moment later, or with another server in between, the same may succeed. */
const PASSING: ReadonlySet<string> = new Set([
  'room.full',
  'room.unreachable',
  'room.refused',
  'room.nick-taken',
]);

/** Conditions that say little of a room (RFC 6120, 8.3.3). */
const WHY: ReadonlyMap<string, keyof typeof roomReasons> = new Map([
  ['policy-violation', 'room.policy'],
  ['internal-server-error', 'room.wrong-there'],
  ['bad-request', 'room.not-understood'],
  ['unexpected-request', 'room.not-understood'],
  ['feature-not-implemented', 'room.not-understood'],
  ['redirect', 'room.moved'],
]);

/**
 * What a room's refusal to let an account in means to people (XEP-0045, 7.2), in words of ours: what the room or a server
 * says to it stands in the log.
 */
export function whyNot(error: unknown, attempt: Attempt): DomainError {
  const { room, jid, nick, hasPassword } = attempt;
  if (error instanceof DomainError) return error;
  if (!(error instanceof StanzaError))
    return refuse('room.unreachable', { room, reason: whyNoAnswer(error) });
  switch (error.condition) {
    case 'not-authorized':
      return refuse(hasPassword ? 'room.password-wrong' : 'room.password-needed', { room });
    case 'registration-required':
      return refuse('room.members-only', { room, jid });
    case 'forbidden':
      return refuse('room.banned', { room, jid });
    case 'conflict':
      return refuse('room.nick-taken', { room, nick });
    case 'not-acceptable':
    case 'jid-malformed':
      return refuse('room.nick-refused', { room, nick });
    case 'item-not-found':
    case 'gone':
      return refuse('room.not-found', { room });
    case 'not-allowed':
      return refuse('room.no-creation', { room, jid });
    case 'service-unavailable':
    case 'resource-constraint':
      return refuse('room.full', { room });
    case 'remote-server-not-found':
      return refuse('room.unreachable', { room, reason: reason('room.no-server', {}) });
    case 'remote-server-timeout':
      return refuse('room.unreachable', { room, reason: reason('http.late', {}) });
    default:
      return refuse('room.refused', {
        room,
        jid,
        reason: reason(WHY.get(error.condition) ?? 'room.untold', {}),
      });
  }
}

function whyNoAnswer(error: unknown): string {
  if (error instanceof RequestTimeout) return reason('http.late', {});
  return reason(error instanceof SessionLost ? 'room.no-connection' : 'http.failed', {});
}

/** Whether another try later makes sense. */
export const isPassing = ({ code }: DomainError): boolean => PASSING.has(code);
export const isSessionLost = (error: unknown): boolean => error instanceof SessionLost;
