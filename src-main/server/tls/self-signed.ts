import { generateKeyPair, randomBytes, type X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import ipaddr from 'ipaddr.js';
import type { MachineNames } from './machine-names.ts';
import type { PemPair } from './own-pair.ts';

const DAY_MS = 86_400_000;
/** Clients refuse certificates for more than 398 days; clocks of others may be slow. */
const VALID_DAYS = 396;
const BACKDATED_MS = DAY_MS;
const RENEW_BEFORE_MS = 30 * DAY_MS;
const RSA_BITS = 2048;
const CN_LENGTH = 64;

/** A certificate that stands for this machine and is signed by nobody else. It cannot vouch for other certificates. */
export async function makeSelfSigned({ hosts, addresses }: MachineNames, nowMs: number): Promise<PemPair> {
  // Loaded when it is needed, which most installations never do.
  const { default: forge } = await import('node-forge');
  const { pki } = forge;
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: RSA_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKey);
  // Positive, and never two alike.
  certificate.serialNumber = `1${randomBytes(16).toString('hex').slice(1)}`;
  certificate.validity.notBefore = new Date(nowMs - BACKDATED_MS);
  certificate.validity.notAfter = new Date(nowMs + VALID_DAYS * DAY_MS);
  const name = [
    { name: 'commonName', value: (hosts.at(-1) ?? 'localhost').slice(0, CN_LENGTH) },
    { name: 'organizationName', value: 'Botmother' },
  ];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: [
        ...hosts.map((value) => ({ type: 2, value })),
        ...addresses.map((ip) => ({ type: 7, ip: withoutZone(ip) })),
      ],
    },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(pki.privateKeyFromPem(privateKey), forge.md.sha256.create());
  return { cert: pki.certificateToPem(certificate).replaceAll('\r\n', '\n'), key: privateKey };
}

const withoutZone = (address: string) => address.replace(/%.*$/, '');

/** Whether such a certificate serves for now: in its time, with some left, and for all that the machine is called. */
export function isGoodFor(leaf: X509Certificate, names: MachineNames, nowMs: number): boolean {
  if (nowMs < Date.parse(leaf.validFrom) || nowMs > Date.parse(leaf.validTo) - RENEW_BEFORE_MS) return false;
  const known = addressesOf(leaf);
  return (
    names.hosts.every((host) => leaf.checkHost(host) !== undefined) &&
    names.addresses.every((address) => known.some((other) => isSamePlace(other, withoutZone(address))))
  );
}

/** The names that a certificate stands for. */
export const namesOf = ({ subjectAltName }: X509Certificate): string[] =>
  (subjectAltName ?? '').split(', ').flatMap((entry) => {
    const [, kind, value = ''] = /^(DNS|IP Address):(.+)$/.exec(entry) ?? [];
    if (kind === undefined) return [];
    return [kind !== 'DNS' && ipaddr.isValid(value) ? ipaddr.parse(value).toString() : value];
  });

const addressesOf = (leaf: X509Certificate) => namesOf(leaf).filter((name) => ipaddr.isValid(name));

/**
 * Of IPv6, any address of the same network will do: systems change theirs each day for privacy, and a certificate that
 * changed as often would have to be trusted anew each day.
 */
function isSamePlace(known: string, address: string): boolean {
  const [one, other] = [ipaddr.parse(known), ipaddr.parse(address)];
  if (one.kind() !== other.kind()) return false;
  return one.kind() === 'ipv4' || other.range() === 'loopback'
    ? one.toString() === other.toString()
    : one.match(other, 64);
}
