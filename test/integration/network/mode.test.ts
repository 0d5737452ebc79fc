import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lanAddresses } from '../../../src-main/server/tls/machine-names.ts';
import { curl, type PublicApi, publicApi } from '../../support/public-api.ts';
import { aBot, signIn } from '../../support/test-engine.ts';

const caOf = ({ dataDir }: PublicApi) => join(dataDir, 'api-tls', 'server.crt');
const inUrl = (address: string) => (address.includes(':') ? `[${address}]` : address);
const bearer = (token: string) => ['-H', `Authorization: Bearer ${token}`];

/** Switches the mode; that is in effect when it is answered. */
async function switchTo(api: PublicApi, mode: 'local' | 'network'): Promise<void> {
  expect(await api.set({ api_mode: mode })).toMatchObject({ status: 200 });
  expect((await api.status()).api_mode).toBe(mode);
}

describe('network mode', () => {
  it('takes the same port over with TLS, on all addresses, and gives it back', async () => {
    const api = await publicApi();
    const { port } = api;
    const ca = caOf(api);
    expect((await curl(`http://localhost:${port}/health`)).status).toBe(200);

    await switchTo(api, 'network');

    for (const host of ['localhost', '127.0.0.1', '::1', ...lanAddresses()]) {
      const answer = await curl(`https://${inUrl(host)}:${port}/health`, { ca });
      expect([host, answer]).toMatchObject([host, { status: 200, body: { status: 'ok' } }]);
    }
    expect((await curl(`http://localhost:${port}/health`)).status).toBe(0);
    expect((await curl(`https://localhost:${port}/health`)).problem).toMatch(/certificate/i);

    await switchTo(api, 'local');

    expect((await curl(`http://localhost:${port}/health`)).status).toBe(200);
    expect((await curl(`https://localhost:${port}/health`, { ca })).status).toBe(0);
    for (const host of lanAddresses()) {
      expect((await curl(`http://${inUrl(host)}:${port}/health`)).status).toBe(0);
    }
  });

  it('keeps its certificate to itself, and shows how it is recognised', async () => {
    const api = await publicApi({ api_mode: 'network' });
    const folder = join(api.dataDir, 'api-tls');
    for (const name of ['server.crt', 'server.key']) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    const seen = await new Promise<string>((resolve, reject) => {
      const socket = connect({ port: api.port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      });
      socket.on('error', reject);
    });

    const { api_certificate: certificate, api_url: url } = await api.status();

    expect(certificate).toMatchObject({ self_made: true, fingerprint: seen, problem: null });
    expect(certificate?.names).toEqual(
      expect.arrayContaining(['localhost', '127.0.0.1', '::1', ...lanAddresses()]),
    );
    const days = (Number(certificate?.valid_until) - Date.now() / 1_000) / 86_400;
    expect(days).toBeGreaterThan(365);
    expect(days).toBeLessThan(398);
    // What others are told is where others reach it.
    const { hostname, protocol } = new URL(url);
    expect(protocol).toBe('https:');
    expect(certificate?.names.map(inUrl)).toContain(hostname);
    expect((await curl(new URL('/health', url).href, { ca: caOf(api) })).status).toBe(200);
  });

  it('lets nobody manage bots without the admin token, whatever the address and the name', async () => {
    const api = await publicApi();
    const { port, engine } = api;
    await signIn(api);
    const { token } = await aBot(api);
    expect((await curl(`http://localhost:${port}/bot/list`)).status).toBe(200);
    await switchTo(api, 'network');
    const ask = (path: string, words: string[] = []) =>
      curl(`https://localhost:${port}${path}`, { ca: caOf(api), words });

    expect(await ask('/bot/list')).toMatchObject({ status: 401 });
    expect((await ask('/bot/list', bearer(token))).status).toBe(401);
    expect((await ask('/api/v1/status')).status).toBe(401);
    expect((await ask('/bot/list', bearer(`bma_${'0'.repeat(64)}`))).status).toBe(401);
    const list = await ask('/bot/list', bearer(engine.adminToken.show()));
    expect(list).toMatchObject({ status: 200, body: { bots: [{ id: 1, name: 'Weather' }] } });
    expect(JSON.stringify(list.body)).not.toContain('bm_');

    const me = await ask('/bot/getMe', bearer(token));
    expect(me).toMatchObject({ status: 200, body: { name: 'Weather' } });
    expect(me.body).not.toHaveProperty('token');
    const named = ['-H', 'Host: bots.example.org'];
    expect((await ask('/health', named)).status).toBe(200);
    expect((await ask('/bot/getMe', [...named, ...bearer(token)])).status).toBe(200);

    await switchTo(api, 'local');
    const again = await curl(`http://localhost:${port}/bot/getMe`, { words: bearer(token) });
    expect(again.body).toMatchObject({ token });
  });

  it('lets a page of its own sign in, and no other', async () => {
    const api = await publicApi({ api_mode: 'network' });
    const { result } = (await api.call('POST', '/api/v1/panel/links')).body as { result: { url: string } };
    const link = new URL(result.url);
    expect(link.protocol).toBe('https:');
    const code = new URLSearchParams(link.hash.slice(1)).values().next().value;
    const logIn = (origin: string) =>
      curl(new URL('/api/v1/panel/login', link).href, {
        ca: caOf(api),
        words: [
          ...['-H', `Origin: ${origin}`, '-H', 'Content-Type: application/json'],
          ...['-d', JSON.stringify({ code })],
        ],
      });

    expect((await logIn('https://evil.example')).status).toBe(403);
    expect((await logIn(link.origin.replace('https', 'http'))).status).toBe(403);
    const { status, body } = await logIn(link.origin);
    expect(status).toBe(200);
    const url = new URL('/api/v1/status', link).href;
    const asSession = (origin: string) =>
      curl(url, { ca: caOf(api), words: [...bearer(String(body.session)), '-H', `Origin: ${origin}`] });
    expect((await asSession(link.origin)).status).toBe(200);
    expect((await asSession('https://evil.example')).status).toBe(403);
  });

  it('is not switched on while another program has the port on some address', async () => {
    const api = await publicApi();
    for (const address of lanAddresses()) {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(api.port, address, resolve));
      onTestFinished(() => void other.close());
    }

    const refused = await api.set({ api_mode: 'network' });

    expect(lanAddresses()).not.toEqual([]);
    expect(refused).toMatchObject({ status: 409, body: { error: 'conflict' } });
    expect((await api.call('GET', '/api/v1/settings/api_mode')).body.result).toMatchObject({
      value: 'local',
    });
    expect((await curl(`http://localhost:${api.port}/health`)).status).toBe(200);
  });

  // The first is seen before anything is closed, the second when it is too late.
  it.each([lanAddresses()[0] ?? '', '127.0.0.2'])(
    'leaves everything as it was when the port of %s is lost on the way',
    async (address) => {
      const api = await publicApi();
      const { settings, store } = api.engine;
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(api.port, address, resolve));
      onTestFinished(() => void other.close());

      // As the routes store it once it was tried.
      await store.write((tx) => settings.set(tx, 'api_mode', 'network', { actor: 'admin', from: 'test' }));
      await settings.settle(['api_mode']);

      expect(await api.status()).toMatchObject({
        api_mode: 'local',
        api_problem: `Port ${api.port} is used by another program.`,
      });
      expect((await curl(`http://localhost:${api.port}/health`)).status).toBe(200);
      expect(await api.set({ api_mode: 'local' })).toMatchObject({ status: 200 });
      expect((await api.status()).api_problem).toBeNull();
    },
  );

  it('counts everybody of one IPv6 network together', async () => {
    const [six] = lanAddresses().filter((address) => address.includes(':'));
    const api = await publicApi({ api_mode: 'network', rate_limit_ip: 1 });
    const url = `https://${inUrl(six ?? '::1')}:${api.port}/health`;
    const answers = await curl(`${url}?[1-20]`, { ca: caOf(api), words: ['-o', '/dev/null'] });
    expect(answers.status).toBe(429);
  });

  it('lets webhooks reach this machine in local mode only', async () => {
    const api = await publicApi();
    await signIn(api);
    const { token } = await aBot(api);
    const setWebhook = async (url: string) =>
      (await api.call('POST', '/bot/setWebhook', { token, body: { url } })).status;
    const here = ['http://127.0.0.1:9', 'http://localhost:9', 'http://[::1]:9'];
    for (const url of here) expect([url, await setWebhook(url)]).toEqual([url, 200]);

    await switchTo(api, 'network');

    for (const url of here) expect([url, await setWebhook(url)]).toEqual([url, 400]);
    await api.set({ webhook_allow_private: '127.0.0.1, localhost' });
    expect(await setWebhook('http://localhost:9')).toBe(200);
    expect(await setWebhook(`https://localhost:${api.port}`)).toBe(400);
  });

  it('makes another certificate when asked, and serves it at once', async () => {
    const api = await publicApi({ api_mode: 'network' });
    const before = (await api.status()).api_certificate?.fingerprint;

    const { body } = await api.call('POST', '/api/v1/certificate/renew');

    const after = (body.result as { fingerprint: string }).fingerprint;
    expect(after).not.toBe(before);
    expect((await api.status()).api_certificate?.fingerprint).toBe(after);
    expect((await curl(`https://localhost:${api.port}/health`, { ca: caOf(api) })).status).toBe(200);
  });
});
