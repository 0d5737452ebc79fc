import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { photo } from '../../support/images.ts';
import { aBot, engineWithBot, failure, testEngine } from '../../support/test-engine.ts';

/** The settings of a new bot. */
const UNTOUCHED = {
  scope: 'self',
  encrypted: false,
  allow_plaintext: false,
  allowed_contacts: '',
  avatar: '',
  description: '',
  ai_answers: 'self',
  ai_rooms: '',
  ai_free_rooms: '',
  ai_known_bots: '',
  reasoning: 'spoiler',
  telegram_ai_answers: true,
  ai_streaming: false,
  ai_per_minute: 10,
  ai_per_day: 500,
  ai_answer_tokens: 1_024,
  ai_timeout: 60,
  ai_parallel: 4,
  ai_month_tokens: 0,
};

describe('/bot/settings', () => {
  it('has all settings of the installation, at the top level and in result', async () => {
    const engine = await testEngine();

    const { status, body } = await engine.call('GET', '/bot/settings');

    const { ok, result, ...top } = body;
    expect({ status, ok }).toEqual({ status: 200, ok: true });
    expect(result).toEqual(top);
    expect(top).toMatchObject({ api_port: 7842, language: 'en', token_display: true, rate_limit_ip: 30 });
  });

  it('changes several at once, or none', async () => {
    const engine = await testEngine();
    const post = (body: unknown) => engine.call('POST', '/bot/settings', { body });

    const { body } = await post({ language: 'de', rate_limit_bot: '50', token_display: 'off', odd: 1 });
    expect(body.result).toMatchObject({ language: 'de', rate_limit_bot: 50, token_display: false });
    expect(await post({ language: 'en', rate_limit_bot: 0 })).toMatchObject(failure(400, 'bad_request'));
    expect((await engine.call('GET', '/bot/settings')).body).toMatchObject({
      language: 'de',
      rate_limit_bot: 50,
    });
  });

  it('has the settings of one bot', async () => {
    const engine = await engineWithBot();
    await aBot(engine, 'News');
    const change = { scope: 'direct', description: 'Tells the weather' };

    const { body } = await engine.call('POST', '/bot/settings?id=1', { body: change });

    const shown = { ...UNTOUCHED, ...change };
    expect(body).toEqual({ ...shown, ok: true, result: shown });
    expect((await engine.call('GET', '/bot/settings?id=2')).body.result).toEqual(UNTOUCHED);
    expect((await engine.call('GET', '/bot/getMe', { token: engine.token })).body.description).toBe(
      change.description,
    );
    await engine.call('POST', '/bot/delete', { body: { id: 1 } });
    expect(await engine.call('GET', '/bot/settings?id=1')).toMatchObject(failure(404, 'not_found'));
  });

  it('has what concerns encryption: read in its normal form at every door, and kept', async () => {
    const engine = await engineWithBot();
    const set = (body: unknown) => engine.call('POST', '/bot/settings?id=1', { body });
    const put = (key: string, value: unknown) =>
      engine.call('PUT', `/api/v1/bots/1/settings/${key}`, { body: { value } });

    const { body } = await set({
      encrypted: true,
      allow_plaintext: 'on',
      allowed_contacts: 'Friend@LOCALHOST other@localhost,,third@localhost',
    });

    const contacts = 'friend@localhost, other@localhost, third@localhost';
    expect(body.result).toEqual({
      ...UNTOUCHED,
      encrypted: true,
      allow_plaintext: true,
      allowed_contacts: contacts,
    });
    expect((await put('allow_plaintext', false)).body.result).toMatchObject({ value: false, default: false });
    expect((await put('allowed_contacts', '')).body.result).toMatchObject({ value: '' });
    expect(await put('allowed_contacts', 'nonsense')).toMatchObject(failure(400, 'bad_request'));
    expect((await engine.call('GET', '/api/v1/bots/1/settings/encrypted')).body.result).toMatchObject({
      key: 'encrypted',
      value: true,
      summary: expect.stringContaining('encrypted'),
    });
    expect(
      (await engine.engine.audit.page({ limit: 10 })).flatMap(({ action, details }) =>
        action === 'bot.setting' ? [details] : [],
      ),
    ).toEqual(['allowed_contacts', 'allow_plaintext', 'allowed_contacts', 'allow_plaintext', 'encrypted']);
  });

  it('has the picture as a setting, which is changed at every door', async () => {
    const engine = await engineWithBot();
    const given = async (colour: string) => (await photo(colour)).toString('base64');
    const shown = async () => (await engine.app.inject({ url: '/api/v1/bots/1/avatar' })).rawPayload;
    const avatar = '/api/v1/bots/1/avatar';

    const { body } = await engine.call('POST', '/bot/settings?id=1', {
      body: { avatar: await given('red') },
    });
    const first = await shown();
    const echoed = { body: { avatar, scope: 'all' } };
    expect((await engine.call('POST', '/bot/settings?id=1', echoed)).body.result).toMatchObject({ avatar });
    const second = await shown();
    await engine.call('PUT', '/api/v1/bots/1/settings/avatar', { body: { value: await given('lime') } });
    const third = await shown();
    await engine.call('PATCH', '/api/v1/bots/1', { body: { avatar: await given('blue') } });
    const fourth = await shown();
    await engine.call('PATCH', '/api/v1/bots/1', { body: { avatar: null } });

    expect(body.result).toMatchObject({ avatar });
    expect(second.equals(first)).toBe(true);
    const colours = await Promise.all(
      [first, third, fourth].map(async (image) => (await sharp(image).stats()).dominant),
    );
    expect(colours.map(({ r, g, b }) => [r > 200, g > 200, b > 200])).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
    expect(await engine.call('GET', avatar)).toMatchObject(failure(404, 'not_found'));
    const settings = await engine.call('GET', '/bot/settings?id=1');
    expect(settings.body.result).toMatchObject({ avatar: '', scope: 'all' });
  });

  it.each([
    ['', {}, 400, 'names nothing'],
    [
      '',
      { scope: 'direct' },
      400,
      '`scope` is a setting of each bot: say which one, as in /bot/settings?id=1',
    ],
    ['', { language: 'de', scope: 'direct' }, 400, 'as in /bot/settings?id=1'],
    ['', { language: 'fr' }, 400, 'language: use en or de'],
    ['', { language: ['de'] }, 400, '`language` must be'],
    ['', '[]', 400, 'JSON object'],
    ['?id=1', { odd: 'de' }, 400, 'names nothing'],
    [
      '?id=1',
      { language: 'de' },
      400,
      '`language` is a setting of the installation, not of a bot: leave out ?id=',
    ],
    ['?id=1', { scope: 'odd' }, 400, 'scope: use self, direct or all'],
    ['?id=1', { scope: 'all', encrypted: 'perhaps' }, 400, 'encrypted: use true or false'],
    ['?id=1', { scope: 'all', allow_plaintext: 2 }, 400, 'allow_plaintext'],
    ['?id=1', { scope: 'all', allowed_contacts: 'a@b, nonsense' }, 400, 'XMPP addresses like'],
    ['?id=1', { scope: 'all', allowed_contacts: 'a@b/phone' }, 400, 'XMPP addresses like'],
    ['?id=1', { scope: 'all', allowed_contacts: ['a@b'] }, 400, 'allowed_contacts'],
    ['?id=1', { scope: 'all', description: 'x'.repeat(513) }, 400, 'at most 512'],
    ['?id=1', { description: 'a\u0000b' }, 400, 'XMPP cannot carry'],
    ['?id=1', { scope: 'all', avatar: 'no picture' }, 400, 'image in base64'],
    ['?id=1', { avatar: Buffer.from('<svg/>').toString('base64') }, 400, 'PNG, JPEG'],
    ['?id=1', { avatar: 7 }, 400, 'avatar'],
    ['?id=9', { scope: 'all' }, 404, 'no bot with ID 9'],
    ['?id=x', { scope: 'all' }, 400, '`id`'],
  ])('refuses %s %j', async (query, body, status, words) => {
    const engine = await engineWithBot();

    const answer = await engine.call('POST', `/bot/settings${query}`, { body });

    expect(answer).toMatchObject(failure(status, status === 404 ? 'not_found' : 'bad_request'));
    expect(answer.body.description).toContain(words);
    expect((await engine.call('GET', '/bot/settings?id=1')).body.result).toEqual(UNTOUCHED);
  });

  it('keeps the admin password for the address it was given for', async () => {
    const engine = await testEngine();
    const post = (body: unknown) => engine.call('POST', '/bot/settings', { body });
    const saved = {
      ejabberd_api_url: 'http://127.0.0.1:5281/api',
      ejabberd_admin_jid: 'Admin@localhost',
      ejabberd_admin_password: 'hunter2',
    };
    expect((await post(saved)).body).toMatchObject({
      ejabberd_admin_jid: 'admin@localhost',
      ejabberd_admin_password: '********',
    });

    expect(await post({ ejabberd_api_url: 'https://evil.example/api' })).toMatchObject(
      failure(400, 'bad_request'),
    );
    const masked = { ejabberd_admin_jid: 'eve@localhost', ejabberd_admin_password: '********' };
    expect(await post(masked)).toMatchObject(failure(400, 'bad_request'));
    expect((await post({ ejabberd_api_url: 'http://127.0.0.1:5281/other' })).status).toBe(200);
    expect(engine.engine.settings.get('ejabberd_admin_password')).toBe('hunter2');
    const moved = { ejabberd_api_url: 'https://new.example/api', ejabberd_admin_password: 'other' };
    expect((await post(moved)).status).toBe(200);
    expect((await post({ ejabberd_api_url: '', ejabberd_admin_password: '' })).status).toBe(200);
  });
});
