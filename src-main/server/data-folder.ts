import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { reason } from '../../src-shared/text/reasons.ts';

/** The data folder cannot be used; `message` says why and what to do. */
export class DataFolderProblem extends Error {}

/** Longest path of a UNIX socket: 108 bytes with the final zero. */
const SOCKET_PATH_BYTES = 107;

/** Creates the folder where it is missing; only its owner may look into it. */
export function prepareDataFolder(dataDir: string): void {
  try {
    for (const folder of [
      dataDir,
      join(dataDir, 'keys'),
      join(dataDir, 'backups'),
      join(dataDir, 'api-tls'),
      join(dataDir, 'files'),
    ]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (process.platform !== 'win32') chmodSync(folder, 0o700);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new DataFolderProblem(reason('folder.unusable', { folder: dataDir, code }));
  }
}

/** What a first start that did not come far leaves. */
const BEGUN = /^(engine\.(lock|sock).*|keys|backups|api-tls|files)$/;

/** Refuses a folder that is missing or another program's: a name that was mistyped must not become a data folder. */
export function checkDataFolder(dataDir: string): void {
  const next =
    'Name another: --data-dir DIR. A new one is made by: botmother serve, or botmother account add JID';
  if (!existsSync(dataDir)) throw new DataFolderProblem(`There is no data folder ${dataDir}. ${next}`);
  if (existsSync(join(dataDir, 'bot_registry.db'))) return;
  if (!statSync(dataDir).isDirectory() || readdirSync(dataDir).some((name) => !BEGUN.test(name))) {
    throw new DataFolderProblem(`${dataDir} is not a data folder of Botmother. ${next}`);
  }
}

/**
 * Takes the folder for this process: an SQLite file held in an exclusive transaction, which the system frees when
 * the process ends, however it ends. Returns the function that gives it back, or undefined when another has it.
 */
export function lockDataFolder(dataDir: string): (() => void) | undefined {
  const file = join(dataDir, 'engine.lock');
  const lock = new BetterSqlite3(file, { timeout: 0 });
  try {
    if (process.platform !== 'win32') chmodSync(file, 0o600);
    lock.exec('BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return undefined;
    throw new DataFolderProblem(reason('folder.not-locked', { file }));
  }
}

/** Where the engine of a data folder serves its API to the CLI: a socket in the folder, or a pipe on Windows. */
export function socketPath(dataDir: string, env: NodeJS.ProcessEnv = process.env): string {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\botmother-${name}`;
  const path = join(dataDir, 'engine.sock');
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES) return path;
  const runtimeDir = env.XDG_RUNTIME_DIR ?? join(tmpdir(), `botmother-${userInfo().uid}`);
  mkdirSync(runtimeDir, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(runtimeDir);
  // Whoever owns the folder could put a socket of their own there, and be told passwords.
  if (!lstatSync(runtimeDir).isDirectory() || uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new DataFolderProblem(reason('folder.open-to-others', { folder: runtimeDir }));
  }
  return join(runtimeDir, `botmother-${name}.sock`);
}
