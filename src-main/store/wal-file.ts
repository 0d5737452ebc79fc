import { existsSync, fdatasyncSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FlushPlace } from './flush-place.ts';
import { rewriteLog } from './rewrite-log.ts';

/**
 * The write-ahead log of an open SQLite database, to flush it without holding up the loop for long. SQLite holds no locks
 * on this file, so opening and closing it takes none away.
 */
export class WalFile {
  readonly #path: string;
  readonly #place = new FlushPlace();
  #file: Promise<FileHandle> | undefined;

  constructor(database: string) {
    this.#path = `${database}-wal`;
  }

  get isThere(): boolean {
    return existsSync(this.#path);
  }

  /** Resolves when everything that was written to it before is on the disk. */
  async sync(): Promise<void> {
    this.#file ??= open(this.#path, 'r+');
    try {
      const file = await this.#file;
      await this.#place.flush({ inPlace: () => fdatasyncSync(file.fd), beside: () => file.datasync() });
    } catch (error) {
      // It may not have been opened: the next one tries again.
      await this.close();
      throw error;
    }
  }

  /** Writes its first frames again, for the next `sync`. Throws `LogDamaged` when they are not what was committed. */
  rewrite(frames: number): void {
    rewriteLog(this.#path, frames);
  }

  async close(): Promise<void> {
    const file = await this.#file?.catch(() => undefined);
    this.#file = undefined;
    await file?.close();
  }
}
