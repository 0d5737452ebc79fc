import { describe, expect, it } from 'vitest';
import { engineWithBot, failure } from '../../support/test-engine.ts';

describe('/bot/account/status', () => {
  it('tells and changes whether an account is switched on', async () => {
    const engine = await engineWithBot();
    const on = { account: 'you@localhost', enabled: true };
    const off = { account: 'you@localhost', enabled: false };

    expect((await engine.call('GET', '/bot/account/status?account=YOU@localhost')).body).toEqual({
      ...on,
      ok: true,
      result: on,
    });
    expect((await engine.call('POST', '/bot/account/status', { body: off })).body).toEqual({
      ...off,
      ok: true,
      result: off,
    });
    expect((await engine.call('GET', '/bot/account/status?account=you@localhost')).body.result).toEqual(off);
    expect((await engine.call('POST', '/bot/account/status', { body: on })).body.result).toEqual(on);
  });

  it.each([
    [{ enabled: true }, 400, '`account` is missing'],
    [{ account: 'you@localhost' }, 400, '`enabled` is missing'],
    [{ account: 'you@localhost', enabled: 'no' }, 400, '`enabled` must be true or false'],
    [{ account: 'you', enabled: true }, 400, 'not an XMPP address'],
    [{ account: 'you@localhost/phone', enabled: true }, 400, 'resource'],
    [{ account: 'who@localhost', enabled: true }, 404, 'not signed in here'],
  ])('refuses %j', async (body, status, words) => {
    const engine = await engineWithBot();

    const answer = await engine.call('POST', '/bot/account/status', { body });

    expect(answer).toMatchObject(failure(status, status === 404 ? 'not_found' : 'bad_request'));
    expect(answer.body.description).toContain(words);
  });

  it('needs the account in the query too', async () => {
    const engine = await engineWithBot();

    expect(await engine.call('GET', '/bot/account/status')).toMatchObject(failure(400, 'bad_request'));
    expect(await engine.call('GET', '/bot/account/status?account=who@localhost')).toMatchObject(
      failure(404, 'not_found'),
    );
  });
});

describe('/api/v1/accounts/:jid', () => {
  it('changes operator and language, refuses what it cannot mean', async () => {
    const engine = await engineWithBot();
    const patch = (body: unknown) => engine.call('PATCH', '/api/v1/accounts/you@localhost', { body });

    expect((await patch({ language: 'de', operator: true })).body.result).toMatchObject({
      language: 'de',
      operator: true,
    });
    expect((await patch({ language: null })).body.result).toMatchObject({ language: null });
    for (const body of [{}, { operator: false }, { language: 'fr' }, { enabled: 'on' }]) {
      expect([body, (await patch(body)).status]).toEqual([body, 400]);
    }
  });
});
