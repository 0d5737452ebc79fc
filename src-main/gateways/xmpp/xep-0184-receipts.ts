import { attribute, child, type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';
import { hint } from './xep-0334-hints.ts';

export const NS_RECEIPTS = 'urn:xmpp:receipts';

/** XEP-0184: Message Delivery Receipts. To announce it is to promise that receipts are sent. */
export const receipts: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_RECEIPTS));
};

/** Asks for a receipt. The message needs an id, and must not go to a room (XEP-0184, 5.3). */
export const receiptRequest = (): Element => xml('request', { xmlns: NS_RECEIPTS });

/**
 * The receipt that a message asks for; undefined where it must have none (XEP-0184, 5): it does not ask, has no id or no
 * sender, is an error, from a room or itself a receipt, or is a copy (a carbon, from an archive) that another client
 * or an earlier session has answered. Who may learn that we are online (5.6 and 8) is for the caller to know.
 */
export function receiptFor(
  message: Element,
  { id, isCopy = false }: { id?: string; isCopy?: boolean } = {},
): Element | undefined {
  const type = attribute(message, 'type') ?? 'normal';
  const received = attribute(message, 'id');
  const to = attribute(message, 'from');
  const asks = child(message, 'request', NS_RECEIPTS) !== undefined;
  const isReceipt = child(message, 'received', NS_RECEIPTS) !== undefined;
  if (!asks || isReceipt || isCopy || !received || !to) return undefined;
  if (type !== 'chat' && type !== 'normal') return undefined;
  const receipt = xml('received', { xmlns: NS_RECEIPTS, id: received });
  // XEP-0334, 4.4: without a body an archive would leave it out.
  return xml('message', { to, id, type }, receipt, hint('store'));
}

/** Which message of ours was received. The caller compares the sender with the one it was sent to (XEP-0184, 8). */
export function readReceipt(message: Element): { id: string } | undefined {
  const type = attribute(message, 'type');
  if (type === 'error' || type === 'groupchat') return undefined;
  const received = child(message, 'received', NS_RECEIPTS);
  const id = received && attribute(received, 'id');
  return id ? { id } : undefined;
}
