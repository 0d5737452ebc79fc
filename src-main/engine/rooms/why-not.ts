import { DomainError, refuse } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { SessionLost, StanzaError } from '../../gateways/xmpp/session.ts';

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

/** What a room's refusal to let an account in means to people (XEP-0045, 7.2). */
export function whyNot(error: unknown, attempt: Attempt): DomainError {
  const { room, jid, nick, hasPassword } = attempt;
  if (error instanceof DomainError) return error;
  if (!(error instanceof StanzaError)) {
    const reason = error instanceof Error ? error.message : 'no answer';
    return refuse('room.unreachable', { room, reason });
  }
  switch (error.condition) {
    case 'not-authorized':
      return refuse(hasPassword ? 'room.password-wrong' : 'room.password-needed', { room });
    case 'registration-required':
      return refuse('room.members-only', { room, jid });
    case 'forbidden':
      return refuse('room.banned', { room, jid, reason: error.message });
    case 'conflict':
      return refuse('room.nick-taken', { room, nick });
    case 'not-acceptable':
    case 'jid-malformed':
      return refuse('room.nick-refused', { room, nick });
    case 'item-not-found':
    case 'gone':
      return refuse('room.not-found', { room });
    case 'not-allowed':
      return refuse('room.no-creation', { room, jid, reason: error.message });
    case 'service-unavailable':
    case 'resource-constraint':
      return refuse('room.full', { room });
    case 'remote-server-not-found':
    case 'remote-server-timeout':
      return refuse('room.unreachable', { room, reason: error.condition });
    default:
      return refuse('room.refused', { room, jid, reason: error.message });
  }
}

/** Whether another try later makes sense. */
export const isPassing = ({ code }: DomainError): boolean => PASSING.has(code);
export const isSessionLost = (error: unknown): boolean => error instanceof SessionLost;
