import { createHash } from 'node:crypto';
import { xml } from './element.ts';
import type { SessionExtension } from './extension.ts';
import { CAPS_NODE, IDENTITY } from './identity.ts';

export const NS_CAPS = 'http://jabber.org/protocol/caps';

/** XEP-0115: Entity Capabilities. The presence carries a digest of what disco#info would say. */
export const caps: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_CAPS));
  scope.add(
    session.addToPresence(() =>
      xml('c', { xmlns: NS_CAPS, hash: 'sha-1', node: CAPS_NODE, ver: verificationString(session.features) }),
    ),
  );
};

/** The `ver` of our one identity and the given features (XEP-0115, 5.1). */
export function verificationString(
  features: readonly string[],
  { category, type, name }: { category: string; type: string; name: string } = IDENTITY,
): string {
  const text = [`${category}/${type}//${name}`, ...[...features].sort()].map((one) => `${one}<`).join('');
  return createHash('sha1').update(text).digest('base64');
}
