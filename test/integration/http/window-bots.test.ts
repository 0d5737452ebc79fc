import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PICTURE } from '../../../src-main/http/docs/examples/values.ts';
import { makeSelfSigned } from '../../../src-main/server/tls/self-signed.ts';
import { botSettingKeys } from '../../../src-shared/api/bot-settings.ts';
import { settingKeys } from '../../../src-shared/api/settings.ts';
import { engineWithBot, failure, signIn, testEngine } from '../../support/test-engine.ts';

describe('POST /api/v1/bots', () => {
  const wish = {
    name: 'Weather',
    account: 'you@localhost',
    description: 'Tells the weather',
    avatar: PICTURE,
  };

  it('makes a bot with picture, description and webhook in one go', async () => {
    const engine = await testEngine();
    await signIn(engine);
    const webhook = { url: 'https://bot.example/hook', allowed_updates: ['message', 'reaction'] };

    const { body } = await engine.call('POST', '/api/v1/bots', { body: { ...wish, webhook } });
    expect(body.result).toMatchObject({
      token: expect.stringMatching(/^bm_/),
      webhook: { url: webhook.url, secret: expect.stringMatching(/^whsec_/) },
    });
    expect((await engine.call('GET', '/api/v1/bots/1')).body.result).toMatchObject({
      description: 'Tells the weather',
      waiting_updates: 0,
      dead_letters: 0,
      webhook: { url: webhook.url, state: 'ok', last_error: null },
    });
    expect((await engine.call('GET', '/api/v1/bots/1/webhook')).body.result).toMatchObject({
      allowed_updates: ['message', 'reaction'],
    });
    expect((await engine.call('GET', '/api/v1/bots/1/avatar')).status).toBe(200);
  });

  it.each([
    ['an address that is refused', { webhook: { url: 'http://10.0.0.1/' } }],
    ['a picture that is none', { avatar: 'bm8gcGljdHVyZQ==' }],
    ['a description that is too long', { description: 'x'.repeat(600) }],
    ['a secret that is none', { webhook: { url: 'https://bot.example/', secret: 'short' } }],
    ['a name that is none', { name: '' }],
  ])('makes nothing for %s', async (_what, change) => {
    const engine = await testEngine();
    await signIn(engine);
    for (const mode of ['personal', 'dedicated'])
      expect(await engine.call('POST', '/api/v1/bots', { body: { ...wish, mode, ...change } })).toMatchObject(
        failure(400, 'bad_request'),
      );
    expect((await engine.call('GET', '/api/v1/bots')).body.result).toEqual([]);
  });
});

describe('GET /api/v1/bots', () => {
  it('counts what waits for each bot, and says how its webhook is doing', async () => {
    const bot = await engineWithBot();
    const { engine, id } = bot;
    await engine.store.write(async (tx) => {
      const { id: botId } = await engine.bots.find(id, undefined, tx);
      for (const body of ['a', 'b'])
        await engine.updates.queue(tx, botId, {
          type: 'message',
          conversation: 'a@localhost',
          data: { body },
        });
    });
    await bot.call('POST', '/api/v1/bots', { body: { name: 'Other', account: 'you@localhost' } });

    expect((await bot.call('GET', '/api/v1/bots')).body.result).toMatchObject([
      { id, waiting_updates: 2, dropped_updates: 0, dead_letters: 0, webhook: null },
      { waiting_updates: 0, webhook: null },
    ]);
  });
});

describe('settings for forms', () => {
  it('have a name in two languages, a type, and what the type needs', async () => {
    const bot = await engineWithBot();
    const list = async (path: string, language = 'en') =>
      (await bot.call('GET', path, { headers: { 'accept-language': language } })).body.result as Record<
        string,
        unknown
      >[];
    const all = await list('/api/v1/settings');

    expect(all.map(({ key }) => key).sort()).toEqual([...settingKeys].sort());
    const of = (key: string) => all.find((one) => one.key === key);
    expect(of('api_port')).toMatchObject({ type: 'number', min: 1_024, max: 65_535, label: 'Port' });
    expect(of('api_mode')).toMatchObject({ type: 'choice', options: ['local', 'network'] });
    expect(of('token_display')).toMatchObject({ type: 'flag', options: null, min: null });
    expect(of('ejabberd_admin_password')).toMatchObject({ type: 'secret', role: 'operator' });
    expect(of('ejabberd_ca')).toMatchObject({ type: 'long-text' });
    const german = await list(`/api/v1/bots/${bot.id}/settings`, 'de');
    expect(german.map(({ key }) => key).sort()).toEqual([...botSettingKeys].sort());
    expect(german.find(({ key }) => key === 'scope')).toMatchObject({
      label: 'Was er liest',
      type: 'choice',
      options: ['self', 'direct', 'all'],
      role: 'owner',
    });
  });
});

describe('POST /api/v1/certificate', () => {
  it('takes a pair over that comes as text, and keeps the one before when it is refused', async () => {
    const engine = await testEngine();
    const pair = await makeSelfSigned({ hosts: ['bot.example'], addresses: [] }, Date.now());
    const files = () =>
      readdirSync(join(engine.dataDir, 'api-tls')).filter((name) => name.startsWith('given-'));
    const give = (body: unknown) => engine.call('POST', '/api/v1/certificate', { body });

    expect(await give(pair)).toMatchObject({ status: 200 });
    const first = files();
    expect(first).toHaveLength(2);
    expect(await give({ ...pair, key: 'no key' })).toMatchObject(failure(400, 'bad_request'));
    expect(files()).toEqual(first);
    expect(await give(pair)).toMatchObject({ status: 200 });
    expect(files()).toHaveLength(2);
    expect(files()).not.toEqual(first);
    const shown = await engine.call('GET', '/api/v1/settings/api_tls_cert');
    expect(shown.body.result).toMatchObject({ value: files().find((name) => name.endsWith('.crt')) });
  });
});
