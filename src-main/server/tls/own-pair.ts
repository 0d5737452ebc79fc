import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { type DomainError, refuse } from '../../../src-shared/errors.ts';
import { type NamedFile, readPemFile } from './read-pem-file.ts';

/** A certificate with what it was signed by, and its key, in PEM. */
export interface PemPair {
  cert: string;
  key: string;
}

/** What a server certificate may be used for (RFC 5280, 4.2.1.12): as a server, or for anything. */
const SERVER_USES = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'];
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Reads a pair that a person gave, and refuses what no client could be served with. One that is out of its time is
 * returned with a warning: whether that is reason enough is decided by who asks.
 */
export async function readOwnPair(
  files: { cert: NamedFile; key: NamedFile },
  nowMs: number,
): Promise<PemPair & { leaf: X509Certificate; warning: DomainError | undefined }> {
  const { cert, leaf } = await readCertificate(files.cert);
  const key = await readKey(files.key);
  if (!leaf.checkPrivateKey(createPrivateKey(key))) {
    throw refuse('certificate.key-mismatch', { cert: files.cert.name, key: files.key.name });
  }
  try {
    createSecureContext({ cert, key });
  } catch {
    throw refuse('certificate.unusable', { file: files.cert.name });
  }
  return { cert, key, leaf, warning: outOfTime(leaf, files.cert.name, nowMs) };
}

/** Reads the certificates in a file; the first is the server's own. */
export async function readCertificate(from: NamedFile): Promise<{ cert: string; leaf: X509Certificate }> {
  const { name: file } = from;
  const cert = await readPemFile(from);
  let leaf: X509Certificate | undefined;
  try {
    [leaf] = (cert.match(CERTIFICATE) ?? []).map((pem) => new X509Certificate(pem));
  } catch {
    // Said below.
  }
  if (!leaf) throw refuse('certificate.no-certificate', { file });
  if (!/\b(DNS|IP Address):/.test(leaf.subjectAltName ?? '')) throw refuse('certificate.no-names', { file });
  const uses = leaf.keyUsage as readonly string[] | undefined;
  if (uses && !SERVER_USES.some((use) => uses.includes(use))) {
    throw refuse('certificate.not-for-servers', { file });
  }
  return { cert, leaf };
}

/** Reads a private key. */
export async function readKey(from: NamedFile): Promise<string> {
  const { name: file } = from;
  const key = await readPemFile(from);
  try {
    createPrivateKey(key);
  } catch {
    throw /ENCRYPTED/.test(key)
      ? refuse('certificate.key-locked', { file })
      : refuse('certificate.no-key', { file });
  }
  return key;
}

/** Whether a file with a certificate has its key in it too. */
export const holdsKey = (pem: string) => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem);

/** Why a certificate is not good at that time. */
export function outOfTime(leaf: X509Certificate, file: string, nowMs: number): DomainError | undefined {
  const [from, to] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)];
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  if (nowMs > to) return refuse('certificate.expired', { file, day: day(to) });
  return nowMs < from ? refuse('certificate.not-yet', { file, day: day(from) }) : undefined;
}
