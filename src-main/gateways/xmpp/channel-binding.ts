import { createHash } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { attribute, child, childElements, type Element } from './element.ts';

export const NS_CHANNEL_BINDING = 'urn:xmpp:sasl-cb:0';

/**
 * Ways to tie a login to the TLS connection under it, best first. `tls-unique` is not among them: TLS 1.3 has none, and
 * before it renegotiation can forge one (RFC 9266, 1).
 */
export const BINDING_TYPES = ['tls-exporter', 'tls-server-end-point'] as const;
export type BindingType = (typeof BINDING_TYPES)[number];
export interface ChannelBinding {
  type: BindingType;
  data: Buffer;
}

/** What this side knows of its connection for that type; undefined where it cannot tell. */
export type BindingSource = (type: BindingType) => Buffer | undefined;

/**
 * What a SCRAM login says about channel binding (RFC 5802, 6):
 * - a binding: the login is tied to the connection, by a -PLUS mechanism;
 * - `not-offered`: this side could, the server has no -PLUS; if somebody in between took it away, the server notices;
 * - `unsupported`: there is no type that both sides know. Also where the server has -PLUS but does not announce a type
 *   for it: saying `not-offered` to such a server would look like an attack.
 */
export type Binding = ChannelBinding | 'not-offered' | 'unsupported';

/**
 * Decides it. Only a type that the server announces (XEP-0440) is used: guessing one makes a good password fail. And no
 * other is worked out: reading a certificate takes a tenth of a login.
 */
export function chooseBinding(features: Element, mechanisms: readonly string[], own: BindingSource): Binding {
  if (!mechanisms.some((name) => name.startsWith('SCRAM-') && name.endsWith('-PLUS')))
    return BINDING_TYPES.some((type) => own(type) !== undefined) ? 'not-offered' : 'unsupported';
  const list = child(features, 'sasl-channel-binding', NS_CHANNEL_BINDING);
  const announced = list ? childElements(list).map((one) => attribute(one, 'type')) : [];
  for (const type of BINDING_TYPES) {
    const data = announced.includes(type) ? own(type) : undefined;
    if (data) return { type, data };
  }
  return 'unsupported';
}

/** The binding data of a TLS connection. */
export function bindingOf(socket: TLSSocket, type: BindingType): Buffer | undefined {
  if (type === 'tls-server-end-point') {
    const { raw } = socket.getPeerCertificate();
    return raw ? endPointBinding(raw) : undefined;
  }
  // Older versions are safe only with the extended master secret, which Node does not tell (RFC 9266, 3).
  if (socket.getProtocol() !== 'TLSv1.3') return undefined;
  return socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0));
}

/** Object identifiers of signature algorithms with one hash, as in the certificate; MD5 and SHA-1 count as SHA-256. */
const SIGNATURE_HASHES: Record<string, string> = {
  '2a864886f70d010104': 'sha256',
  '2a864886f70d010105': 'sha256',
  '2a864886f70d01010e': 'sha224',
  '2a864886f70d01010b': 'sha256',
  '2a864886f70d01010c': 'sha384',
  '2a864886f70d01010d': 'sha512',
  '2a8648ce3d0401': 'sha256',
  '2a8648ce3d040301': 'sha224',
  '2a8648ce3d040302': 'sha256',
  '2a8648ce3d040303': 'sha384',
  '2a8648ce3d040304': 'sha512',
};

/** RFC 5929, 4.1. Undefined where the signature has no hash of its own (Ed25519) or names it elsewhere (PSS). */
export function endPointBinding(certificate: Buffer): Buffer | undefined {
  const hash = SIGNATURE_HASHES[signatureAlgorithm(certificate)];
  return hash === undefined ? undefined : createHash(hash).update(certificate).digest();
}

/** Certificate ::= SEQUENCE { tbsCertificate SEQUENCE, signatureAlgorithm SEQUENCE { OID, ... }, ... }, in hex. */
function signatureAlgorithm(der: Buffer): string {
  const certificate = contentOf(der, 0);
  const toBeSigned = contentOf(der, certificate.start);
  const algorithm = contentOf(der, toBeSigned.end);
  const identifier = contentOf(der, algorithm.start);
  return der.toString('hex', identifier.start, identifier.end);
}

/** Where the content of the DER value at `at` lies. */
function contentOf(der: Buffer, at: number): { start: number; end: number } {
  const first = der[at + 1] ?? 0;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const sizeBytes = first & 0x7f;
  let length = 0;
  for (let index = 0; index < sizeBytes; index += 1) length = length * 256 + (der[at + 2 + index] ?? 0);
  const start = at + 2 + sizeBytes;
  return { start, end: start + length };
}
