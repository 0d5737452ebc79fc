import { describe, expect, it } from 'vitest';
import { publicDoor } from '../../support/public-door.ts';
import { engineWithBot, failure } from '../../support/test-engine.ts';

describe('requests', () => {
  it('to the wrong method are told the right one', async () => {
    const engine = await engineWithBot();

    const { status, headers, body } = await engine.call('GET', '/bot/create');

    expect({ status, body }).toMatchObject(failure(405, 'method_not_allowed'));
    expect(headers.allow).toBe('POST');
  });

  it('to an unknown path get 404 in the envelope', async () => {
    const engine = await engineWithBot();

    expect(await engine.call('GET', '/bot/getMe/anything', { token: engine.token })).toMatchObject(
      failure(404, 'not_found'),
    );
  });

  it.each([
    ['GET', '/bot/getMe/', '/bot/getMe'],
    ['POST', '/bot/create//?x=1', '/bot/create'],
    ['GET', '/bot/create/', '/bot/create'],
  ] as const)('%s %s is told the path without the slash', async (method, path, meant) => {
    const engine = await engineWithBot();

    const answer = await engine.call(method, path);

    expect(answer).toMatchObject(failure(404, 'not_found'));
    expect(answer.body.description).toMatch(new RegExp(`: ${meant}$`));
  });

  it.each([
    ['DELETE', '/bot/delete', '`id` is missing'],
    ['GET', '/bot/getMessageState', '`message_id` is missing'],
    ['DELETE', '/bot/delete?id=x', '`id` must be a whole number'],
    ['GET', '/bot/getUpdates?allowed_updates=message,calls', 'there are message, reaction, edited_message'],
    ['GET', '/bot/getUpdates?allowed_updates=["calls"]', 'there are message, reaction, edited_message'],
    ['GET', '/bot/getUpdates?offset=', '`offset` must be a whole number'],
  ] as const)('%s %s is told what is wrong with its query', async (method, path, words) => {
    const engine = await engineWithBot();

    const answer = await engine.call(method, path, { token: engine.token });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain(words);
  });

  it('with another type of body get 415, with an empty one are judged by their fields', async () => {
    const engine = await engineWithBot();
    const headers = { 'content-type': 'text/plain' };

    expect(await engine.call('POST', '/bot/create', { body: 'name=x', headers })).toMatchObject(
      failure(415, 'unsupported_media_type'),
    );
    expect(await engine.call('POST', '/bot/create', { body: '', headers })).toMatchObject(
      failure(400, 'bad_request'),
    );
    expect(
      (await engine.call('POST', '/bot/deleteWebhook', { token: engine.token, body: '', headers })).status,
    ).toBe(200);
  });

  it('that cannot be read are told so in the envelope', async () => {
    const engine = await engineWithBot();

    expect(await engine.call('GET', '/bot/%zz')).toMatchObject(failure(400, 'bad_request'));
    const nothing = await engine.call('POST', '/bot/create', { body: '' });
    expect(nothing.body.description).toBe('The body must be a JSON object with the fields of this route.');
  });

  it('over one MiB get 413', async () => {
    const engine = await engineWithBot();
    const body = { name: 'x'.repeat(1024 * 1024), account: 'you@localhost' };

    expect(await engine.call('POST', '/bot/create', { body })).toMatchObject(failure(413, 'too_large'));
  });

  it('that manage bots are refused while bots are switched off; settings, the audit log and the CLI answer', async () => {
    const engine = await engineWithBot();
    const door = await publicDoor(engine);
    const status = async (method: string, path: string, body?: unknown) => {
      const headers = { host: `127.0.0.1:${door.port}` };
      const answer = await door.ask(method, path, body === undefined ? { headers } : { headers, body });
      return [answer.status, (JSON.parse(answer.text) as { error?: string }).error];
    };
    const bot = { id: engine.id };
    await status('POST', '/bot/settings', { bot_features_enabled: false });

    for (const [method, path, body] of [
      ['POST', '/bot/create', { name: 'News', account: 'you@localhost' }],
      ['GET', '/bot/list'],
      ['POST', '/bot/activate', { ...bot, active: false }],
      ['POST', '/bot/token', bot],
      ['POST', '/bot/revoke', bot],
      ['POST', '/bot/delete', bot],
      ['DELETE', `/bot/delete?id=${engine.id}`],
    ] as const) {
      expect([path, ...(await status(method, path, body))]).toEqual([path, 503, 'disabled']);
    }
    for (const path of [
      '/health',
      '/bot/settings',
      `/bot/settings?id=${engine.id}`,
      '/bot/account/status?account=you@localhost',
      '/bot/ejabberd/settings',
      '/bot/audit',
    ]) {
      expect([path, ...(await status('GET', path))]).toEqual([path, 200, undefined]);
    }
    expect((await engine.call('GET', '/bot/list')).body.bots).toMatchObject([{ ...bot, status: 'active' }]);
    expect(await status('POST', '/bot/settings', { bot_features_enabled: true })).toEqual([200, undefined]);
    expect(await status('POST', '/bot/activate', { ...bot, active: false })).toEqual([200, undefined]);
  });

  it('are refused while bots are switched off, except those that switch them on', async () => {
    const engine = await engineWithBot();
    await engine.call('PUT', '/api/v1/settings/bot_features_enabled', { body: { value: false } });

    expect(await engine.call('GET', '/bot/getMe', { token: engine.token })).toMatchObject(
      failure(503, 'disabled'),
    );
    expect((await engine.call('GET', '/health')).status).toBe(200);
    await engine.call('PUT', '/api/v1/settings/bot_features_enabled', { body: { value: 'on' } });
    expect((await engine.call('GET', '/bot/getMe', { token: engine.token })).status).toBe(200);
  });
});
