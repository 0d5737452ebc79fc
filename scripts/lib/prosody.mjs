import { existsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { makeCertificates } from './certificates.mjs';
import { freePorts } from './ports.mjs';
import { Problem } from './problem.mjs';
import { capture } from './processes.mjs';
import { prosodyConfig } from './prosody-config.mjs';
import { endOrphan, prepareFolder } from './server-folder.mjs';
import { serverProcess } from './server-process.mjs';
import { findBinary } from './system.mjs';

/**
 * Starts a Prosody of its own on loopback, from one folder, as any user; several run side by side. It has no admin
 * API over HTTP, so accounts are made through its own console.
 * @param {import('./prosody.d.mts').ProsodyOptions} options
 * @returns {Promise<import('./prosody.d.mts').Prosody>}
 */
export async function startProsody({
  dir: folder,
  domains = ['localhost'],
  ports: wanted = {},
  settings = {},
}) {
  const binary = findBinary('prosody');
  if (!binary)
    throw new Problem('Prosody is not installed:\n\n  sudo apt-get install prosody prosody-modules');
  const dir = resolve(folder);
  const [domain = 'localhost'] = domains;
  prepareFolder(dir, ['data', 'log']);
  await endOrphan(dir, join(dir, 'prosody.pid'));

  const [c2s = 0, tls = 0, http = 0, https = 0] = await freePorts(4);
  const ports = { c2s, tls, http, https, ...wanted };
  const certificates = await makeCertificates(join(dir, 'tls'), domains);
  const config = join(dir, 'prosody.cfg.lua');
  writeFileSync(config, prosodyConfig({ dir, domains, ports, certificates, settings }), { mode: 0o600 });

  /** @param {string[]} words a command of Prosody's console */
  const shell = (words) => runShell(config, words);
  const server = await serverProcess({
    name: 'Prosody',
    command: binary,
    args: ['-F', '--config', config],
    cwd: dir,
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: dir },
    logFile: join(dir, 'log', 'console.log'),
    isReady: async () =>
      existsSync(join(dir, 'admin.sock')) &&
      (await accepts(ports.c2s)) &&
      (await shell(['user', 'list', domain])) !== '',
  });

  return {
    kind: 'prosody',
    dir,
    domain,
    domains,
    host: '127.0.0.1',
    c2sPort: ports.c2s,
    tlsPort: ports.tls,
    httpPort: ports.http,
    httpsPort: ports.https,
    service: `xmpp://127.0.0.1:${ports.c2s}`,
    caFile: certificates.caFile,
    logFile: join(dir, 'log', 'prosody.log'),
    get pid() {
      return server.pid();
    },
    async register(user, password, host = domain) {
      await shell(['user', 'create', `${user}@${host}`, password]);
    },
    async unregister(user, host = domain) {
      await shell(['user', 'delete', `${user}@${host}`]);
    },
    hasAccount: async (user, host = domain) =>
      (await shell(['user', 'list', host])).split('\n').includes(`${user}@${host}`),
    isRunning: server.isRunning,
    stop: server.stop,
    restart: server.restart,
    kill: server.kill,
    onUnexpectedEnd: server.onUnexpectedEnd,
  };
}

/**
 * @param {string} config
 * @param {string[]} words
 */
async function runShell(config, words) {
  // Without it, root would turn into the user `prosody`, who may not look into the folder.
  const stayRoot = process.getuid?.() === 0 ? ['--root'] : [];
  const args = [...stayRoot, '--config', config, 'shell', ...words];
  const { code, stdout, stderr } = await capture(findBinary('prosodyctl') ?? 'prosodyctl', args);
  if (code !== 0)
    throw new Error(`Prosody refused "${words.slice(0, 3).join(' ')}": ${(stderr || stdout).trim()}`);
  return stdout;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
