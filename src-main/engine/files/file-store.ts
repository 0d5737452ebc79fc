import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { flowed } from '../../base/flowed.ts';
import { HEAD_BYTES } from '../../base/media-type.ts';
import {
  FILE_TAG_BYTES,
  type FileKey,
  newFileKey,
  openFile,
  sealFile,
} from '../../gateways/omemo/aesgcm-file.ts';
import { asRefusal } from '../../store/storage-refusal.ts';

/** More came than may. */
export class TooLarge extends Error {
  readonly limitBytes: number;
  constructor(limitBytes: number) {
    super(`more than ${limitBytes} bytes`);
    this.name = 'TooLarge';
    this.limitBytes = limitBytes;
  }
}

/** A file in our folder: encrypted, with a key that is nowhere on the disk in clear. */
export interface StoredFile {
  /** Its name in the folder, which says nothing. */
  id: string;
  key: FileKey;
  /** Of what is in it. */
  sizeBytes: number;
}

/** What was seen while a file was read. */
export interface Seen {
  head: Uint8Array;
  sha256: string;
}

const ID = /^[0-9a-f-]{36}$/;
const PIECE_BYTES = 64 * 1024;

/**
 * Files on their way from one place to another, in the form of aesgcm files: no file is in memory as a whole, and none is
 * on the disk in clear. What is here can be sent to a server as an encrypted file, as it is.
 */
export function fileStore(dir: string) {
  const pathOf = (id: string) => join(dir, id);
  /** In the hands of who had them taken in, and known to nobody else. */
  const held = new Set<string>();

  /** Writes a new file; nothing is left of one that could not be written to its end. */
  async function write(pieces: AsyncIterable<Uint8Array>): Promise<{ id: string; bytes: number }> {
    const id = randomUUID();
    held.add(id);
    let file: FileHandle | undefined;
    let bytes = 0;
    try {
      file = await open(pathOf(id), 'wx', 0o600);
      for await (const piece of pieces) {
        await file.writeFile(piece);
        bytes += piece.length;
        flowed(piece.length);
      }
      await file.close();
      return { id, bytes };
    } catch (error) {
      await file?.close();
      await remove(id);
      throw asRefusal(error);
    }
  }

  async function remove(id: string): Promise<void> {
    await rm(pathOf(id), { force: true });
    held.delete(id);
  }

  /** What is in the file, piece by piece; fails at its end when it is not as it was. */
  async function* read({ id, key }: Pick<StoredFile, 'id' | 'key'>): AsyncGenerator<Uint8Array> {
    const file = await open(pathOf(id), 'r');
    try {
      const { size } = await file.stat();
      const end = Math.max(0, size - FILE_TAG_BYTES);
      const tag = Buffer.alloc(size - end);
      await file.read(tag, 0, tag.length, end);
      yield* openFile(piecesOf(file, end), tag, key);
    } finally {
      await file.close();
    }
  }

  async function* readAll(id: string): AsyncGenerator<Uint8Array> {
    const file = await open(pathOf(id), 'r');
    try {
      yield* piecesOf(file, (await file.stat()).size);
    } finally {
      await file.close();
    }
  }

  return {
    /** Takes in a file, encrypted under a new key. Fails with `TooLarge`, and keeps nothing then. */
    async keep(source: AsyncIterable<Uint8Array>, limitBytes: number): Promise<StoredFile & Seen> {
      const key = newFileKey();
      const watched = watch(limited(source, limitBytes));
      const { id, bytes } = await write(sealFile(watched.pieces, key));
      return { id, key, sizeBytes: bytes - FILE_TAG_BYTES, ...watched.seen() };
    },

    /** Takes in what is encrypted already, and makes sure that this key opens it: fails with `OmemoTrouble` if not. */
    async keepSealed(
      source: AsyncIterable<Uint8Array>,
      key: FileKey,
      limitBytes: number,
    ): Promise<StoredFile & Seen> {
      const { id, bytes } = await write(limited(source, limitBytes + FILE_TAG_BYTES));
      const watched = watch(read({ id, key }));
      try {
        for await (const _ of watched.pieces);
      } catch (error) {
        await remove(id);
        throw error;
      }
      return { id, key, sizeBytes: bytes - FILE_TAG_BYTES, ...watched.seen() };
    },

    /** What is in the file. */
    read: (file: StoredFile): Readable => Readable.from(read(file), { objectMode: false }),
    /** The file as it lies there, encrypted; it is longer by `FILE_TAG_BYTES`. */
    readSealed: ({ id }: StoredFile): Readable => Readable.from(readAll(id), { objectMode: false }),

    has: (id: string): Promise<boolean> =>
      stat(pathOf(id)).then(
        (found) => found.isFile(),
        () => false,
      ),
    remove,
    /** From now on it is among what `sweep` is told of. */
    release: (id: string): void => void held.delete(id),
    /** Removes what nobody knows: what a killed engine left, and what is over. Names of another kind are not ours. */
    async sweep(isKnown: (id: string) => boolean): Promise<void> {
      const names = await readdir(dir).catch(() => []);
      const unknown = names.filter((name) => ID.test(name) && !held.has(name) && !isKnown(name));
      await Promise.all(unknown.map(remove));
    },
  };
}
export type FileStore = ReturnType<typeof fileStore>;

async function* piecesOf(file: Awaited<ReturnType<typeof open>>, end: number): AsyncGenerator<Uint8Array> {
  for (let position = 0; position < end; ) {
    // A new one for each piece: what was handed out may still wait to be sent.
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, end - position));
    const { bytesRead } = await file.read(piece, 0, piece.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    flowed(bytesRead);
    yield piece.subarray(0, bytesRead);
  }
}

async function* limited(source: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of source) {
    bytes += piece.length;
    if (bytes > limitBytes) throw new TooLarge(limitBytes);
    yield piece;
  }
}

/** Looks at what flows by. */
function watch(source: AsyncIterable<Uint8Array>): { pieces: AsyncIterable<Uint8Array>; seen: () => Seen } {
  const hash = createHash('sha256');
  const head = Buffer.alloc(HEAD_BYTES);
  let seenBytes = 0;
  async function* pieces() {
    for await (const piece of source) {
      hash.update(piece);
      if (seenBytes < HEAD_BYTES) {
        const room = piece.subarray(0, HEAD_BYTES - seenBytes);
        head.set(room, seenBytes);
        seenBytes += room.length;
      }
      yield piece;
    }
  }
  return {
    pieces: pieces(),
    seen: () => ({ head: head.subarray(0, seenBytes), sha256: hash.digest('hex') }),
  };
}
