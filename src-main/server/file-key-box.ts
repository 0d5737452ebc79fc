import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { reason } from '../../src-shared/text/reasons.ts';
import { DATA_KEY_BYTES, type SecretBox, secretBox } from '../base/secret-box.ts';

/** The key file cannot be used; `message` says why and what to do. Nothing is made anew in its place. */
export class KeyFileProblem extends Error {}

export const keyFileOf = (dataDir: string, keyFile: string | undefined): string =>
  keyFile ?? join(dataDir, 'keys', 'data.key');

/** Where the desktop app has the key that is sealed by the keystore of the system. */
export const sealedKeyFileOf = (dataDir: string): string => join(dataDir, 'keys', 'data.key.sealed');

/**
 * Opens the secret box with the key file (0600). It is made at the first start only: where a database exists and
 * its key does not, that is an error, because a new key could never open what the old one sealed.
 */
export function fileKeyBox(dataDir: string, keyFile: string | undefined): SecretBox {
  const file = keyFileOf(dataDir, keyFile);
  if (!existsSync(file)) {
    if (existsSync(sealedKeyFileOf(dataDir))) {
      throw new KeyFileProblem(reason('key.in-keystore', {}));
    }
    if (existsSync(join(dataDir, 'bot_registry.db'))) {
      throw new KeyFileProblem(reason('key.missing', { file }));
    }
    createKeyFile(file);
  }
  if (!statSync(file).isFile()) throw new KeyFileProblem(reason('key.no-file', { file }));
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new KeyFileProblem(reason('key.open', { file }));
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== DATA_KEY_BYTES) {
    throw new KeyFileProblem(reason('key.damaged', { file, bytes: key.length, needed: DATA_KEY_BYTES }));
  }
  return secretBox(key);
}

function createKeyFile(file: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, `${randomBytes(DATA_KEY_BYTES).toString('base64')}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
