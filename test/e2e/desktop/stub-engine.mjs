/**
 * Stands in for the engine: speaks its messages and serves the window's page with fixed data. Hosted by the desktop
 * program it asks for the private token; on its own it prints its address, asks for nothing, and is for looking at
 * the page in a browser: `node test/e2e/desktop/stub-engine.mjs [scene]`.
 */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const RENDERER = join(import.meta.dirname, '../../../dist/renderer');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

const scenes = {
  empty: { accounts: [], bots: [] },
  'no-bots': {
    accounts: [{ jid: 'mira@chat.example.com', state: 'online', reason: null, bots: 0 }],
    bots: [],
  },
  filled: {
    accounts: [
      { jid: 'mira@chat.example.com', state: 'online', reason: null, bots: 3 },
      { jid: 'team@example.org', state: 'backing_off', reason: 'the connection was reset', bots: 1 },
      { jid: 'old@example.net', state: 'failed', reason: 'the server refuses the password', bots: 0 },
    ],
    bots: [
      bot(1, 'Weather', 'mira@chat.example.com', {}),
      bot(2, 'Night watch', 'mira@chat.example.com', { status: 'disabled' }),
      bot(5, 'Support', 'mira@chat.example.com', {
        mode: 'dedicated',
        jid: 'bot_support_51d2@chat.example.com',
      }),
      bot(6, 'Deploy', 'team@example.org', {}),
    ],
  },
  well: {
    accounts: [{ jid: 'mira@chat.example.com', state: 'online', reason: null, bots: 2 }],
    bots: [bot(1, 'Weather', 'mira@chat.example.com', {}), bot(3, 'الطقس', 'mira@chat.example.com', {})],
  },
};

function bot(id, name, owner, more) {
  return { id, name, mode: 'personal', status: 'active', owner, jid: owner, ...more };
}

const scene = scenes[process.argv[2] ?? process.env.STUB_SCENE ?? 'filled'];
const isHosted = Boolean(process.parentPort ?? process.send);
const token = randomUUID();
const streams = new Set();

const server = createServer(async (request, response) => {
  if (isHosted && request.headers.authorization !== `Bearer ${token}`) {
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"ok":false}');
    return;
  }
  const { pathname } = new URL(request.url ?? '/', 'http://stub');
  if (pathname === '/api/v1/status') {
    if (process.argv[3]) {
      response.writeHead(Number(process.argv[3]), { 'content-type': 'application/json' }).end('{"ok":false}');
      return;
    }
    const result = {
      // The test finds the process by it.
      version: isHosted ? `0.1.0-stub.${process.pid}` : '0.1.0',
      api_url: 'http://127.0.0.1:7842',
      api_problem: null,
      api_mode: 'local',
      api_certificate: null,
      bots_enabled: true,
      ...scene,
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, result }));
  } else if (pathname === '/api/v1/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': connected\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
  } else if (pathname === '/test/add-bot') {
    scene.bots.push(bot(9, 'Newcomer', scene.accounts[0].jid, {}));
    for (const stream of streams) stream.write('event: bot.created\ndata: {}\n\n');
    response.end();
  } else {
    const file = join(RENDERER, pathname === '/' ? 'index.html' : pathname);
    const content = await readFile(file).catch(() => undefined);
    response
      .writeHead(content ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain' })
      .end(content);
  }
});

function listen(report) {
  server.listen(0, '127.0.0.1', () => report(`http://127.0.0.1:${server.address().port}/`));
}

function onHostMessage(post, message) {
  if (message.type === 'stop') process.exit(0);
  if (process.env.STUB_FAILS) {
    post({ type: 'failed', message: process.env.STUB_FAILS });
    setTimeout(() => process.exit(1), 20);
    return;
  }
  listen((privateUrl) => {
    post({ type: 'ready', apiUrl: 'http://127.0.0.1:7842', privateUrl, privateToken: token });
  });
}

if (process.parentPort) {
  process.parentPort.on('message', ({ data }) =>
    onHostMessage((message) => process.parentPort.postMessage(message), data),
  );
} else if (process.send) {
  process.on('message', (message) => onHostMessage((answer) => process.send(answer), message));
  process.on('disconnect', () => process.exit(0));
} else {
  listen((url) => process.stdout.write(`${url}\n`));
}
