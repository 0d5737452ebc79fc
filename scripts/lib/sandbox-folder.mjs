import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { commandLine, describeHolder, freePorts, isPortFree } from './ports.mjs';
import { Problem } from './problem.mjs';
import { keptIn } from './server-folder.mjs';
import { waitUntil } from './wait.mjs';

/** Kept between runs, so that accounts and bots are there again. Tests name a folder of their own. */
export const SANDBOX = process.env.BOTMOTHER_SANDBOX ?? join(ROOT, '.sandbox');

const LOCK = join(SANDBOX, 'running');
const PORTS = join(SANDBOX, 'ports.json');
/** The ports by which XMPP servers are known; others are taken where these are not free. */
const USUAL = { c2s: 5222, tls: 5223, http: 5280, https: 5443 };

const ENDS_WITHIN_MS = 20_000;

/** The process of the sandbox that runs, or 0. */
function runner() {
  const pid = existsSync(LOCK) ? Number(readFileSync(LOCK, 'utf8')) : 0;
  return pid > 0 && commandLine(pid).includes('sandbox.mjs') ? pid : 0;
}

/** Waits for one that is about to end, as with an engine that was killed; one that stays is left alone. */
export async function letOtherEnd() {
  await waitUntil(() => runner() === 0, { what: 'the sandbox to end', timeoutMs: ENDS_WITHIN_MS }).catch(
    () => undefined,
  );
}

export function assertNotRunning() {
  const pid = runner();
  if (pid > 0) {
    throw new Problem(
      `The sandbox is running already: process ${pid}. Stop it with Ctrl-C there, or: kill ${pid}`,
    );
  }
}

/**
 * Makes the folder, or makes it anew, and marks it as in use. Returns the function that takes the mark away.
 * @param {{ isFresh: boolean }} options
 */
export function takeSandbox({ isFresh }) {
  if (isFresh) rmSync(SANDBOX, { recursive: true, force: true });
  mkdirSync(SANDBOX, { recursive: true, mode: 0o700 });
  writeFileSync(LOCK, String(process.pid), { mode: 0o600 });
  return () => rmSync(LOCK, { force: true });
}

/**
 * The server's ports: chosen at the first run and kept, because the account and the user's clients know them.
 * @returns {Promise<typeof USUAL>}
 */
export async function sandboxPorts() {
  const isFirstRun = !existsSync(PORTS);
  const chosen = isFirstRun ? await choosePorts() : undefined;
  const ports = keptIn(PORTS, () => chosen ?? USUAL);
  for (const port of Object.values(ports)) {
    if (!isFirstRun && !(await isPortFree(port))) {
      throw new Problem(
        `Port ${port}, on which the sandbox has its XMPP server, is taken by ${describeHolder(port)}. ` +
          'Stop that, or begin anew on other ports (accounts and bots of the sandbox are lost): npm run sandbox -- --fresh',
      );
    }
  }
  return ports;
}

async function choosePorts() {
  const ports = { ...USUAL };
  for (const name of /** @type {const} */ (['c2s', 'tls', 'http', 'https'])) {
    if (await isPortFree(USUAL[name])) continue;
    const [port = 0] = await freePorts(1);
    console.log(`Port ${USUAL[name]} is taken by ${describeHolder(USUAL[name])}; using ${port} instead.`);
    ports[name] = port;
  }
  return ports;
}
