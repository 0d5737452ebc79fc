import { describe, expect, it } from 'vitest';
import { engineWithBot, failure } from '../../support/test-engine.ts';

describe('/bot/setWebhook', () => {
  it('keeps the secret for the same address, makes a new one for another or when asked', async () => {
    const engine = await engineWithBot();
    const set = async (body: unknown) =>
      (await engine.call('POST', '/bot/setWebhook', { token: engine.token, body })).body.secret;

    const first = await set({ url: 'https://hooks.example.org/a' });

    expect(first).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await set({ url: 'https://hooks.example.org/a' })).toBe(first);
    expect(await set({ url: 'https://hooks.example.org/a', rotate_secret: true })).not.toBe(first);
    expect(await set({ url: 'https://hooks.example.org/b' })).not.toBe(first);
    const own = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(await set({ url: 'https://hooks.example.org/b', secret: own })).toBe(own);
  });

  it.each([
    [{}, '`url` is missing'],
    [{ url: 'http://hooks.example.org/' }, 'https://'],
    [{ url: 'https://10.0.0.1/' }, 'not a public address'],
    [{ url: 'nonsense' }, 'complete address'],
    [{ url: 'https://hooks.example.org/', secret: 'short' }, '`secret` must be'],
    [{ url: 'https://hooks.example.org/', allowed_updates: ['odd'] }, 'allowed_updates'],
  ])('refuses %j', async (body, words) => {
    const engine = await engineWithBot();

    const answer = await engine.call('POST', '/bot/setWebhook', { token: engine.token, body });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain(words);
  });

  it('excludes polling until it is deleted', async () => {
    const engine = await engineWithBot();
    const { token } = engine;
    await engine.call('POST', '/bot/setWebhook', { token, body: { url: 'https://hooks.example.org/a' } });

    expect(await engine.call('GET', '/bot/getUpdates', { token })).toMatchObject(failure(409, 'conflict'));
    expect((await engine.call('POST', '/bot/deleteWebhook', { token })).body).toEqual({
      ok: true,
      result: true,
    });
    expect((await engine.call('GET', '/bot/getUpdates', { token })).body).toEqual({ ok: true, result: [] });
  });
});
