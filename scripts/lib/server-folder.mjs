import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from './ports.mjs';
import { Problem } from './problem.mjs';
import { tail } from './processes.mjs';
import { waitUntil } from './wait.mjs';

/** Starting takes under two seconds on an idle machine; this leaves room for a busy one. */
const READY_WITHIN_MS = 60_000;

/**
 * Makes the folder of a server, and the ones in it, for its owner's eyes only.
 * @param {string} dir
 * @param {string[]} inside
 */
export function prepareFolder(dir, inside) {
  for (const folder of [dir, ...inside.map((name) => join(dir, name))]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  }
}

/**
 * A value that is made once and kept in a file of the folder (0600).
 * @template T
 * @param {string} file
 * @param {() => T} make
 * @returns {T}
 */
export function keptIn(file, make) {
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(make(), undefined, 2), { mode: 0o600 });
  return JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Ends a server of this folder that outlived the script that owned it. Its command line must name the folder, so
 * that an old file with a number that means another process by now does no harm.
 * @param {string} dir
 * @param {string} pidFile
 */
export async function endOrphan(dir, pidFile) {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  if (pid > 0 && commandLineNames(pid, dir)) {
    const end = () =>
      waitUntil(() => commandLine(pid) === '', { what: `process ${pid} to end`, timeoutMs: 20_000 });
    process.kill(pid, 'SIGTERM');
    await end().catch(() => {
      process.kill(pid, 'SIGKILL');
      return end();
    });
  }
  rmSync(pidFile, { force: true });
}

/**
 * @param {number} pid
 * @param {string} dir
 */
function commandLineNames(pid, dir) {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) && readFileSync(file, 'utf8').includes(dir);
}

/**
 * Waits until a server answers; when it ends instead or stays silent, says so with the end of its log.
 * @param {{ name: string, isReady: () => Promise<boolean>, isRunning: () => boolean, logFile: string }} server
 */
export async function waitUntilReady({ name, isReady, isRunning, logFile }) {
  const answer = await waitUntil(
    async () => {
      if (!isRunning()) return 'ended';
      return (await isReady().catch(() => false)) && 'ready';
    },
    { what: `${name} to answer`, timeoutMs: READY_WITHIN_MS, hint: () => tail(logFile) },
  );
  if (answer === 'ended')
    throw new Problem(`${name} did not start. The end of ${logFile}:\n\n${tail(logFile)}`);
}
