import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { attribute, child, childText, type Element } from './element.ts';
import { foreignText } from './foreign-text.ts';
import { NS_MUC_USER } from './xep-0045-muc.ts';

export const NS_CONFERENCE = 'jabber:x:conference';

/** Somebody asks us to come into a room. */
export interface Invitation {
  room: BareJid;
  /** Who invites; undefined where a room does not say. */
  from: BareJid | undefined;
  /** Of a direct one our own server vouches for who it is from; otherwise only the room says so. */
  isDirect: boolean;
  password: string | undefined;
  reason: string | undefined;
}

/** An invitation from a person (XEP-0249) or by a room (XEP-0045, 7.8.2); undefined for any other message. */
export function readInvitation(message: Element): Invitation | undefined {
  if (attribute(message, 'type') === 'error' || attribute(message, 'type') === 'groupchat') return undefined;
  return readMediated(message) ?? readDirect(message);
}

function readDirect(message: Element): Invitation | undefined {
  const asked = child(message, 'x', NS_CONFERENCE);
  const room = bareOf(asked && attribute(asked, 'jid'));
  const from = bareOf(attribute(message, 'from'));
  if (!asked || !room || !from) return undefined;
  const password = attribute(asked, 'password');
  return { room, from, isDirect: true, password, reason: shown(attribute(asked, 'reason')) };
}

function readMediated(message: Element): Invitation | undefined {
  const user = child(message, 'x', NS_MUC_USER);
  const invite = user && child(user, 'invite', NS_MUC_USER);
  const address = attribute(message, 'from') ?? '';
  const room = bareOf(address);
  // An occupant can write such an element too: only the room itself invites.
  if (!user || !invite || !room || address.includes('/')) return undefined;
  return {
    room,
    from: bareOf(attribute(invite, 'from')),
    isDirect: false,
    password: childText(user, 'password', NS_MUC_USER),
    reason: shown(childText(invite, 'reason', NS_MUC_USER)),
  };
}

const shown = (text: string | undefined) => (text ? foreignText(text) || undefined : undefined);
