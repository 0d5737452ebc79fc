import { createHash } from 'node:crypto';
import { attribute, child, type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';
import { CAPS_NODE, IDENTITY, type Identity } from './identity.ts';

export const NS_CAPS = 'http://jabber.org/protocol/caps';

/** XEP-0115: Entity Capabilities. The presence carries a digest of what disco#info would say. */
export const caps: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_CAPS));
  scope.add(
    session.addToPresence(() =>
      xml('c', {
        xmlns: NS_CAPS,
        hash: 'sha-1',
        node: CAPS_NODE,
        ver: verificationString(session.features, session.identity),
      }),
    ),
  );
};

/** What a presence says about the software behind it: who made it, and a digest of what it can do. */
export function readCaps(presence: Element): { node: string; ver: string } | undefined {
  const found = child(presence, 'c', NS_CAPS);
  const node = found && attribute(found, 'node');
  const ver = found && attribute(found, 'ver');
  return node && ver ? { node, ver } : undefined;
}

/** The `ver` of one identity and the given features (XEP-0115, 5.1). */
export function verificationString(
  features: readonly string[],
  { category, type, name }: Identity = IDENTITY,
): string {
  const text = [`${category}/${type}//${name}`, ...[...features].sort()].map((one) => `${one}<`).join('');
  return createHash('sha1').update(text).digest('base64');
}
