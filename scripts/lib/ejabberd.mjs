import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { makeCertificates } from './certificates.mjs';
import { ejabberdConfig } from './ejabberd-config.mjs';
import { freePorts } from './ports.mjs';
import { Problem } from './problem.mjs';
import { endOrphan, keptIn, prepareFolder } from './server-folder.mjs';
import { serverProcess } from './server-process.mjs';
import { findBinary } from './system.mjs';

/**
 * Starts an ejabberd of its own on loopback, from one folder, as any user; several run side by side. It runs the
 * Erlang VM itself: ejabberdctl would switch users and want a cookie, a host name and epmd. What is in the folder
 * (accounts, archive, certificates) is there again at the next start.
 * @param {import('./ejabberd.d.mts').EjabberdOptions} options
 * @returns {Promise<import('./ejabberd.d.mts').Ejabberd>}
 */
export async function startEjabberd({
  dir: folder,
  domains = ['localhost'],
  ports: wanted = {},
  settings = {},
}) {
  const libraries = erlangLibraries();
  const dir = resolve(folder);
  const [domain = 'localhost'] = domains;
  prepareFolder(dir, ['spool', 'log', 'upload']);
  const pidFile = join(dir, 'ejabberd.pid');
  await endOrphan(dir, pidFile);

  const [c2s = 0, tls = 0, http = 0, https = 0] = await freePorts(4);
  const ports = { c2s, tls, http, https, ...wanted };
  const certificates = await makeCertificates(join(dir, 'tls'), domains);
  const secrets = keptIn(join(dir, 'passwords.json'), () => ({
    admin: randomBytes(16).toString('hex'),
    provisioner: randomBytes(16).toString('hex'),
  }));
  const [adminJid, provisionerJid] = [`admin@${domain}`, `provisioner@${domain}`];
  const config = join(dir, 'ejabberd.yml');
  const facts = { dir, domains, ports, certificates, adminJid, provisionerJid, settings };
  writeFileSync(config, ejabberdConfig(facts), { mode: 0o600 });

  const apiUrl = `http://127.0.0.1:${ports.http}/api`;
  /**
   * @param {string} command
   * @param {Record<string, unknown>} args
   */
  const call = (command, args) => callApi(apiUrl, `${adminJid}:${secrets.admin}`, command, args);
  const server = await serverProcess({
    name: 'ejabberd',
    command: findBinary('erl') ?? 'erl',
    args: vmArguments(join(dir, 'spool'), registerAll(domain, secrets)),
    cwd: dir,
    env: {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HOME: dir,
      ERL_LIBS: libraries,
      ERL_CRASH_DUMP_BYTES: '0',
      EJABBERD_CONFIG_PATH: config,
      EJABBERD_LOG_PATH: join(dir, 'log', 'ejabberd.log'),
      EJABBERD_PID_PATH: pidFile,
    },
    logFile: join(dir, 'log', 'console.log'),
    // The administrator is registered last, so that an answer means that everything is there.
    isReady: async () => typeof (await call('status', {})) === 'string',
  });

  return {
    kind: 'ejabberd',
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
    logFile: join(dir, 'log', 'ejabberd.log'),
    apiUrl,
    adminJid,
    adminPassword: secrets.admin,
    provisionerJid,
    provisionerPassword: secrets.provisioner,
    get pid() {
      return server.pid();
    },
    api: (command, args = {}) => call(command, args),
    async register(user, password, host = domain) {
      await call('register', { user, host, password });
    },
    async unregister(user, host = domain) {
      await call('unregister', { user, host });
    },
    hasAccount: async (user, host = domain) => (await call('check_account', { user, host })) === 0,
    isRunning: server.isRunning,
    stop: server.stop,
    restart: server.restart,
    kill: server.kill,
    onUnexpectedEnd: server.onUnexpectedEnd,
  };
}

/** The folder with ejabberd's Erlang code. */
function erlangLibraries() {
  const multiarch = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`) : [];
  for (const folder of [
    '/usr/lib',
    '/usr/local/lib',
    ...multiarch.filter((path) => path.endsWith('-linux-gnu')),
  ]) {
    const versions = existsSync(folder) ? readdirSync(folder) : [];
    const found = versions
      .filter((name) => name.startsWith('ejabberd-'))
      .map((name) => join(folder, name, 'ebin', 'ejabberd.beam'))
      .find((file) => existsSync(file));
    if (found) return dirname(dirname(dirname(found)));
  }
  throw new Problem('ejabberd is not installed:\n\n  sudo apt-get install --no-install-recommends ejabberd');
}

/**
 * @param {string} spool
 * @param {string} afterStart an Erlang expression
 */
function vmArguments(spool, afterStart) {
  // Without busy waiting, so that an idle server costs no time.
  const quiet = ['+sbwt', 'none', '+sbwtdcpu', 'none', '+sbwtdio', 'none'];
  const node = ['-noinput', '+K', 'true', '+P', '65536', ...quiet, '-mnesia', 'dir', JSON.stringify(spool)];
  return [...node, '-s', 'ejabberd', '-eval', afterStart];
}

/**
 * Nobody can make the first account over the API, so the VM does it; later starts find both there.
 * @param {string} domain
 * @param {{ admin: string, provisioner: string }} passwords
 */
function registerAll(domain, { admin, provisioner }) {
  /** @param {string[]} words none of them holds a quote */
  const call = (words) => `ejabberd_auth:try_register(${words.map((word) => `<<"${word}">>`).join(',')})`;
  return `${call(['provisioner', domain, provisioner])},${call(['admin', domain, admin])}.`;
}

/**
 * @param {string} apiUrl
 * @param {string} credentials
 * @param {string} command
 * @param {Record<string, unknown>} args
 * @returns {Promise<unknown>}
 */
async function callApi(apiUrl, credentials, command, args) {
  const response = await fetch(`${apiUrl}/${command}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(args),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`ejabberd refused ${command}: ${response.status} ${answer}`);
  return JSON.parse(answer);
}
