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
/** What the host has said at the start. */
let started = {};
let refused = 0;
let settings = { bot_features_enabled: process.env.STUB_BOTS !== 'off', language: 'en' };
if (process.env.STUB_LANGUAGE) settings.window_language = process.env.STUB_LANGUAGE;

/** A page of nothing but what a test of the shell needs, where STUB_PAGE asks for it. */
const PLAIN_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Plain</title>
<link rel="icon" href="data:,"><script src="/plain.js" defer></script></head>
<body><h1></h1><p id="words">Words to select</p><textarea aria-label="Message"></textarea>
<a id="link" href="https://example.org/help">A link</a></body></html>`;
const PLAIN_SCRIPT = `
const show = () => { document.querySelector('h1').textContent = location.pathname + location.search; };
globalThis.go = (route) => { history.pushState(null, '', route); show(); };
globalThis.loads = Math.random();
show();
globalThis.desktop?.onOpenRoute(globalThis.go);
`;

/** What the page asks besides, in as few words as the engine ever has for it. */
const ANSWERS = {
  '/api/v1/accounts': () =>
    scene.accounts.map(({ jid, state, reason }, index) => ({
      jid,
      state,
      reason,
      enabled: true,
      operator: index === 0,
      service: null,
      language: null,
      omemo: false,
    })),
  '/api/v1/health': () => {
    const failed = scene.accounts.find(({ state }) => state === 'failed');
    const found = failed && {
      level: 'error',
      code: 'account.failed',
      title: `${failed.jid} cannot sign in`,
      detail: failed.reason,
      fix: null,
      account: failed.jid,
      bot_id: null,
    };
    return { worst: found ? 'error' : 'ok', findings: found ? [found] : [] };
  },
  '/api/v1/settings': () => [],
  '/api/v1/chats': () => [],
  '/api/v1/errands': () => [],
  '/api/v1/bots': () =>
    scene.bots.map((one) => ({
      ...one,
      description: '',
      created_at: 0,
      token: '',
      state: 'online',
      last_active: null,
      has_picture: false,
      tokens: [],
      waiting_updates: 0,
      dropped_updates: 0,
      dead_letters: 0,
      webhook: null,
    })),
};

async function bodyOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return JSON.parse(text || '{}');
}
const json = (response, result) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, result }));
const announce = (name, data = {}) => {
  for (const stream of streams) stream.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
};

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
      bots_enabled: settings.bot_features_enabled,
      ...scene,
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: true, result }));
  } else if (pathname === '/api/v1/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': connected\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
  } else if (Object.hasOwn(ANSWERS, pathname)) {
    json(response, ANSWERS[pathname]());
  } else if (pathname === '/test/add-bot') {
    scene.bots.push(bot(9, 'Newcomer', scene.accounts[0].jid, {}));
    announce('bot.created');
    response.end();
  } else if (pathname === '/bot/settings') {
    if (request.method === 'POST' && process.env.STUB_REFUSES) {
      refused += 1;
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"ok":false}');
      return;
    }
    if (request.method === 'POST') {
      settings = { ...settings, ...(await bodyOf(request)) };
      announce('setting.changed');
    }
    json(response, settings);
  } else if (pathname === '/test/refused') {
    json(response, { count: refused });
  } else if (pathname === '/test/start') {
    json(response, { ...started, argv: process.argv, env: process.env });
  } else if (pathname === '/test/download') {
    response.writeHead(200, { 'content-disposition': 'attachment; filename="bots.backup"' }).end('sealed');
  } else if (process.env.STUB_PAGE && pathname === '/plain.js') {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(PLAIN_SCRIPT);
  } else if (process.env.STUB_PAGE && (pathname === '/' || pathname.startsWith('/app/'))) {
    const isGone = pathname.startsWith('/app/gone');
    response.writeHead(isGone ? 404 : 200, { 'content-type': 'text/html' }).end(isGone ? '' : PLAIN_PAGE);
  } else {
    const isPage = pathname === '/' || pathname.startsWith('/app/');
    const file = join(RENDERER, isPage ? 'index.html' : pathname);
    const content = await readFile(file).catch(() => undefined);
    response
      .writeHead(content ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain' })
      .end(content);
  }
});

function listen(report) {
  // As the engine does, except where a test wants another place.
  const wished = process.env.STUB_MOVES ? 0 : (started.privatePort ?? 0);
  server.listen(wished, '127.0.0.1', () => report(`http://127.0.0.1:${server.address().port}/`));
}

function onHostMessage(post, message) {
  if (message.type === 'stop') process.exit(0);
  started = message;
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
