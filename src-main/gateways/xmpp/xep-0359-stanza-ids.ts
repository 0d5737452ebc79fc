import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { attribute, child, childElements, type Element, isElement, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';

export const NS_STANZA_ID = 'urn:xmpp:sid:0';

/** XEP-0359: Unique and Stable Stanza IDs. */
export const stanzaIds: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_STANZA_ID));
};

/** The id that the sender gives. */
export const originId = (id: string): Element => xml('origin-id', { xmlns: NS_STANZA_ID, id });

/** The id that an archive or a room gives. */
export const stanzaId = (id: string, by: BareJid): Element =>
  xml('stanza-id', { xmlns: NS_STANZA_ID, id, by });

/** What the sender says the id is. Anybody may say any id (XEP-0359, 5). */
export function originIdOf(message: Element): string | undefined {
  const found = child(message, 'origin-id', NS_STANZA_ID);
  return (found && attribute(found, 'id')) || undefined;
}

/**
 * The id that `by` gave to the message. To be believed only where `by` announces `urn:xmpp:sid:0`: then it removes what
 * others wrote in its name (XEP-0359, 5). Two different ids in one name are none.
 *
 * Who reads this has to see to it: the archive's position follows such ids only where the account announces it
 * (archive-catch-up.ts). As a name by which copies of a message are known it is taken before that is asked: only
 * messages of the own account are remembered by name, and the server vouches for their sender.
 */
export function stanzaIdBy(message: Element, by: BareJid): string | undefined {
  const ids = childElements(message)
    .filter((one) => isElement(one, 'stanza-id', NS_STANZA_ID))
    .filter((one) => isBare(attribute(one, 'by'), by))
    .map((one) => attribute(one, 'id') ?? '');
  const [id] = ids;
  return ids.every((one) => one === id) ? id || undefined : undefined;
}

const isBare = (address: string | undefined, jid: BareJid) =>
  address !== undefined && !address.includes('/') && bareOf(address) === jid;
