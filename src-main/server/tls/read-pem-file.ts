import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { type ErrorCode, refuse } from '../../../src-shared/errors.ts';

/** A chain of large certificates has some ten thousand bytes. */
const LIMIT_BYTES = 256 * 1024;
/** A pipe that nobody writes to would hold the opening up. Not on every system. */
const { O_NONBLOCK = 0, O_RDONLY } = constants;

const REFUSED: Record<string, Extract<ErrorCode, 'certificate.missing' | 'certificate.unreadable'>> = {
  ENOENT: 'certificate.missing',
  ENOTDIR: 'certificate.missing',
};

/** A file, and what it is called before people: they are told which setting it is about, not where our folders are. */
export interface NamedFile {
  path: string;
  name: string;
}

/**
 * Reads a certificate or key that a person named. Refuses what is no regular file of that size: nothing else is opened,
 * because opening alone may do something (a pipe, a device).
 */
export async function readPemFile({ path, name: file }: NamedFile): Promise<string> {
  try {
    check(file, await stat(path));
    const handle = await open(path, O_RDONLY | O_NONBLOCK);
    try {
      // What was looked at need not be what was opened.
      check(file, await handle.stat());
      const buffer = Buffer.alloc(LIMIT_BYTES + 1);
      let length = 0;
      for (;;) {
        const { bytesRead } = await handle.read(buffer, length, buffer.length - length);
        length += bytesRead;
        if (bytesRead === 0 || length === buffer.length) break;
      }
      if (length > LIMIT_BYTES) throw tooLarge(file);
      return buffer.toString('latin1', 0, length);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!/^E[A-Z0-9]+$/.test(code)) throw error;
    throw refuse(REFUSED[code] ?? 'certificate.unreadable', { file });
  }
}

const tooLarge = (file: string) => refuse('certificate.too-large', { file, limit: LIMIT_BYTES / 1024 });

function check(file: string, found: { isFile(): boolean; size: number }): void {
  if (!found.isFile()) throw refuse('certificate.no-file', { file });
  if (found.size > LIMIT_BYTES) throw tooLarge(file);
}
