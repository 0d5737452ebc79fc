import { type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';

export const NS_PING = 'urn:xmpp:ping';

/** XEP-0199: XMPP Ping. An empty result is the whole answer. */
export const ping: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_PING));
  scope.add(session.onIq('get', 'ping', NS_PING, () => undefined));
};

/** A ping to a server. */
export const pingRequest = (to: string, id?: string): Element =>
  xml('iq', { type: 'get', to, id }, xml('ping', { xmlns: NS_PING }));
