import { describe, expect, it } from 'vitest';
import { engineWithBot, failure, signIn, testEngine } from '../../support/test-engine.ts';

describe('/api/v1/bots', () => {
  it('is the same as /bot/..., with the owner', async () => {
    const engine = await testEngine();
    await signIn(engine);
    const wanted = { name: 'Weather', account: 'you@localhost' };

    const made = (await engine.call('POST', '/api/v1/bots', { body: wanted })).body.result;

    expect(made).toMatchObject({
      id: 1,
      name: 'Weather',
      mode: 'personal',
      token: expect.stringMatching(/^bm_/),
    });
    const [bot] = (await engine.call('GET', '/bot/list')).body.bots as object[];
    expect((await engine.call('GET', '/api/v1/bots')).body).toEqual({
      ok: true,
      result: [
        {
          ...bot,
          owner: 'you@localhost',
          has_picture: false,
          tokens: [expect.objectContaining({ ends: null })],
          waiting_updates: 0,
          dropped_updates: 0,
          dead_letters: 0,
          webhook: null,
        },
      ],
    });
    const changed = await engine.call('PATCH', '/api/v1/bots/1', {
      body: { active: false, description: 'Rain' },
    });
    expect(changed.body.result).toMatchObject({ id: 1, status: 'disabled', description: 'Rain' });
    expect((await engine.call('GET', '/api/v1/bots/1')).body).toEqual(changed.body);
    const commands = [{ command: 'rain', description: 'Will it?' }];
    expect((await engine.call('PUT', '/api/v1/bots/1/commands', { body: { commands } })).body.result).toEqual(
      commands,
    );
    expect((await engine.call('GET', '/api/v1/bots/1/commands')).body.result).toEqual(commands);
    expect((await engine.call('POST', '/api/v1/bots/1/token')).body.result).toEqual({
      token: expect.stringMatching(/^bm_/),
    });
    expect((await engine.call('DELETE', '/api/v1/bots/1/token')).body).toEqual({ ok: true, result: true });
    expect((await engine.call('GET', '/api/v1/bots/1')).body.result).toMatchObject({ token: '' });
    expect((await engine.call('DELETE', '/api/v1/bots/1')).body).toEqual({ ok: true, result: true });
    expect((await engine.call('GET', '/api/v1/bots')).body.result).toEqual([]);
  });

  it.each([
    ['GET', '/api/v1/bots/9', undefined, 404],
    ['GET', '/api/v1/bots/x', undefined, 400],
    ['PATCH', '/api/v1/bots/1', {}, 400],
    ['PATCH', '/api/v1/bots/1', { active: 'yes' }, 400],
    ['PATCH', '/api/v1/bots/1', { description: 'x'.repeat(513) }, 400],
    ['PATCH', '/api/v1/bots/9', { active: true }, 404],
    ['DELETE', '/api/v1/bots/9', undefined, 404],
    ['POST', '/api/v1/bots/9/token', undefined, 404],
    ['DELETE', '/api/v1/bots/9/token', undefined, 404],
    ['GET', '/api/v1/bots/9/commands', undefined, 404],
    ['PUT', '/api/v1/bots/9/commands', { commands: [] }, 404],
    ['GET', '/api/v1/bots/9/settings', undefined, 404],
    ['GET', '/api/v1/bots/1/settings/nothing', undefined, 404],
    ['PUT', '/api/v1/bots/1/settings/scope', { value: 'odd' }, 400],
    ['PUT', '/api/v1/bots/1/settings/scope', {}, 400],
    ['PUT', '/api/v1/bots/1/avatar', {}, 400],
  ] as const)('refuses %s %s %j', async (method, url, body, status) => {
    const engine = await engineWithBot();

    const answer = await engine.call(method, url, { body });

    expect(answer).toMatchObject(failure(status, status === 404 ? 'not_found' : 'bad_request'));
  });

  it('changes all that is asked or nothing', async () => {
    const engine = await engineWithBot();

    const body = { active: false, description: 'x'.repeat(513) };
    expect((await engine.call('PATCH', '/api/v1/bots/1', { body })).status).toBe(400);

    expect((await engine.call('GET', '/api/v1/bots/1')).body.result).toMatchObject({ status: 'active' });
  });
});
