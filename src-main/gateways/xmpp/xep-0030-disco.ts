import { attribute, childElements, type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';
import { CAPS_NODE } from './identity.ts';
import { StanzaError } from './session.ts';
import { verificationString } from './xep-0115-caps.ts';

export const NS_DISCO_INFO = 'http://jabber.org/protocol/disco#info';
export const NS_DISCO_ITEMS = 'http://jabber.org/protocol/disco#items';

/** XEP-0030: Service Discovery. Tells who we are and what we can do, and what others offer below us. */
export const disco: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_DISCO_INFO));
  scope.add(session.advertise(NS_DISCO_ITEMS));
  scope.add(
    session.onIq('get', 'query', NS_DISCO_INFO, (iq) => {
      const node = queriedNode(iq);
      const below = node === undefined ? undefined : session.disco.of(node);
      if (below) return below.info(iq);
      // XEP-0115, 6.2: the node of our own capabilities has the same answer as none.
      if (
        node !== undefined &&
        node !== `${CAPS_NODE}#${verificationString(session.features, session.identity)}`
      )
        throw notFound();
      return xml(
        'query',
        { xmlns: NS_DISCO_INFO, node },
        xml('identity', { ...session.identity }),
        ...session.features.map((feature) => xml('feature', { var: feature })),
      );
    }),
  );
  scope.add(
    session.onIq('get', 'query', NS_DISCO_ITEMS, (iq) => {
      const node = queriedNode(iq);
      if (node === undefined) return xml('query', { xmlns: NS_DISCO_ITEMS });
      const below = session.disco.of(node);
      if (!below) throw notFound();
      return below.items(iq);
    }),
  );
};

const notFound = () => new StanzaError('item-not-found', 'cancel', '');

function queriedNode(iq: Element): string | undefined {
  const [query] = childElements(iq);
  return query && attribute(query, 'node');
}
