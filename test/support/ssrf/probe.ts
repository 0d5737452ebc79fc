import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressPolicy } from '../../../src-main/base/address-guard.ts';
import { HttpClient } from '../../../src-main/base/http-client.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { secretBox } from '../../../src-main/base/secret-box.ts';
import { prepareDataFolder } from '../../../src-main/server/data-folder.ts';
import { type OpenApi, openApi } from '../../../src-main/server/open-api.ts';
import { type FileClients, fileClients, HOME, signedInAtHome } from './file-clients.ts';
import { HOSTILE } from './hostile-addresses.ts';
import { stubDns } from './stub-dns.ts';

/**
 * Runs where nothing can leave: a network namespace that has every address of this list on its loopback, and no route.
 * Prints as JSON what was asked for and what was reached.
 */
const PUBLIC = '93.184.216.34';
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'private.test': ['10.0.0.1'],
  'metadata.test': ['169.254.169.254'],
  'loop.test': ['127.0.0.1'],
  'six.test': ['fd00::1'],
  'mapped.test': ['::ffff:10.0.0.1'],
  'mixed.test': [PUBLIC, '10.0.0.1'],
  'hook.test': ['192.168.1.1'],
};
/** Public when it is asked for the first time, ours from then on, and the other way round. */
const REBINDING = {
  'rebind.test': [PUBLIC, '10.0.0.1'],
  'back.test': ['10.0.0.1', PUBLIC],
  'send.test': [PUBLIC, '10.0.0.1'],
  'receive.test': [PUBLIC, '10.0.0.1'],
} as const;
/** Where the server keeps its files: at home, and later at the metadata of a cloud. */
const HOME_NAME = 'files.test';
let isHomeMoved = false;
const moved = async <T>(task: () => Promise<T>): Promise<T> => {
  isHomeMoved = true;
  return task();
};
const JID = 'you@localhost';
interface Said {
  status: number;
  body: Record<string, string>;
}

const reached: string[] = [];
async function trap(port: number): Promise<void> {
  const server = createServer((socket: Socket) => {
    reached.push(`${socket.localAddress?.replace('::ffff:', '')}:${port}`);
    socket.on('error', () => undefined);
    socket.once('data', () =>
      socket.end(
        port === 8080
          ? 'HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'
          : 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
      ),
    );
  });
  server.listen(port, '::');
  await once(server, 'listening');
  server.unref();
}

const policy = (allowPrivate: readonly string[] = []): AddressPolicy => ({
  allowLoopback: false,
  allowPrivate,
  ownPorts: [7842],
});

/** What becomes of one request, and which traps it went into. */
async function post(url: string, client: HttpClient) {
  const before = reached.length;
  const options = { headers: {}, body: '{}', timeoutMs: 5_000, maxAnswerBytes: 100 };
  const outcome = await client.post(url, options).then(
    ({ status }) => String(status),
    (error: Error) => error.name,
  );
  return { url, outcome, reached: reached.slice(before) };
}

async function onItsOwn(url: string, allowPrivate?: readonly string[]) {
  const client = new HttpClient(() => policy(allowPrivate));
  try {
    return await post(url, client);
  } finally {
    await client.close();
  }
}

/** An engine with a bot, as the network reaches it. */
async function withBot<T>(
  use: (
    api: OpenApi,
    bot: { id: number; token: string },
    call: (url: string, payload: object, token?: string) => Promise<Said>,
  ) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'botmother-test-'));
  prepareDataFolder(dataDir);
  const api = await openApi(dataDir, secretBox(randomBytes(32)), silentLogger);
  // From the network's side, this machine is a target like others.
  api.live.given.mode = 'network';
  const call = async (url: string, payload: object, token?: string): Promise<Said> => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await api.app.inject({ method: 'POST', url, headers, payload });
    return { status: answer.statusCode, body: answer.json<Record<string, string>>() };
  };
  await call('/api/v1/accounts', { jid: JID, password: 'x', verify: false });
  const { body } = await call('/bot/create', { name: 'Bot', account: JID });
  const result = await use(api, { id: Number(body.id), token: String(body.token) }, call);
  await api.close();
  rmSync(dataDir, { recursive: true, force: true });
  return result;
}

/** What the API says of an address as a webhook. */
const webhooks = (urls: readonly string[]) =>
  withBot(async (_, { token }, call) => {
    const found: { url: string; status: number; description: string | undefined }[] = [];
    for (const url of urls) {
      const { status, body } = await call('/bot/setWebhook', { url }, token);
      found.push({ url, status, description: body.description });
    }
    return found;
  });

/** What becomes of an address as that of a file, in one direction, and which traps that went into. */
async function file(clients: FileClients, way: keyof FileClients, url: string) {
  const before = reached.length;
  return { url, ...(await clients[way](url)), reached: reached.slice(before) };
}

const files = () =>
  withBot(async (api, bot, call) => {
    await signedInAtHome(api, JID);
    const clients = fileClients(api, bot);
    const all = async (way: keyof FileClients, urls: readonly string[]) => {
      const found: Awaited<ReturnType<typeof file>>[] = [];
      for (const url of urls) found.push(await file(clients, way, url));
      return found;
    };
    const hostile = [...HOSTILE, ...Object.keys(NAMES).map((name) => `https://${name}/`)];
    const nearHome = ['https://files.test/', 'https://10.0.0.1:8443/a', 'http://files.test:8443/a'];
    const refused = {
      send: await all('send', [...hostile, ...nearHome, `${HOME}/a`]),
      // Of a message, only what is an address at all is taken for that of a file.
      receive: await all(
        'receive',
        [...hostile, ...nearHome].filter((url) => URL.canParse(url)),
      ),
    };
    const rebinding = {
      send: await all('send', ['https://send.test/', 'https://send.test/']),
      receive: await all('receive', ['https://receive.test/', 'https://receive.test/']),
      home: [
        await file(clients, 'receive', `${HOME}/a`),
        await moved(() => file(clients, 'receive', `${HOME}/a`)),
      ],
    };
    await call('/bot/settings', { webhook_allow_private: 'hook.test:8080' });
    const redirect = {
      send: await file(clients, 'send', 'http://hook.test:8080/'),
      receive: await file(clients, 'receive', 'http://hook.test:8080/'),
    };
    return { refused, rebinding, redirect };
  });

for (const port of [80, 443, 8080, 8443]) await trap(port);
const dns = await stubDns((name, before) => {
  if (name === HOME_NAME) return [isHomeMoved ? '169.254.169.254' : '10.0.0.1'];
  const turns = Object.entries(REBINDING).find(([known]) => known === name)?.[1];
  const address = turns?.[before === 0 ? 0 : 1];
  return address === undefined ? (NAMES[name] ?? []) : [address];
});
const shared = new HttpClient(() => policy());
const result = {
  webhooks: await webhooks(HOSTILE),
  files: await files(),
  literals: await Promise.all(HOSTILE.map((url) => onItsOwn(url))),
  names: [
    ...(await Promise.all(Object.keys(NAMES).map((name) => onItsOwn(`https://${name}/`)))),
    await onItsOwn('http://private.test/'),
  ],
  rebinding: [
    await onItsOwn('https://rebind.test/'),
    await onItsOwn('https://rebind.test/'),
    await post('https://back.test/', shared),
    await post('https://back.test/', shared),
  ],
  lookUps: { rebind: dns.lookUps('rebind.test'), back: dns.lookUps('back.test') },
  redirect: await onItsOwn('http://hook.test:8080/', ['hook.test:8080']),
  otherPort: await onItsOwn('http://hook.test:80/', ['hook.test:8080']),
  control: await onItsOwn('http://private.test/', ['10.0.0.0/8']),
};
await shared.close();
dns.close();
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(0);
