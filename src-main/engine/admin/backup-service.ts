import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import { sealBackup } from '../../base/backup-file.ts';
import type { Clock } from '../../base/clock.ts';
import type { SecretBox } from '../../base/secret-box.ts';
import { DATABASE_FILE, SCHEMA_VERSION, type Store } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';

interface BackupServiceDeps {
  store: Store;
  box: SecretBox;
  audit: AuditTrail;
  clock: Clock;
  dataDir: string;
  version: string;
}

/** Folders of copies under way; one that is found at the next backup was left by an engine that was killed. */
const COPY_PREFIX = 'copying-';

/** Makes backups while everything runs. The data key leaves the program only under the passphrase. */
export function backupService({ store, box, audit, clock, dataDir, version }: BackupServiceDeps) {
  const backups = join(dataDir, 'backups');
  let isRunning = false;

  /** A folder of its own, which only this user may look into. */
  async function workFolder(): Promise<string> {
    await mkdir(backups, { recursive: true, mode: 0o700 });
    for (const name of await readdir(backups)) {
      if (name.startsWith(COPY_PREFIX)) await rm(join(backups, name), { recursive: true, force: true });
    }
    return mkdtemp(join(backups, COPY_PREFIX));
  }

  async function* bytes(passphrase: string): AsyncGenerator<Buffer> {
    let folder: string | undefined;
    try {
      folder = await workFolder();
      const copy = join(folder, DATABASE_FILE);
      await store.copyTo(copy);
      const { size } = await stat(copy);
      const description = {
        version,
        schema: SCHEMA_VERSION,
        created_at: Math.floor(clock.now() / 1_000),
        files: [{ name: DATABASE_FILE, bytes: size }],
      };
      yield* sealBackup(passphrase, box, description, [copy]);
    } finally {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }
  }

  return {
    /** The bytes of a backup as of now, sealed with the passphrase. One is made at a time. */
    async make(passphrase: string, caller: Caller): Promise<Readable> {
      if (isRunning) throw refuse('backup.running', {});
      isRunning = true;
      try {
        await store.write((tx) => audit.note(tx, caller, { action: 'backup' }));
      } catch (error) {
        isRunning = false;
        throw error;
      }
      const stream = Readable.from(bytes(passphrase), { objectMode: false });
      // Also when nobody ever read from it.
      stream.once('close', () => {
        isRunning = false;
      });
      return stream;
    },
  };
}
