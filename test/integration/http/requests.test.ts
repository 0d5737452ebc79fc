import { describe, expect, it } from 'vitest';
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
