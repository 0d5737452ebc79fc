import { createCipheriv, createDecipheriv } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { reason } from '../../src-shared/text/reasons.ts';
import {
  BackupProblem,
  DAMAGED,
  HEADER_BYTES,
  newHeader,
  passphraseKeys,
  readHeader,
  writeHeader,
} from './backup-header.ts';
import { type SecretBox, unwrapDataKey } from './secret-box.ts';

/**
 * A backup as one file: a header (costs of scrypt, salt, the data key sealed with the passphrase), then everything
 * else under AES-256-GCM with the header as additional data, then the tag. Inside: the length of a description in
 * JSON, the description, and the files it names, one after the other.
 */
export interface BackupDescription {
  /** Of the program that made it. */
  version: string;
  /** Layout of its database. */
  schema: number;
  /** Unix seconds. */
  created_at: number;
  files: { name: string; bytes: number }[];
}

const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const LONGEST_DESCRIPTION = 1024 * 1024;

/** The bytes of a backup, piece by piece. `files` are paths, in the order of the description. */
export async function* sealBackup(
  passphrase: string,
  box: SecretBox,
  description: BackupDescription,
  files: readonly string[],
): AsyncGenerator<Buffer> {
  const start = newHeader();
  const keys = await passphraseKeys(passphrase, start);
  const header = writeHeader({ ...start, wrappedKey: box.wrapDataKey(keys.wrapping) });
  yield header;
  const cipher = createCipheriv(ALGORITHM, keys.body, start.nonce).setAAD(header);
  const words = Buffer.from(JSON.stringify(description));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(words.length);
  yield cipher.update(Buffer.concat([length, words]));
  for (const file of files) {
    for await (const chunk of createReadStream(file)) yield cipher.update(chunk as Buffer);
  }
  yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
}

/** Where the content of a file of the backup goes. */
export interface BackupSink {
  /** Called before anything is written; may throw to refuse the backup. */
  begin(description: BackupDescription): void;
  write(name: string, chunk: Buffer): Promise<void>;
}

/**
 * Reads a backup to its end. What the sink was given counts only when this resolves: before that nothing says that
 * the file is whole. Rejects with `BackupProblem`.
 */
export async function readBackup(
  path: string,
  passphrase: string,
  sink: BackupSink,
): Promise<{ dataKey: Buffer; description: BackupDescription }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const header = await bytesAt(file, 0, Math.min(size, HEADER_BYTES));
    const fields = readHeader(header);
    if (size < HEADER_BYTES + LENGTH_BYTES + TAG_BYTES) throw new BackupProblem(DAMAGED);
    const keys = await passphraseKeys(passphrase, fields);
    const dataKey = unwrapDataKey(fields.wrappedKey, keys.wrapping);
    if (!dataKey) throw new BackupProblem(reason('backup.passphrase', {}));
    const tag = await bytesAt(file, size - TAG_BYTES, TAG_BYTES);
    const decipher = createDecipheriv(ALGORITHM, keys.body, fields.nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(header).setAuthTag(tag);
    const body = createReadStream(path, { start: HEADER_BYTES, end: size - TAG_BYTES - 1 });
    const unpacked = unpacker(sink);
    for await (const chunk of body) await unpacked.take(decipher.update(chunk as Buffer));
    try {
      decipher.final();
    } catch {
      throw new BackupProblem(DAMAGED);
    }
    return { dataKey, description: unpacked.description() };
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** Takes the pieces apart again: the description first, then each file. */
function unpacker(sink: BackupSink) {
  let waiting = Buffer.alloc(0);
  let description: BackupDescription | undefined;
  let index = 0;
  let left = 0;

  function readDescription(): void {
    if (waiting.length < LENGTH_BYTES) return;
    const length = waiting.readUInt32BE();
    // Nothing is proven yet at this point, so nothing is believed.
    if (length > LONGEST_DESCRIPTION) throw new BackupProblem(DAMAGED);
    if (waiting.length < LENGTH_BYTES + length) return;
    const words = waiting.subarray(LENGTH_BYTES, LENGTH_BYTES + length).toString('utf8');
    waiting = waiting.subarray(LENGTH_BYTES + length);
    description = parseDescription(words);
    left = description.files[0]?.bytes ?? 0;
    sink.begin(description);
  }

  return {
    async take(chunk: Buffer): Promise<void> {
      waiting = waiting.length === 0 ? Buffer.from(chunk) : Buffer.concat([waiting, chunk]);
      if (!description) readDescription();
      while (description && waiting.length > 0) {
        const file = description.files[index];
        if (!file) throw new BackupProblem(DAMAGED);
        const part = waiting.subarray(0, left);
        if (part.length > 0) await sink.write(file.name, part);
        waiting = waiting.subarray(part.length);
        left -= part.length;
        if (left > 0) continue;
        index += 1;
        left = description.files[index]?.bytes ?? 0;
      }
    },
    description(): BackupDescription {
      if (!description || index < description.files.length) throw new BackupProblem(DAMAGED);
      return description;
    },
  };
}

function parseDescription(words: string): BackupDescription {
  try {
    const { version, schema, created_at, files } = JSON.parse(words);
    const isGood =
      typeof version === 'string' &&
      Number.isInteger(schema) &&
      Number.isInteger(created_at) &&
      Array.isArray(files) &&
      files.every((file) => typeof file?.name === 'string' && Number.isInteger(file.bytes) && file.bytes > 0);
    if (isGood) return { version, schema, created_at, files };
  } catch {
    // Said below.
  }
  throw new BackupProblem(DAMAGED);
}
