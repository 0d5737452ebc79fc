import { child, type Element, xml } from './element.ts';
import type { ExtensionHost } from './extension.ts';

export const NS_CLIENT_STATE = 'urn:xmpp:csi:0';

/**
 * XEP-0352: Client State Indication. These are no stanzas: they are written to a stream whose features offer them, are
 * not counted by stream management, and hold for that stream only (a resumed one begins active again).
 */
export const clientState = (state: 'active' | 'inactive'): Element => xml(state, { xmlns: NS_CLIENT_STATE });

/** Whether a server offers it, from its stream features. */
export const offersClientState = (features: Element): boolean =>
  child(features, 'csi', NS_CLIENT_STATE) !== undefined;

/** Tells the server whether anybody looks, where it wants to know. Returns whether it was told. */
export function announceClientState(
  session: Pick<ExtensionHost, 'streamFeatures' | 'sendNonza'>,
  state: 'active' | 'inactive',
): boolean {
  const features = session.streamFeatures;
  if (!features || !offersClientState(features)) return false;
  session.sendNonza(clientState(state));
  return true;
}
