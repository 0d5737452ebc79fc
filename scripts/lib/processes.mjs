import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';

/** @typedef {import('./processes.d.mts').StartOptions} StartOptions */
/** @typedef {import('./processes.d.mts').Running} Running */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

// For a script that ends without stopping what it started. They get SIGTERM, because servers have data to write.
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM');
});

/** @type {string | undefined} */
let wrapper;

/**
 * util-linux' setpriv, by which Linux tells a child that its parent died, even by SIGKILL; empty where it is missing.
 * @returns {string}
 */
function parentDeathWrapper() {
  if (wrapper === undefined) {
    const path = ['/usr/bin/setpriv', '/bin/setpriv'].find((candidate) => existsSync(candidate)) ?? '';
    const help = path === '' ? '' : spawnSync(path, ['--help'], { encoding: 'utf8' }).stdout;
    wrapper = help.includes('--pdeathsig') ? path : '';
  }
  return wrapper;
}

/**
 * Starts a program in a session of its own, so that Ctrl-C in the terminal reaches only the script that owns it.
 * Where the system can do that, it gets SIGTERM when this process dies, however it dies.
 * @param {string} command
 * @param {string[]} args
 * @param {StartOptions} [options]
 * @returns {Promise<Running>}
 */
export async function startProcess(command, args, options = {}) {
  if (isStopping) throw new Error('stopping');
  const { cwd, env, logFile, input } = options;
  const log = logFile === undefined ? 'ignore' : openSync(logFile, 'a', 0o600);
  const setpriv = parentDeathWrapper();
  const [program, words] = setpriv
    ? [setpriv, ['--pdeathsig', 'TERM', '--', command, ...args]]
    : [command, args];
  const child = spawn(program, words, {
    cwd,
    env,
    detached: process.platform !== 'win32',
    stdio: [
      input === undefined ? (options.stdin ?? 'ignore') : 'pipe',
      options.stdout ?? log,
      options.stderr ?? log,
    ],
  });
  if (typeof log === 'number') closeSync(log);
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.stdin?.on('error', () => undefined);
  if (options.stdin === undefined) child.stdin?.end(input);

  running.add(child);
  /** @type {Running['exited']} */
  const exited = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    });
  });
  const isRunning = () => running.has(child);
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  const stop = async (graceMs = 10_000) => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await exited;
    clearTimeout(timer);
  };
  return { pid: child.pid ?? 0, child, exited, isRunning, stop, kill };
}

let isStopping = false;

/**
 * Stops all that this script has started and that still runs, in no order, and lets nothing more start: for an
 * interrupted start, whose steps then fail one after the other.
 */
export async function stopEverything() {
  isStopping = true;
  const all = [...running];
  for (const child of all) child.kill('SIGTERM');
  await Promise.all(all.map((child) => new Promise((resolve) => child.once('exit', resolve))));
}

/**
 * Runs a program to its end and resolves with its exit status; a signal counts as 1.
 * @param {string} command
 * @param {string[]} args
 * @param {StartOptions} [options] its output is shown where nothing else is said
 */
export async function run(command, args, options = {}) {
  const { exited } = await startProcess(command, args, {
    stdout: 'inherit',
    stderr: 'inherit',
    ...options,
  });
  const { code } = await exited;
  return code ?? 1;
}

/**
 * Runs a program and resolves with what it wrote. Nothing is thrown for a failure: look at `code`.
 * @param {string} command
 * @param {string[]} args
 * @param {StartOptions} [options]
 */
export async function capture(command, args, options = {}) {
  const { child, exited } = await startProcess(command, args, { ...options, stdout: 'pipe', stderr: 'pipe' });
  const closed = new Promise((resolve) => child.once('close', resolve));
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const { code } = await exited;
  await closed;
  return { code: code ?? 1, stdout, stderr };
}

/**
 * Waits for a line of a started program's stdout (which must be a pipe) and gives back what the pattern found.
 * @param {Pick<Running, 'child' | 'exited'>} running
 * @param {RegExp} pattern
 * @param {{ what: string, timeoutMs?: number }} options
 * @returns {Promise<RegExpExecArray>}
 */
export function waitForLine({ child, exited }, pattern, { what, timeoutMs = 30_000 }) {
  return new Promise((resolve, reject) => {
    let unfinished = '';
    const timer = setTimeout(
      () => reject(new Error(`Waited ${timeoutMs / 1_000} s for ${what}.`)),
      timeoutMs,
    );
    child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null);
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
    void exited.then(({ code, signal }) => {
      clearTimeout(timer);
      reject(new Error(`It ended (${signal ?? `exit status ${code}`}) before ${what}.`));
    });
  });
}

/**
 * The end of a log file, for an error message.
 * @param {string} file
 * @param {number} [lines]
 */
export function tail(file, lines = 20) {
  if (!existsSync(file)) return `(${file} was not written)`;
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
