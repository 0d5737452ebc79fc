import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { freePorts } from '../../../scripts/lib/ports.mjs';
import { openDoor } from '../../../src-main/http/door.ts';
import { socketPath } from '../../../src-main/server/data-folder.ts';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { cli } from '../../support/cli.ts';
import { menuChat } from '../../support/menu-chat.ts';
import { curl, type PublicApi, pairFiles, publicApi } from '../../support/public-api.ts';
import { aBot, signIn } from '../../support/test-engine.ts';
import { typedChat } from '../../support/typed-chat.ts';
import { type Certificates, makeCertificates } from '../../support/xmpp-certificates.ts';

let own: Certificates;
beforeAll(() => {
  own = makeCertificates();
});

/** What is asked for at one entrance; resolves with what it says. */
interface Entrance {
  mode(mode: 'local' | 'network'): Promise<string>;
  port(port: number | string): Promise<string>;
  pair(cert: string, key: string): Promise<string>;
}

async function stage() {
  const api = await publicApi();
  const socket = await openDoor(api.app, 'socket', { path: socketPath(api.dataDir) });
  onTestFinished(() => socket.close());
  await signIn(api);
  await aBot(api);
  accountMaker(api);
  const { jid } = await aDedicatedBot(api);
  return { api, jid };
}

type Stage = Awaited<ReturnType<typeof stage>>;

const chat = (type: (line: string) => Promise<string>): Entrance => ({
  mode: (mode) => type(mode === 'network' ? '/api server network yes' : '/api server local'),
  port: (port) => type(`/api server port ${port}`),
  pair: (cert, key) => type(`/api server cert ${cert} ${key}`),
});
const http = (set: (values: object) => Promise<string>): Entrance => ({
  mode: (api_mode) => set({ api_mode }),
  port: (api_port) => set({ api_port }),
  pair: (api_tls_cert, api_tls_key) => set({ api_tls_cert, api_tls_key }),
});
const commandLine = ({ dataDir }: PublicApi): Entrance => {
  const run = async (...argv: string[]) => {
    const { out, err } = await cli('server', ...argv, '--data-dir', dataDir);
    return out + err;
  };
  return {
    mode: (mode) => run(mode),
    port: (port) => run('port', String(port)),
    pair: (cert, key) => run('cert', cert, key),
  };
};

const ENTRANCES: [name: string, open: (at: Stage) => Promise<Entrance>][] = [
  [
    'the settings over HTTP',
    async ({ api }) => http(async (values) => JSON.stringify((await api.set({ ...values })).body)),
  ],
  ['the command line', async ({ api }) => commandLine(api)],
  ['the chat with oneself', async ({ api }) => chat((await typedChat(api)).type)],
  ["a bot's own chat", async ({ api, jid }) => chat((await menuChat(api, jid)).type)],
];

const health = async (url: string, ca?: string) => (await curl(url, ca === undefined ? {} : { ca })).status;

describe.each(ENTRANCES)('the server, changed through %s', (_name, open) => {
  it('follows at once, and what is refused changes nothing', async () => {
    const at = await stage();
    const { api } = at;
    const entrance = await open(at);
    const folder = join(api.dataDir, 'api-tls');
    const selfMade = join(folder, 'server.crt');
    const [free = 0, busy = 0] = await freePorts(2);

    await entrance.mode('network');
    expect(await health(`https://localhost:${api.port}/health`, selfMade)).toBe(200);
    expect(await health(`http://localhost:${api.port}/health`)).toBe(0);

    await entrance.port(free);
    expect(await health(`https://localhost:${free}/health`, selfMade)).toBe(200);
    expect(await health(`https://localhost:${api.port}/health`, selfMade)).toBe(0);

    pairFiles(folder, 'own', own);
    writeFileSync(join(folder, 'ca.crt'), own.ca);
    await entrance.pair('own.crt', 'own.key');
    expect(await health(`https://localhost:${free}/health`, join(folder, 'ca.crt'))).toBe(200);
    expect(await entrance.pair('own.crt', 'own.crt')).toContain('holds no private key');
    expect(await entrance.pair('nothing.crt', 'own.key')).toContain('there is no such file');

    const other = createServer();
    await new Promise<void>((resolve) => other.listen(busy, '0.0.0.0', resolve));
    onTestFinished(() => void other.close());
    expect(await entrance.port(busy)).toContain(`Port ${busy} is used by another program`);
    for (const port of ['80', '65536', 'x']) {
      expect([port, await entrance.port(port)]).toEqual([
        port,
        expect.stringContaining('api_port: must be a whole number from 1024 to 65535'),
      ]);
    }
    expect(await health(`https://localhost:${free}/health`, join(folder, 'ca.crt'))).toBe(200);

    await entrance.mode('local');
    expect(await health(`http://localhost:${free}/health`)).toBe(200);
    expect(api.engine.settings.get('api_port')).toBe(free);
  }, 60_000);
});

const CHATS = ENTRANCES.slice(2);

describe.each(CHATS)('/api server in %s', (_name, open) => {
  it('names no file outside of the folder of certificates', async () => {
    const at = await stage();
    const entrance = await open(at);

    for (const file of ['../keys/data.key', '/etc/passwd', '..', '.hidden', 'a\\b', '~/x'])
      expect([file, await entrance.pair(file, 'x.key')]).toEqual([
        file,
        expect.stringContaining('is no name of a file'),
      ]);
    expect(await at.api.engine.audit.page({ limit: 1 })).toMatchObject([
      { outcome: 'refused', from: 'chat', details: 'server.file-name' },
    ]);
    expect(at.api.engine.settings.get('api_tls_cert')).toBe('');
  });
});

describe('/api server', () => {
  const start = async () => {
    const at = await stage();
    return { ...at, ...(await typedChat(at.api)) };
  };
  const fingerprintIn = (text: string) => /SHA-256: (\S+)/.exec(text)?.[1];

  it('asks before the network is let in', async () => {
    const { api, type } = await start();

    expect(await type('/api server network')).toContain('To do it: /api server network yes');
    expect(await type('/api server netzwerk nein')).toContain('To do it:');
    expect(api.engine.apiDoor.mode()).toBe('local');
    expect(await type('/api server netzwerk ja')).toMatch(/^Done\. The API server now:\n═+\nMode: network\n/);
    expect(await type('/api server network')).toMatch(/^It is so already\./);
  });

  it('shows how it is, with a line that proves it', async () => {
    const { api, type } = await start();
    const port = String(api.port);

    expect((await type('/api server status')).split('\n').slice(2, 8)).toEqual([
      'Mode: local',
      `Port: ${port}`,
      'Listens on: 127.0.0.1, ::1',
      'Protocol: HTTP, without encryption',
      `URL: http://localhost:${port}/bot/`,
      `curl "http://localhost:${port}/health"`,
    ]);
    await type('/api server network yes');
    const { api_certificate: certificate, api_url: url } = await api.status();
    const shown = await type('/api server status');
    expect(shown).toContain('Listens on: 0.0.0.0, ::\nProtocol: HTTPS (TLS 1.2 or newer)\n');
    expect(shown).toContain(`\nSHA-256: ${certificate?.fingerprint}\n`);
    expect(shown).toContain(`curl --cacert server.crt "${new URL('/health', url).href}"`);
    const { out } = await cli('server', 'status', '--data-dir', api.dataDir);
    expect(out).toContain(`listens on: 0.0.0.0, ::\nprotocol: https (TLS 1.2 or newer)\nurl: ${url}\n`);
  });

  it('renews and deletes the self-made certificate, and says what is served', async () => {
    const { api, type } = await start();
    const files = () => readdirSync(join(api.dataDir, 'api-tls')).sort();

    expect(await type('/api server delete-cert')).toMatch(/^There was no self-made certificate\./);
    expect(await type('/api server renew')).toContain('It is not in use now.');
    expect(files()).toEqual(['server.crt', 'server.key']);
    expect(await type('/api server zertifikat-loeschen')).toMatch(/^The self-made certificate is deleted\./);
    expect(files()).toEqual([]);

    const first = fingerprintIn(await type('/api server network yes'));
    const renewed = fingerprintIn(await type('/api server zertifikat-erneuern'));
    const again = fingerprintIn(await type('/api server delete-cert'));
    expect(new Set([first, renewed, again]).size).toBe(3);
    expect((await api.status()).api_certificate?.fingerprint).toBe(again);
    expect(existsSync(join(api.dataDir, 'api-tls', 'server.crt'))).toBe(true);
    expect((await api.engine.audit.page({ limit: 50 })).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['certificate.renewed', 'certificate.deleted']),
    );
    const gone = await cli('server', 'delete-cert', '--data-dir', api.dataDir);
    expect(gone).toMatchObject({ status: 0, out: expect.stringContaining('certificate is deleted') });
    expect((await cli('server', 'renew-cert', '--data-dir', api.dataDir)).out).toMatch(
      /SHA-256 [0-9A-F:]{95}/,
    );
  });

  it('takes one half after the other, and the self-made one again', async () => {
    const { api, type } = await start();
    const folder = join(api.dataDir, 'api-tls');
    await type('/api server network yes');
    pairFiles(folder, 'own', own);

    expect(await type('/api server cert own.crt')).toContain('Until api_tls_key is set too');
    expect(await type('/api server key own.key')).toContain('Certificate: your own');
    expect(await type('/api server cert auto')).toContain('Certificate: made here');
    for (const line of ['cert', 'key', 'port', 'cert a b c', 'cert auto x', 'port 1 2', 'key a b', 'odd'])
      expect([line, await type(`/api server ${line}`)]).toEqual([
        line,
        expect.stringMatching(/^Usage: \/api server/),
      ]);
  });

  it('says so when the server could not follow', async () => {
    const { api, type } = await start();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(api.port, '127.0.0.2', resolve));
    onTestFinished(() => void other.close());

    const said = await type('/api server network yes');

    expect(said).toMatch(/^The setting is stored, but the server could not follow it\./);
    expect(said).toContain(`Mode: local\nPort: ${api.port}\n`);
    expect(said).toContain(`Problem: Port ${api.port} is used by another program.`);
    expect(await health(`http://localhost:${api.port}/health`)).toBe(200);
  });
});

describe('a change of the server whose answer could not be stored', () => {
  it('is made again, which changes nothing, and answered once', async () => {
    const { api } = await stage();
    const { type } = await typedChat(api);
    const [free = 0] = await freePorts(1);
    const put = vi.spyOn(api.engine.post, 'put').mockRejectedValueOnce(new Error('the disk is full'));

    const said = await type(`/api server port ${free}`);

    expect(put).toHaveBeenCalledTimes(2);
    expect(said).toMatch(/^Done\. The API server now:/);
    expect(said).not.toContain('---');
    expect(await health(`http://localhost:${free}/health`)).toBe(200);
  });
});

describe('who may manage the server from a chat', () => {
  const admin = { actor: 'admin', from: 'test' };

  it('is the operator alone', async () => {
    const { api } = await stage();
    await signIn(api, 'other@localhost');
    const bot = await aDedicatedBot(api, 'Mine', 'other@localhost');
    const inBotChat = await menuChat(api, bot.jid);
    const inSelfChat = await typedChat(api, 'other@localhost');

    for (const type of [inBotChat.type, inSelfChat.type]) {
      expect(await type('/api server')).toContain('Only the operator of this installation may do that.');
      expect(await type('/api server network yes')).toContain('Only the operator');
      expect(await type('/api')).toContain('Base URL: ');
    }
    expect(api.engine.apiDoor.mode()).toBe('local');
    expect((await api.engine.audit.page({ limit: 3 })).map(({ action, actor }) => [action, actor])).toEqual([
      ['command.api', 'other@localhost'],
      ['menu.api', 'other@localhost'],
      expect.anything(),
    ]);
  });

  it.each([
    // What is set, whether it came encrypted, and what a bot's chat says to it: its account has OMEMO.
    [undefined, true, 'Mode: local'],
    [undefined, false, 'in encrypted messages only'],
    ['encrypted', true, 'Mode: local'],
    ['encrypted', false, 'in encrypted messages only'],
    ['any', false, 'Mode: local'],
    ['off', true, 'not managed from chats here'],
  ] as const)('with chat_admin %s and encryption %s: %s', async (value, isEncrypted, words) => {
    const { api, jid } = await stage();
    if (value) await api.engine.changeSettings({ chat_admin: value }, admin);

    expect(await (await menuChat(api, jid)).type('/api server', isEncrypted)).toContain(words);
  });

  it.each([
    [undefined, 'Mode: local'],
    ['encrypted', 'in encrypted messages only'],
    ['any', 'Mode: local'],
    ['off', 'not managed from chats here'],
  ] as const)('in a self-chat without OMEMO, with chat_admin %s: %s', async (value, words) => {
    const { api } = await stage();
    if (value) await api.engine.changeSettings({ chat_admin: value }, admin);

    expect(await (await typedChat(api)).type('/api server')).toContain(words);
  });

  it('needs encryption in a self-chat that has OMEMO, until another thing is set', async () => {
    const { api } = await stage();
    const { accounts, changeSettings } = api.engine;
    const [you] = await accounts.list();
    await accounts.setOmemo(you?.jid ?? ('' as never), true, admin);
    const { type } = await typedChat(api);

    expect(await type('/api server')).toContain('in encrypted messages only');
    await changeSettings({ chat_admin: 'any' }, admin);
    expect(await type('/api server')).toContain('Mode: local');
  });
});
