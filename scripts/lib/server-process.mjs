import { startProcess } from './processes.mjs';
import { waitUntilReady } from './server-folder.mjs';

/** A clean stop takes two to three seconds; mnesia writes its tables then. */
const STOP_WITHIN_MS = 20_000;

/**
 * @typedef {object} ServerProgram
 * @property {string} name for messages
 * @property {string} command
 * @property {string[]} args
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {string} logFile
 * @property {() => Promise<boolean>} isReady
 */

/**
 * A server program that can be stopped, killed and started again; tells of an end that nobody asked for.
 * @param {ServerProgram} program
 */
export async function serverProcess({ name, command, args, cwd, env, logFile, isReady }) {
  /** @type {((reason: string) => void)[]} */
  const listeners = [];
  /** @type {Promise<void> | undefined} */
  let ending;

  async function boot() {
    ending = undefined;
    const started = await startProcess(command, args, { cwd, env, logFile });
    await waitUntilReady({ name, isReady, isRunning: started.isRunning, logFile }).catch(async (error) => {
      await started.kill();
      throw error;
    });
    void started.exited.then(({ code, signal }) => {
      if (ending) return;
      ending = Promise.resolve();
      for (const listener of listeners) listener(`${name} ended (${signal ?? `exit status ${code}`}).`);
    });
    return started;
  }

  let running = await boot();
  /** @param {() => Promise<void>} how */
  const end = (how) => {
    ending ??= how();
    return ending;
  };
  const stop = () => end(() => running.stop(STOP_WITHIN_MS));
  return {
    pid: () => running.pid,
    isRunning: () => running.isRunning(),
    stop,
    kill: () => end(() => running.kill()),
    async restart() {
      await stop();
      running = await boot();
    },
    /** @param {(reason: string) => void} listener */
    onUnexpectedEnd: (listener) => void listeners.push(listener),
  };
}
