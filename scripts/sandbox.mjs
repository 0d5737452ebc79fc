import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEjabberd } from './lib/ejabberd.mjs';
import { engineOn } from './lib/engine.mjs';
import { firstSignal } from './lib/first-signal.mjs';
import { ensureBuild, ensureDependencies } from './lib/install.mjs';
import { describeHolder, isPortFree } from './lib/ports.mjs';
import { Problem, runScript } from './lib/problem.mjs';
import { stopEverything } from './lib/processes.mjs';
import { writeProfanityProfile } from './lib/profanity-profile.mjs';
import { tellSandbox } from './lib/sandbox-facts.mjs';
import { assertNotRunning, letOtherEnd, SANDBOX, sandboxPorts, takeSandbox } from './lib/sandbox-folder.mjs';
import { sandboxGuide } from './lib/sandbox-guide.mjs';
import { endOrphan, prepareFolder } from './lib/server-folder.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

const DEFAULT_PORT = 7842;
const DATA = join(SANDBOX, 'data');
const LOGS = join(SANDBOX, 'logs');
/** Simple on purpose: the server listens on this machine only and holds nothing but what is tried here. */
const PEOPLE = [
  { user: 'you', jid: 'you@localhost', password: 'you-sandbox' },
  { user: 'friend', jid: 'friend@localhost', password: 'friend-sandbox' },
];

const USAGE = `npm run sandbox [-- --port N] [-- --fresh] [-- --server-only]

A private XMPP server on this machine, two accounts, and the engine signed in with one of them.
  --port N   the API's port (${DEFAULT_PORT})
  --fresh    forget accounts, bots and messages of earlier runs
  --server-only  the XMPP server with its accounts, and no engine
  --attached     end when standard input ends`;

/** @param {string[]} argv */
function readOptions(argv) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        port: { type: 'string' },
        fresh: { type: 'boolean' },
        'server-only': { type: 'boolean' },
        attached: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const port = values.port === undefined ? DEFAULT_PORT : Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`"${values.port}" is not a port.`);
    return {
      port,
      isFresh: values.fresh === true,
      isServerOnly: values['server-only'] === true,
      isAttached: values.attached === true,
      wantsHelp: values.help === true,
    };
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

/** What was started, to be stopped in reverse order. @type {(() => unknown)[]} */
const cleanUps = [];

async function stopAll() {
  for (const stop of cleanUps.splice(0).reverse()) await stop();
}

/** @param {number} port */
async function checkPort(port) {
  if (await isPortFree(port)) return;
  throw new Problem(
    `Port ${port}, which the engine needs, is taken by ${describeHolder(port)}.\n` +
      `Stop that, or choose another port: npm run sandbox -- --port ${port + 1}`,
  );
}

/**
 * The XMPP server with its accounts; said in the folder while it runs.
 * @param {number | null} holder
 */
async function startServer(holder = null) {
  const dir = join(SANDBOX, 'server');
  await endOrphan(dir, join(dir, 'ejabberd.pid'));
  const ports = await sandboxPorts();

  const server = await startEjabberd({ dir, ports });
  cleanUps.push(server.stop);
  for (const { user, password } of PEOPLE) {
    if (!(await server.hasAccount(user))) await server.register(user, password);
  }
  cleanUps.push(tellSandbox(server, PEOPLE, holder));
  return server;
}

/**
 * Only the server, for an engine that runs already.
 * @param {number | null} holder
 * @returns {Promise<{ ended: Promise<string> }>}
 */
async function startServerOnly(holder) {
  await ensureDependencies();
  ensureSystemPackages(['server']);
  const server = await startServer(holder);
  console.log(`The sandbox's XMPP server is running: ${server.service}`);
  return {
    ended: new Promise((resolve) => {
      server.onUnexpectedEnd((reason) => resolve(`${reason} Its log: ${server.logFile}`));
    }),
  };
}

/**
 * Starts everything and prints what to do with it. `ended` resolves with the reason when a part ends by itself.
 * @param {number} port
 * @returns {Promise<{ ended: Promise<string> }>}
 */
async function startAll(port) {
  await ensureDependencies();
  ensureSystemPackages(['server']);
  await ensureBuild();
  console.log('Starting the XMPP server and the engine ...');
  const server = await startServer();

  const { cli, start } = engineOn(DATA);
  const engineLog = join(LOGS, 'engine.log');
  prepareFolder(LOGS, []);
  const engine = await start(port, engineLog);
  cleanUps.push(engine.stop);
  await signIn(cli, server);

  /** @type {Record<string, NodeJS.ProcessEnv>} */
  const profiles = {};
  const { host, c2sPort, caFile } = server;
  for (const { user, jid, password } of PEOPLE) {
    const account = { jid, password, host, port: c2sPort, caFile };
    profiles[jid] = await writeProfanityProfile(join(SANDBOX, 'profanity', user), account);
  }
  console.log(
    `\n${sandboxGuide({ apiUrl: engine.apiUrl, host, c2sPort, caFile, logs: LOGS, people: PEOPLE, profiles })}`,
  );

  const ended = new Promise((resolve) => {
    server.onUnexpectedEnd((reason) => resolve(`${reason} Its log: ${server.logFile}`));
    void engine.exited.then(() => resolve(`The engine ended. Its log: ${engineLog}`));
  });
  return { ended };
}

/**
 * The owner's account, and the admin API by which bots get accounts of their own: as the one who may only do that.
 * @param {ReturnType<typeof engineOn>['cli']} cli
 * @param {import('./lib/ejabberd.d.mts').Ejabberd} server
 */
async function signIn(cli, server) {
  const [you = { jid: '', password: '' }] = PEOPLE;
  /** @type {{ jid: string }[]} */
  const accounts = JSON.parse(await cli(['account', 'list', '--json']));
  if (!accounts.some(({ jid }) => jid === you.jid)) {
    const where = ['--service', server.service, '--ca', server.caFile, '--password-stdin'];
    await cli(['account', 'add', you.jid, ...where], you.password);
  }
  const settings = {
    api_url: server.apiUrl,
    host: server.domain,
    admin_jid: server.provisionerJid,
    admin_password: server.provisionerPassword,
  };
  await cli(['ejabberd', 'set', '--stdin'], JSON.stringify(settings));
}

runScript(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.wantsHelp) {
    console.log(USAGE);
    return 0;
  }
  // Before it can be gone.
  const holder = options.isAttached ? process.ppid : null;
  const inputEnds = new Promise((resolve) => {
    if (!options.isAttached) return;
    process.stdin.once('end', () => resolve('SIGTERM')).resume();
    // What failed ends by itself, whoever still holds the other end.
    process.stdin.unref?.();
  });
  const interrupted = Promise.race([firstSignal(), inputEnds]);
  try {
    if (options.isAttached) await Promise.race([letOtherEnd(), interrupted]);
    assertNotRunning();
    if (!options.isServerOnly) await checkPort(options.port);
    cleanUps.push(takeSandbox(options));

    const starting = options.isServerOnly ? startServerOnly(holder) : startAll(options.port);
    const started = await Promise.race([starting, interrupted]);
    if (typeof started === 'string') {
      await stopEverything();
      // What was under way fails now that its processes are gone, and nobody needs to hear of it.
      await starting.catch(() => undefined);
      await stopEverything();
      return 0;
    }
    const reason = await Promise.race([started.ended, interrupted.then(() => undefined)]);
    console.log(reason === undefined ? '\nStopping ...' : `\n${reason}\nStopping the rest ...`);
    return reason === undefined ? 0 : 1;
  } finally {
    await stopAll();
  }
});
