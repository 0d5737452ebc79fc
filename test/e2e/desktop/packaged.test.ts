import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareElectronRuntime } from '../../../scripts/lib/electron-runtime.mjs';
import { packApp } from '../../../scripts/lib/pack.mjs';
import { until } from '../../support/until.ts';
import { openDisplay } from './display.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Where the engine's page can be driven, once it is there. An installed app takes no debugger, its page does. */
async function pageAt(port: number): Promise<string | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
  const targets = ((await answer?.json()) ?? []) as {
    url: string;
    type: string;
    webSocketDebuggerUrl: string;
  }[];
  return targets.find(({ url, type }) => type === 'page' && url.startsWith('http://127.0.0.1:'))
    ?.webSocketDebuggerUrl;
}

/** What an expression in the page comes to. */
async function evaluate(page: string, expression: string): Promise<unknown> {
  const socket = new WebSocket(page);
  try {
    await once(socket, 'open');
    const params = { expression, awaitPromise: true, returnByValue: true };
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
    const [{ data }] = (await once(socket, 'message')) as [{ data: string }];
    const { result } = JSON.parse(data) as { result: { result: { value?: unknown } } };
    return result.result.value;
  } finally {
    socket.close();
  }
}

describe.skipIf(process.platform !== 'linux')('the packed app', () => {
  let folder = '';
  let display: Awaited<ReturnType<typeof openDisplay>>;
  let app: ChildProcess | undefined;

  beforeAll(async () => {
    if (!existsSync(join(ROOT, 'dist/main/desktop.js'))) throw new Error('Build first: npm run build');
    folder = await mkdtemp(join(tmpdir(), 'botmother-packed-'));
    display = await openDisplay();
    await packApp(await prepareElectronRuntime(), [`-c.directories.output=${join(folder, 'release')}`]);
  }, 300_000);

  afterAll(async () => {
    app?.kill('SIGKILL');
    await display?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('has in it what the engine loads, and no generator of code', async () => {
    const packed = join(folder, 'release', 'linux-unpacked', 'resources', 'app');
    const load = createRequire(join(packed, 'package.json'));
    const main = load('@privacyresearch/libsignal-protocol-typescript') as { SessionBuilder?: unknown };

    expect(main.SessionBuilder).toBeTypeOf('function');
    for (const name of ['dprint-node', 'ts-proto', 'ts-poet'])
      expect(existsSync(join(packed, 'node_modules', name)), name).toBe(false);
  });

  it('starts with the real engine, shows its page, stays the only one and ends in good order', async () => {
    const [data, profile] = [join(folder, 'data'), join(folder, 'profile')];
    await mkdir(join(data, 'keys'), { recursive: true, mode: 0o700 });
    await writeFile(join(data, 'keys', 'data.key'), `${Buffer.alloc(32, 9).toString('base64')}\n`, {
      mode: 0o600,
    });
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const start = (...words: string[]) =>
      spawn(
        join(folder, 'release', 'linux-unpacked', 'botmother'),
        [...asRoot, '--disable-gpu', `--user-data-dir=${profile}`, '--remote-debugging-port=0', ...words],
        {
          cwd: folder,
          stdio: 'ignore',
          env: {
            PATH: '/usr/bin:/bin',
            HOME: folder,
            DISPLAY: display.display,
            DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
            BOTMOTHER_DATA_DIR: data,
            BOTMOTHER_PORT: '0',
            // What an installed app has to leave alone.
            BOTMOTHER_ENGINE_ENTRY: '/nowhere/engine.js',
            BOTMOTHER_NODE: '/nowhere/node',
            ELECTRON_RUN_AS_NODE: '1',
          },
        },
      );
    app = start();
    const ended = once(app, 'exit');
    const portFile = join(profile, 'DevToolsActivePort');
    const port = await until('the port of the window', () =>
      existsSync(portFile) ? readFileSync(portFile, 'utf8').split('\n')[0] : undefined,
    );
    const page = await until('the page of the engine', () => pageAt(Number(port)));
    await until('the first heading', () => evaluate(page, `document.querySelector('h1')?.textContent`));

    const seen = await evaluate(
      page,
      `fetch('/api/v1/status').then(async (answer) => {
        const { result } = await answer.json();
        return { version: desktop.version, engine: result.version, accounts: result.accounts };
      })`,
    );
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(seen).toEqual({ version, engine: version, accounts: [] });
    expect(existsSync(join(data, 'bot_registry.db'))).toBe(true);

    // The second one leaves it to the first.
    const second = start('xmpp:anna@chat.example');
    expect(await once(second, 'exit')).toEqual([0, null]);
    expect(await evaluate(page, 'document.visibilityState')).toBe('visible');

    app.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(existsSync(join(data, 'bot_registry.db-wal'))).toBe(false);
  }, 90_000);
});
