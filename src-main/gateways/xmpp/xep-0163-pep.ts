import type { BareJid } from '../../../src-shared/jid.ts';
import type { Element } from './element.ts';
import { type Session, StanzaError } from './session.ts';
import { discoverInfo } from './xep-0030-disco-query.ts';
import {
  type NodeOptions,
  type PubsubEvent,
  type PubsubItem,
  publishItem,
  readEvent,
  readItems,
} from './xep-0060-pubsub.ts';
import { bareSender } from './xep-0297-forwarding.ts';

/** XEP-0163, 4.3: the id of the one item of a node that has one. */
export const SINGLE_ITEM = 'current';

export interface PepEvent extends PubsubEvent {
  /** Whose node it is. */
  owner: BareJid;
}

/** XEP-0163: publishes on the own account. */
export const publishPep = (
  session: Pick<Session, 'request'>,
  { id = SINGLE_ITEM, ...item }: { node: string; id?: string; payload: Element; options: NodeOptions },
): Promise<string | undefined> => publishItem(session, { ...item, id });

/**
 * The items on somebody's node, or on our own. Nothing there is an empty list; what is not for us is a StanzaError
 * (`forbidden`, or on ejabberd `presence-subscription-required` below `not-authorized`).
 */
export async function readPep(
  session: Pick<Session, 'request'>,
  { owner, ...query }: { owner?: BareJid; node: string; ids?: readonly string[]; max?: number },
): Promise<PubsubItem[]> {
  try {
    return await readItems(session, owner === undefined ? query : { ...query, service: owner });
  } catch (error) {
    if (error instanceof StanzaError && error.condition === 'item-not-found') return [];
    throw error;
  }
}

/**
 * Follows a node of the own account and of all contacts: announces `+notify` (XEP-0163, 4.2) and hands on events that
 * come from a bare JID, which is the owner's; from a full JID anybody could send one. An event that was missed is seen
 * again: a server sends the last one to every new session (XEP-0163, 4.3.4).
 */
export function onEvent(
  session: Pick<Session, 'jid' | 'advertise' | 'watchMessages'>,
  { node, owner }: { node: string; owner?: BareJid },
  handler: (event: PepEvent) => void,
): () => void {
  const stopAnnouncing = session.advertise(`${node}+notify`);
  const stopListening = session.watchMessages((message) => {
    const event = readEvent(message);
    const sender = bareSender(message, session.jid);
    if (event?.node !== node || sender === undefined) return;
    if (owner !== undefined && sender !== owner) return;
    handler({ ...event, owner: sender });
  });
  return () => {
    stopListening();
    stopAnnouncing();
  };
}

/** Whether the server has PEP for the account (XEP-0163, 6.1). */
export async function hasPep(session: Pick<Session, 'jid' | 'request'>): Promise<boolean> {
  const { identities } = await discoverInfo(session, { jid: session.jid });
  return identities.some(({ category, type }) => category === 'pubsub' && type === 'pep');
}
