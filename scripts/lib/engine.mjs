import { join } from 'node:path';
import { node24 } from './install.mjs';
import { ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';
import { capture, startProcess, tail, waitForLine } from './processes.mjs';

export const CLI = join(ROOT, 'scripts', 'botmother.mjs');
const READY_WITHIN_MS = 60_000;
/** It promises to stop within five seconds. */
const STOP_WITHIN_MS = 6_000;

/**
 * The engine and its CLI on one data folder; what the user has set for an engine of their own is left out.
 * @param {string} dataDir
 */
export function engineOn(dataDir) {
  const own = Object.entries(process.env).filter(([name]) => !/^BOTMOTHER_(?!LOG_LEVEL)/.test(name));
  const env = Object.fromEntries(own);
  return {
    /**
     * Runs one command of the CLI; a refusal is a `Problem` in its own words.
     * @param {string[]} words
     * @param {string} [input]
     */
    async cli(words, input = '') {
      const args = [CLI, ...words, '--data-dir', dataDir];
      const { code, stdout, stderr } = await capture(node24(), args, { env, input });
      if (code !== 0)
        throw new Problem(`botmother ${words[0]} ${words[1]} failed: ${(stderr || stdout).trim()}`);
      return stdout;
    },

    /**
     * Starts the engine and resolves when it is ready.
     * @param {number} port
     * @param {string} logFile
     */
    async start(port, logFile) {
      const args = [CLI, 'serve', '--data-dir', dataDir, '--port', String(port)];
      const running = await startProcess(node24(), args, { env, logFile, stdout: 'pipe' });
      const [, apiUrl = ''] = await waitForLine(running, /^Botmother is ready: (\S+)/, {
        what: 'the engine was ready',
        timeoutMs: READY_WITHIN_MS,
      }).catch(async (error) => {
        await running.kill();
        throw new Problem(
          `The engine did not start. ${error.message}\nThe end of ${logFile}:\n\n${tail(logFile)}`,
        );
      });
      return { apiUrl, pid: running.pid, exited: running.exited, stop: () => running.stop(STOP_WITHIN_MS) };
    },
  };
}
