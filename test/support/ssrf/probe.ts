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
import { openApi } from '../../../src-main/server/open-api.ts';
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
const REBINDING = { 'rebind.test': [PUBLIC, '10.0.0.1'], 'back.test': ['10.0.0.1', PUBLIC] } as const;

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

/** What the API says of an address as a webhook. */
async function webhooks(urls: readonly string[]) {
  const dataDir = mkdtempSync(join(tmpdir(), 'botmother-test-'));
  prepareDataFolder(dataDir);
  const api = await openApi(dataDir, secretBox(randomBytes(32)), silentLogger);
  // From the network's side, this machine is a target like others.
  api.live.given.mode = 'network';
  const call = async (url: string, payload: object, token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await api.app.inject({ method: 'POST', url, headers, payload });
    return { status: answer.statusCode, body: answer.json<Record<string, string>>() };
  };
  await call('/api/v1/accounts', { jid: 'you@localhost', password: 'x', verify: false });
  const { body } = await call('/bot/create', { name: 'Bot', account: 'you@localhost' });
  const found: { url: string; status: number; description: string | undefined }[] = [];
  for (const url of urls) {
    const { status, body: said } = await call('/bot/setWebhook', { url }, body.token);
    found.push({ url, status, description: said.description });
  }
  await api.close();
  rmSync(dataDir, { recursive: true, force: true });
  return found;
}

for (const port of [80, 443, 8080]) await trap(port);
const dns = await stubDns((name, before) => {
  const turns = Object.entries(REBINDING).find(([known]) => known === name)?.[1];
  const address = turns?.[before === 0 ? 0 : 1];
  return address === undefined ? (NAMES[name] ?? []) : [address];
});
const shared = new HttpClient(() => policy());
const result = {
  webhooks: await webhooks(HOSTILE),
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
