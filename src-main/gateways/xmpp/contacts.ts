import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { attribute, child, childElements, type Element, isElement, xml } from './element.ts';
import { type Session, StanzaError } from './session.ts';

export const NS_ROSTER = 'jabber:iq:roster';

/** An entry of the account's contact list (RFC 6121, 2.1.2). */
export interface Contact {
  jid: BareJid;
  name: string | undefined;
  groups: string[];
  /** Whether we get their presence. */
  isTo: boolean;
  /** Whether they get ours. */
  isFrom: boolean;
  /** We have asked for their presence, and they have not answered. */
  isAsked: boolean;
  /** They may have our presence as soon as they ask (RFC 6121, 3.4). */
  isApproved: boolean;
}

type Requester = Pick<Session, 'request'>;

/** The whole contact list, by address. */
export async function readContacts(session: Requester): Promise<Map<BareJid, Contact>> {
  const answer = await session.request(xml('iq', { type: 'get' }, xml('query', { xmlns: NS_ROSTER })));
  const contacts = contactsIn(child(answer, 'query', NS_ROSTER));
  return new Map(contacts.filter(({ isGone }) => !isGone).map((one) => [one.jid, one]));
}

/** Adds an entry, or replaces its name and groups; what is subscribed stays (RFC 6121, 2.3 and 2.4). */
export async function setContact(
  session: Requester,
  { jid, name, groups }: { jid: BareJid; name: string; groups: readonly string[] },
): Promise<void> {
  const item = xml('item', { jid, name }, ...groups.map((group) => xml('group', {}, group)));
  await session.request(xml('iq', { type: 'set' }, xml('query', { xmlns: NS_ROSTER }, item)));
}

/** Removes an entry, and with it both subscriptions (RFC 6121, 2.5). One that is not there is fine. */
export async function removeContact(session: Requester, jid: BareJid): Promise<void> {
  const item = xml('item', { jid, subscription: 'remove' });
  try {
    await session.request(xml('iq', { type: 'set' }, xml('query', { xmlns: NS_ROSTER }, item)));
  } catch (error) {
    if (!(error instanceof StanzaError && error.condition === 'item-not-found')) throw error;
  }
}

/** The entries of a contact list, or of what was pushed of it: there, one may be gone. */
export function contactsIn(query: Element | undefined): (Contact & { isGone: boolean })[] {
  return (query ? childElements(query) : []).flatMap((item) => {
    const jid = isElement(item, 'item', NS_ROSTER) ? bareOf(attribute(item, 'jid')) : undefined;
    if (!jid) return [];
    const subscription = attribute(item, 'subscription');
    return {
      jid,
      name: attribute(item, 'name'),
      groups: childElements(item)
        .filter((one) => isElement(one, 'group', NS_ROSTER))
        .map((one) => one.getText()),
      isTo: subscription === 'to' || subscription === 'both',
      isFrom: subscription === 'from' || subscription === 'both',
      isAsked: attribute(item, 'ask') === 'subscribe',
      isApproved: ['true', '1'].includes(attribute(item, 'approved') ?? ''),
      isGone: subscription === 'remove',
    };
  });
}
