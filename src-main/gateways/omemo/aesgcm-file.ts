import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { DrawBytes } from './payload.ts';
import { OmemoTrouble } from './ratchet-backend.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** 12 bytes of IV; older clients have 16. */
const FRAGMENT = /^(?:[0-9a-f]{24}|[0-9a-f]{32})[0-9a-f]{64}$/i;
const SCHEME = /^aesgcm:\/\//i;

/** What it takes to read an encrypted file. */
export interface FileKey {
  iv: Uint8Array;
  key: Uint8Array;
}

/** The address of an encrypted file as it stands in a message (the aesgcm URL scheme). */
export function aesgcmUrl(httpsUrl: string, { iv, key }: FileKey): string {
  const url = new URL(httpsUrl);
  if (url.protocol !== 'https:') throw new TypeError('an encrypted file is fetched over https');
  url.hash = '';
  const secret = Buffer.concat([iv, key]).toString('hex');
  return `aesgcm${url.href.slice('https'.length)}#${secret}`;
}

/** Where the file is and how to read it; undefined for a text that is no such address. */
export function readAesgcmUrl(text: string): (FileKey & { httpsUrl: string }) | undefined {
  const hash = text.indexOf('#');
  const secretText = text.slice(hash + 1);
  if (hash < 0 || !SCHEME.test(text) || !FRAGMENT.test(secretText)) return undefined;
  const httpsUrl = text.slice(0, hash).replace(SCHEME, 'https://');
  if (!URL.canParse(httpsUrl)) return undefined;
  const secret = Uint8Array.from(Buffer.from(secretText, 'hex'));
  return { httpsUrl, iv: secret.subarray(0, -KEY_BYTES), key: secret.subarray(-KEY_BYTES) };
}

/** A key for one file. */
export const newFileKey = (draw: DrawBytes = randomBytes): FileKey => ({
  iv: draw(IV_BYTES),
  key: draw(KEY_BYTES),
});

/** How much longer a file is when it is encrypted. */
export const FILE_TAG_BYTES = TAG_BYTES;

/** Encrypts a file as it flows by: what is stored ends with the tag. A key is good for one file. */
export async function* sealFile(
  plain: AsyncIterable<Uint8Array>,
  { iv, key }: FileKey,
): AsyncGenerator<Uint8Array> {
  const cipher = createCipheriv(ALGORITHM, createSecretKey(key), iv, { authTagLength: TAG_BYTES });
  for await (const piece of plain) yield cipher.update(piece);
  yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
}

/**
 * Decrypts a file as it flows by; `stored` is what stands before the tag. Only at the end is it known whether every bit is
 * as it was, and it fails with `bad-mac` if not: until then nobody may act on it.
 */
export async function* openFile(
  stored: AsyncIterable<Uint8Array>,
  tag: Uint8Array,
  { iv, key }: FileKey,
): AsyncGenerator<Uint8Array> {
  if (tag.length !== TAG_BYTES) throw new OmemoTrouble('malformed', 'The encrypted file is too short.');
  const decipher = createDecipheriv(ALGORITHM, createSecretKey(key), iv, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(tag);
  for await (const piece of stored) yield decipher.update(piece);
  try {
    const last = decipher.final();
    if (last.length > 0) yield last;
  } catch {
    throw new OmemoTrouble('bad-mac', 'The encrypted file was changed, or is for another key.');
  }
}
