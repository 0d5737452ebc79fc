import { describe, expect, it } from 'vitest';
import { freePorts } from '../../../scripts/lib/ports.mjs';
import { engineWithBot, failure, testEngine } from '../../support/test-engine.ts';
import { makeCertificates } from '../../support/xmpp-certificates.ts';

describe('settings', () => {
  it('are typed, described and effective at once', async () => {
    const engine = await testEngine();
    const put = (key: string, value: unknown) =>
      engine.call('PUT', `/api/v1/settings/${key}`, { body: { value } });

    const [port = 0] = await freePorts(1);

    expect((await put('api_port', String(port))).body.result).toMatchObject({
      key: 'api_port',
      value: port,
      default: 7842,
    });
    expect(await put('api_port', 80)).toMatchObject(failure(400, 'bad_request'));
    expect(await put('language', 'fr')).toMatchObject(failure(400, 'bad_request'));
    expect(await put('nothing', 1)).toMatchObject(failure(404, 'not_found'));
  });

  it('never show a secret', async () => {
    const engine = await testEngine();
    const saved = { api_url: 'http://127.0.0.1:5281/api', host: 'localhost', admin_jid: 'admin@localhost' };

    await engine.call('POST', '/bot/ejabberd/settings', { body: { ...saved, admin_password: 'hunter2' } });
    const shown = await engine.call('GET', '/bot/ejabberd/settings');
    await engine.call('POST', '/bot/ejabberd/settings', { body: shown.body });

    expect(shown.body).toMatchObject({ ...saved, admin_password: '********', configured: true });
    expect(engine.engine.settings.get('ejabberd_admin_password')).toBe('hunter2');
    expect(JSON.stringify((await engine.call('GET', '/api/v1/settings')).body)).not.toContain('hunter2');
    await engine.call('POST', '/bot/ejabberd/settings', { body: { admin_password: '' } });
    expect((await engine.call('GET', '/bot/ejabberd/settings')).body).toMatchObject({
      admin_password: '',
      configured: false,
    });
  });
});

describe('accounts', () => {
  it('are stored once, listed without their password, removed with their bots only on request', async () => {
    const engine = await engineWithBot();

    await engine.call('PATCH', '/api/v1/accounts/you@localhost', { body: { enabled: false } });
    const again = { jid: 'you@localhost', password: 'y', service: 'xmpp://127.0.0.1:5222', verify: false };
    expect((await engine.call('POST', '/api/v1/accounts', { body: again })).status).toBe(200);
    expect((await engine.call('GET', '/api/v1/accounts')).body.result).toEqual([
      {
        jid: 'you@localhost',
        enabled: true,
        operator: true,
        service: 'xmpp://127.0.0.1:5222',
        own_ca: false,
        language: null,
        omemo: false,
        state: 'offline',
        reason: null,
        away_since: null,
        next_try: null,
      },
    ]);
    expect(await engine.call('DELETE', '/api/v1/accounts/you@localhost')).toMatchObject(
      failure(409, 'conflict'),
    );
    expect((await engine.call('DELETE', '/api/v1/accounts/you@localhost?with_bots=true')).status).toBe(200);
    expect((await engine.call('GET', '/bot/list')).body).toEqual({ bots: [] });
    expect(await engine.call('GET', '/bot/getMe', { token: engine.token })).toMatchObject(
      failure(401, 'unauthorized'),
    );
  });

  it('keep server address and authority when they sign in again without them, and drop them when told', async () => {
    const engine = await testEngine();
    const { ca } = makeCertificates();
    const where = { service: 'xmpp://127.0.0.1:5222', ca };
    const add = async (more: object) => {
      const body = { jid: 'you@localhost', password: 'x', verify: false, ...more };
      expect((await engine.call('POST', '/api/v1/accounts', { body })).status).toBe(200);
      return (await engine.engine.accounts.list())[0];
    };

    expect(await add(where)).toMatchObject(where);
    expect(await add({})).toMatchObject(where);
    expect(await add({ service: null })).toMatchObject({ service: undefined, ca });
    expect((await engine.call('GET', '/api/v1/accounts')).body.result).toMatchObject([{ own_ca: true }]);
    expect(await add({ ca: null })).toMatchObject({ service: undefined, ca: undefined });
    expect((await engine.call('GET', '/api/v1/accounts')).body.result).toMatchObject([{ own_ca: false }]);
  });

  it('refuse a CA file that is none', async () => {
    const engine = await testEngine();

    const answer = await engine.call('POST', '/api/v1/accounts', {
      body: { jid: 'you@localhost', password: 'x', ca: 'nonsense' },
    });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain('PEM');
  });
});

describe('what a setting means', () => {
  it.each([
    ['de', 'Port der HTTP-API'],
    ['de-AT,de;q=0.9,en;q=0.5', 'Port der HTTP-API'],
    ['fr, en;q=0.4, de;q=0.8', 'Port der HTTP-API'],
    ['en, de;q=0.8', 'Port of the HTTP API'],
    ['fr', 'Port of the HTTP API'],
    ['de;q=0', 'Port of the HTTP API'],
    [undefined, 'Port of the HTTP API'],
  ])('is said in the language that a browser asks for: %s', async (wish, words) => {
    const engine = await engineWithBot();
    const headers = wish === undefined ? {} : { 'accept-language': wish };
    const read = async (path: string) => (await engine.call('GET', path, { headers })).body.result;
    const isGerman = words.startsWith('Port der');

    expect(await read('/api/v1/settings/api_port')).toMatchObject({
      summary: expect.stringContaining(words),
    });
    expect(await read('/api/v1/settings')).toContainEqual(
      expect.objectContaining({ key: 'api_port', summary: expect.stringContaining(words) }),
    );
    expect(await read(`/api/v1/bots/${engine.id}/settings`)).toContainEqual(
      expect.objectContaining({
        key: 'scope',
        summary: expect.stringContaining(isGerman ? 'Was ein' : 'What a'),
      }),
    );
  });
});
