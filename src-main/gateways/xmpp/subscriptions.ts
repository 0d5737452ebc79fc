import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { attribute, type Element, isElement, xml } from './element.ts';
import type { Session } from './session.ts';
import { nicknameElement } from './xep-0172-nickname.ts';

const NS_PRE_APPROVAL = 'urn:xmpp:features:pre-approval';

/** Asks for somebody's presence (RFC 6121, 3.1.1), under the name they may show before they have another. */
export const subscribeRequest = (to: BareJid, nickname?: string): Element =>
  xml('presence', { to, type: 'subscribe' }, nickname === undefined ? undefined : nicknameElement(nickname));

/** Lets somebody have our presence; before they ask, where the server offers that (RFC 6121, 3.1.4 and 3.4). */
export const approval = (to: BareJid): Element => xml('presence', { to, type: 'subscribed' });

/** Refuses a request, or takes back what was granted (RFC 6121, 3.1.4 and 3.2). */
export const refusal = (to: BareJid): Element => xml('presence', { to, type: 'unsubscribed' });

/** Who asks for our presence with this stanza; undefined for any other stanza, and for a sender that is no account. */
export function subscriptionRequester(presence: Element): BareJid | undefined {
  return attribute(presence, 'type') === 'subscribe' ? bareOf(attribute(presence, 'from')) : undefined;
}

/** Whether an approval that nobody asked for yet is kept by the server. */
export const offersPreApproval = ({ streamFeatures }: Pick<Session, 'streamFeatures'>): boolean =>
  streamFeatures?.children.some((one) => typeof one === 'object' && isElement(one, 'sub', NS_PRE_APPROVAL)) ??
  false;
