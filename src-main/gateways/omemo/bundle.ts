import { attribute, child, childElements, type Element, isElement, xml } from '../xmpp/element.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { KEY_LENGTH } from './curve.ts';
import { type NumberedKey, OmemoTrouble, type OmemoVersion, type PeerBundle } from './ratchet-backend.ts';
import { NS_OMEMO, readNumber } from './wire-names.ts';
import { curveOfEd, edOfCurve } from './xeddsa.ts';

/** How one version writes a bundle. */
interface BundleFormat {
  signedPreKey: string;
  signedPreKeyId: string;
  signature: string;
  identityKey: string;
  preKey: string;
  preKeyId: string;
  encodeKey(key: Uint8Array): Uint8Array;
  decodeKey(bytes: Uint8Array): Uint8Array | undefined;
}

/** First byte of a key in legacy: Curve25519. */
const KEY_TYPE = 0x05;
const KEY_TYPE_BYTES = Buffer.of(KEY_TYPE);

const FORMATS: Readonly<Record<OmemoVersion, BundleFormat>> = {
  legacy: {
    signedPreKey: 'signedPreKeyPublic',
    signedPreKeyId: 'signedPreKeyId',
    signature: 'signedPreKeySignature',
    identityKey: 'identityKey',
    preKey: 'preKeyPublic',
    preKeyId: 'preKeyId',
    encodeKey: (key) => Buffer.concat([KEY_TYPE_BYTES, key]),
    decodeKey: (bytes) =>
      bytes.length === KEY_LENGTH + 1 && bytes[0] === KEY_TYPE ? bytes.slice(1) : undefined,
  },
  omemo2: {
    signedPreKey: 'spk',
    signedPreKeyId: 'id',
    signature: 'spks',
    identityKey: 'ik',
    preKey: 'pk',
    preKeyId: 'id',
    encodeKey: (key) => key,
    decodeKey: (bytes) => (bytes.length === KEY_LENGTH ? bytes : undefined),
  },
};

const SIGNATURE_LENGTH = 64;
/** A hundred are usual. */
const MAX_PRE_KEYS = 1_000;

/** The bundle as it is published (XEP-0384, "bundles"). Our identity key in OMEMO 2 has the sign bit 0. */
export function bundleElement(version: OmemoVersion, bundle: PeerBundle): Element {
  const format = FORMATS[version];
  const keyText = (key: Uint8Array) => toBase64(format.encodeKey(key));
  const { signedPreKey, identityKey } = bundle;
  const identity = version === 'legacy' ? keyText(identityKey) : toBase64(edIdentityOf(bundle));
  return xml(
    'bundle',
    { xmlns: NS_OMEMO[version] },
    xml(
      format.signedPreKey,
      { [format.signedPreKeyId]: String(signedPreKey.id) },
      keyText(signedPreKey.publicKey),
    ),
    xml(format.signature, {}, toBase64(signedPreKey.signature)),
    xml(format.identityKey, {}, identity),
    xml(
      'prekeys',
      {},
      ...bundle.preKeys.map(({ id, publicKey }) =>
        xml(format.preKey, { [format.preKeyId]: String(id) }, keyText(publicKey)),
      ),
    ),
  );
}

/** The bundle of an own device with the form of its identity key in which it is published. */
export const asPublished = (version: OmemoVersion, own: PeerBundle): PeerBundle =>
  version === 'legacy' ? own : { ...own, edIdentityKey: edIdentityOf(own) };

const edIdentityOf = ({ edIdentityKey, identityKey }: PeerBundle) => edIdentityKey ?? edOfCurve(identityKey);

/**
 * Reads a bundle. Fails with `bad-bundle` where a part is missing or no key, or there are no prekeys. A prekey that is
 * none is left out. Whether the signature is right is for the ratchet to see. With the bundle that it should be, what is
 * the same need not be worked out again: that is most of the reading.
 */
export function readBundle(version: OmemoVersion, bundle: Element, expected?: PeerBundle): PeerBundle {
  const namespace = NS_OMEMO[version];
  const format = FORMATS[version];
  if (!isElement(bundle, 'bundle', namespace)) throw badBundle('is none');
  const signedPreKey = child(bundle, format.signedPreKey, namespace);
  const publicKey = signedPreKey && keyIn(signedPreKey, format);
  const id = signedPreKey && readNumber(attribute(signedPreKey, format.signedPreKeyId));
  if (!publicKey || id === undefined) throw badBundle('has no signed prekey');
  const signatureText = child(bundle, format.signature, namespace)?.getText() ?? '';
  const signature = fromBase64(signatureText, SIGNATURE_LENGTH);
  if (signature?.length !== SIGNATURE_LENGTH) throw badBundle('has no signature');
  return {
    ...readIdentity(version, child(bundle, format.identityKey, namespace), expected),
    signedPreKey: { id, publicKey, signature },
    preKeys: readPreKeys(child(bundle, 'prekeys', namespace), namespace, format, expected?.preKeys),
  };
}

function readIdentity(version: OmemoVersion, element: Element | undefined, expected?: PeerBundle) {
  const key = element && keyIn(element, FORMATS[version]);
  if (!key) throw badBundle('has no identity key');
  if (version === 'legacy') return { identityKey: key, edIdentityKey: undefined };
  if (expected?.edIdentityKey && isSame(key, expected.edIdentityKey)) {
    return { identityKey: expected.identityKey, edIdentityKey: key };
  }
  try {
    return { identityKey: curveOfEd(key), edIdentityKey: key };
  } catch (error) {
    if (error instanceof OmemoTrouble) throw badBundle('has an identity key that is no point');
    throw error;
  }
}

function readPreKeys(
  list: Element | undefined,
  namespace: string,
  format: BundleFormat,
  expected: readonly NumberedKey[] = [],
): NumberedKey[] {
  const elements = list ? childElements(list).filter((one) => isElement(one, format.preKey, namespace)) : [];
  if (elements.length > MAX_PRE_KEYS) throw badBundle(`has more than ${MAX_PRE_KEYS} prekeys`);
  const known = new Map(expected.map(({ id, publicKey }) => [id, publicKey]));
  const keys = new Map<number, NumberedKey>();
  for (const element of elements) {
    const id = readNumber(attribute(element, format.preKeyId));
    const own = id === undefined ? undefined : known.get(id);
    const isOwn = own && element.getText() === toBase64(format.encodeKey(own));
    const publicKey = isOwn ? own : keyIn(element, format);
    if (id !== undefined && publicKey && !keys.has(id)) keys.set(id, { id, publicKey });
  }
  if (keys.size === 0) throw badBundle('has no prekeys');
  return [...keys.values()];
}

function keyIn(element: Element, { decodeKey }: BundleFormat): Uint8Array | undefined {
  const bytes = fromBase64(element.getText(), KEY_LENGTH + 1);
  return bytes && decodeKey(bytes);
}

const badBundle = (what: string) => new OmemoTrouble('bad-bundle', `The published bundle ${what}.`);

/** A part of a bundle in which what is published is not what it should be. */
export type BundlePart = 'identity' | 'signed prekey' | 'prekeys';

/** In what a published bundle differs from the own one; nothing where it need not be published again. */
export function bundleDifferences(own: PeerBundle, published: PeerBundle): BundlePart[] {
  const parts: BundlePart[] = [];
  const [ours, theirs] = [own.signedPreKey, published.signedPreKey];
  const isSameIdentity =
    published.edIdentityKey === undefined
      ? isSame(own.identityKey, published.identityKey)
      : isSame(edIdentityOf(own), published.edIdentityKey);
  if (!isSameIdentity) parts.push('identity');
  const isSameSigned =
    ours.id === theirs.id &&
    isSame(ours.publicKey, theirs.publicKey) &&
    isSame(ours.signature, theirs.signature);
  if (!isSameSigned) parts.push('signed prekey');
  if (!isSameKeys(own.preKeys, published.preKeys)) parts.push('prekeys');
  return parts;
}

const isSame = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/** The order is nothing to go by: some servers and clients change it. */
function isSameKeys(some: readonly NumberedKey[], others: readonly NumberedKey[]): boolean {
  if (some.length !== others.length) return false;
  const known = new Map(others.map(({ id, publicKey }) => [id, publicKey]));
  return some.every(({ id, publicKey }) => {
    const other = known.get(id);
    return other !== undefined && isSame(publicKey, other);
  });
}
