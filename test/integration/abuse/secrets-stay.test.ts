import { describe, expect, it } from 'vitest';
import { engineWithBot, failure } from '../../support/test-engine.ts';

const GIVEN = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describe('the secret of a webhook', () => {
  it('stays with the address it was given for', async () => {
    const { call, token } = await engineWithBot();
    const set = async (body: object) =>
      String((await call('POST', '/bot/setWebhook', { token, body })).body.secret);

    expect(await set({ url: 'https://a.example/x', secret: GIVEN })).toBe(GIVEN);
    expect(await set({ url: 'https://a.example/x' })).toBe(GIVEN);
    const forB = await set({ url: 'https://b.example/x' });
    expect(forB).not.toBe(GIVEN);
    // Going back does not bring it back: it may have been read meanwhile.
    const again = await set({ url: 'https://a.example/x' });
    expect([GIVEN, forB]).not.toContain(again);
    for (const url of ['http://localhost:9/x', 'https://a.example:8443/x', 'https://a.example/other'])
      expect(await set({ url })).not.toBe(again);
  });
});

describe('the password of the admin API', () => {
  it('goes to the saved address for the saved account only', async () => {
    const { call } = await engineWithBot();
    const saved = {
      api_url: 'http://127.0.0.1:9/api',
      host: 'localhost',
      admin_jid: 'admin@localhost',
      admin_password: 'secret',
    };
    await call('POST', '/bot/ejabberd/settings', { body: saved });

    for (const moved of [{ api_url: 'http://127.0.0.1:10/api' }, { admin_jid: 'eve@localhost' }]) {
      expect(await call('POST', '/bot/ejabberd/test', { body: moved })).toMatchObject({ status: 400 });
      expect(await call('POST', '/bot/ejabberd/settings', { body: moved })).toMatchObject(
        failure(400, 'bad_request'),
      );
    }
    const kept = await call('GET', '/bot/ejabberd/settings');
    expect(kept.body).toMatchObject({ api_url: saved.api_url, admin_jid: saved.admin_jid });
  });
});
