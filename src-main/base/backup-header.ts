import { createHash, createSecretKey, type KeyObject, randomBytes, scrypt } from 'node:crypto';
import { reason } from '../../src-shared/text/reasons.ts';
import { WRAPPED_KEY_BYTES } from './secret-box.ts';

/** A backup that cannot be read; `message` says why and what to do. */
export class BackupProblem extends Error {}

export const DAMAGED = reason('backup.damaged', {});

const MAGIC = Buffer.from('BOTMOTHER BACKUP');
const FORMAT_VERSION = 1;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const CHECK_BYTES = 16;
const COST_BYTES = 3;
/** Magic, version, costs, salt, wrapped data key, nonce of the body, check. */
export const HEADER_BYTES =
  MAGIC.length + 1 + COST_BYTES + SALT_BYTES + WRAPPED_KEY_BYTES + NONCE_BYTES + CHECK_BYTES;

/** Costs of scrypt as OWASP recommends them: 128 MiB for a moment. `cost` is the power of two. */
const COSTS = { cost: 17, blockSize: 8, parallel: 1 };
/** No file may make us take more than that. */
const MOST = { cost: 20, blockSize: 16, parallel: 4 };
const KEY_BYTES = 32;

type Costs = typeof COSTS;

export interface Header {
  costs: Costs;
  salt: Buffer;
  wrappedKey: Buffer;
  nonce: Buffer;
}

export interface PassphraseKeys {
  /** Seals the data key. */
  wrapping: KeyObject;
  /** Seals everything else. */
  body: KeyObject;
}

/** What the passphrase stands for: two keys, by scrypt. */
export async function passphraseKeys(passphrase: string, { costs, salt }: Pick<Header, 'costs' | 'salt'>) {
  const [N, r, p] = [2 ** costs.cost, costs.blockSize, costs.parallel];
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    // However it was typed: one character can be written in two ways.
    const words = passphrase.normalize('NFC');
    scrypt(words, salt, 2 * KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, made) =>
      error ? reject(error) : resolve(made),
    );
  });
  const keys: PassphraseKeys = {
    wrapping: createSecretKey(bytes.subarray(0, KEY_BYTES)),
    body: createSecretKey(bytes.subarray(KEY_BYTES)),
  };
  return keys;
}

/** Starts a new backup; the header lacks the wrapped key, which needs the keys first. */
export const newHeader = (): Omit<Header, 'wrappedKey'> => ({
  costs: COSTS,
  salt: randomBytes(SALT_BYTES),
  nonce: randomBytes(NONCE_BYTES),
});

const checkOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest().subarray(0, CHECK_BYTES);

export function writeHeader({ costs, salt, wrappedKey, nonce }: Header): Buffer {
  const { cost, blockSize, parallel } = costs;
  const bytes = Buffer.concat([
    MAGIC,
    Buffer.of(FORMAT_VERSION, cost, blockSize, parallel),
    salt,
    wrappedKey,
    nonce,
  ]);
  return Buffer.concat([bytes, checkOf(bytes)]);
}

/** Reads a header, or says what the file is instead. */
export function readHeader(bytes: Buffer): Header {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new BackupProblem(reason('backup.none', {}));
  const version = bytes[MAGIC.length] ?? 0;
  if (version > FORMAT_VERSION) throw new BackupProblem(reason('backup.newer', {}));
  const end = HEADER_BYTES - CHECK_BYTES;
  // Told apart from a wrong passphrase by this check; against forgery stands the tag of the body.
  if (bytes.length < HEADER_BYTES || !checkOf(bytes.subarray(0, end)).equals(bytes.subarray(end)))
    throw new BackupProblem(DAMAGED);
  let at = MAGIC.length + 1;
  const take = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  const [cost = 0, blockSize = 0, parallel = 0] = take(COST_BYTES);
  const costs = { cost, blockSize, parallel };
  const isSane = (name: keyof Costs) => costs[name] >= 1 && costs[name] <= MOST[name];
  if (!isSane('cost') || !isSane('blockSize') || !isSane('parallel')) throw new BackupProblem(DAMAGED);
  return { costs, salt: take(SALT_BYTES), wrappedKey: take(WRAPPED_KEY_BYTES), nonce: take(NONCE_BYTES) };
}
