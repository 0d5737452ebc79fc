import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { refuse } from '../../../src-shared/errors.ts';
import { BackupProblem } from '../../base/backup-header.ts';
import type { Logger } from '../../base/logger.ts';
import type { HeldBackup, Restorer } from '../../engine/admin/restorer.ts';
import { keyFileOf } from '../file-key-box.ts';
import { putInPlace, type Staged, unpackBackup } from './restore.ts';

interface LiveRestoreDeps {
  dataDir: string;
  keyFile: string | undefined;
  now: () => number;
  logger: Logger;
  /** Ends the engine, so that it can be started anew. */
  restart: () => void;
}

const HELD_PREFIX = 'restoring-upload-';

/**
 * Brings a backup into the folder of the engine that runs on it: read and proven beside the data while all goes on; put in
 * place once the engine has let go of the data. Where that fails, the old data is as it was.
 */
export function liveRestore({ dataDir, keyFile, now, logger, restart }: LiveRestoreDeps): Restorer & {
  /** To be called when the engine has closed its data, and before the folder is given back. */
  finish(): Promise<void>;
} {
  let isHeld = false;
  let ready: Staged | undefined;

  async function held(): Promise<HeldBackup> {
    for (const name of await readdir(dataDir)) {
      // Left by an engine that was killed.
      if (name.startsWith(HELD_PREFIX)) await rm(join(dataDir, name), { recursive: true, force: true });
    }
    const folder = await mkdtemp(join(dataDir, HELD_PREFIX));
    const file = join(folder, 'backup');
    let staged: Staged | undefined;
    const self: HeldBackup = {
      async take(content) {
        await pipeline(content, createWriteStream(file, { flags: 'wx', mode: 0o600 })).catch(
          (error: unknown) => {
            throw explained(error);
          },
        );
        return self;
      },
      async check(passphrase) {
        staged = await unpackBackup({ dataDir, file, passphrase }).catch((error: unknown) => {
          throw explained(error);
        });
        await rm(folder, { recursive: true, force: true });
        const { createdAt, version } = staged;
        return {
          createdAt,
          version,
          apply: () => {
            ready = staged;
            restart();
          },
        };
      },
      async drop() {
        await staged?.drop();
        await rm(folder, { recursive: true, force: true });
        isHeld = false;
      },
    };
    return self;
  }

  return {
    async hold() {
      if (isHeld) throw refuse('restore.running', {});
      isHeld = true;
      try {
        return await held();
      } catch (error) {
        isHeld = false;
        throw explained(error);
      }
    },
    async finish() {
      if (!ready) return;
      const staged = ready;
      ready = undefined;
      try {
        const aside = await putInPlace(staged, {
          dataDir,
          keyFile: keyFileOf(dataDir, keyFile),
          nowMs: now(),
        });
        logger.info({ createdAt: staged.createdAt, aside }, 'a backup was put in place');
      } catch (error) {
        logger.error({ err: error }, 'a backup could not be put in place');
      } finally {
        await staged.drop();
      }
    },
  };
}

function explained(error: unknown): unknown {
  if (error instanceof BackupProblem) return refuse('restore.refused', { reason: error.message });
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^E(NOSPC|DQUOT|ACCES|PERM|ROFS|IO)$/.test(code)
    ? refuse('storage.failed', { reason: code })
    : error;
}
