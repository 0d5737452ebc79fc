import { appendFileSync, chmodSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LIMIT_BYTES = 5_000_000;

/**
 * The log of app and engine: `botmother.log` in the folder, and `botmother.old.log` with what was before. It holds no
 * secrets (the loggers take them out), and is for its owner's eyes alone all the same. A disk that is full takes
 * nothing and stops nothing.
 */
export function logFile(folder: string, limitBytes = LIMIT_BYTES) {
  const file = join(folder, 'botmother.log');
  let sizeBytes: number | undefined;

  function open(): number {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) {
      appendFileSync(file, '', { mode: 0o600 });
      if (process.platform !== 'win32') chmodSync(file, 0o600);
    }
    return size ?? 0;
  }

  return {
    folder,
    write(chunk: Uint8Array | string): void {
      try {
        sizeBytes ??= open();
        if (sizeBytes > limitBytes) {
          renameSync(file, join(folder, 'botmother.old.log'));
          sizeBytes = open();
        }
        appendFileSync(file, chunk, { mode: 0o600 });
        sizeBytes += Buffer.byteLength(chunk);
      } catch {
        // The next line tries again, from the folder on.
        sizeBytes = undefined;
      }
    },
  };
}
export type LogFile = ReturnType<typeof logFile>;
