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

/** Encrypts a file with a new key: the bytes that are stored end with the tag. */
export function sealFile(plain: Uint8Array, draw: DrawBytes = randomBytes): FileKey & { stored: Uint8Array } {
  const iv = draw(IV_BYTES);
  const key = draw(KEY_BYTES);
  const cipher = createCipheriv(ALGORITHM, createSecretKey(key), iv, { authTagLength: TAG_BYTES });
  const stored = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { iv, key, stored };
}

/** Decrypts a file. Fails with `bad-mac` where a bit of it is not as it was. */
export function openFile(stored: Uint8Array, { iv, key }: FileKey): Uint8Array {
  if (stored.length < TAG_BYTES) throw new OmemoTrouble('malformed', 'The encrypted file is too short.');
  const end = stored.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, createSecretKey(key), iv, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(stored.subarray(end));
  const plain = decipher.update(stored.subarray(0, end));
  try {
    return Buffer.concat([plain, decipher.final()]);
  } catch {
    throw new OmemoTrouble('bad-mac', 'The encrypted file was changed, or is for another key.');
  }
}
