import { describe, expect, it } from 'vitest';
import { engineWithBot, failure, signIn, testEngine } from '../../support/test-engine.ts';

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
    for (const body of [{}, { operator: false }, { language: 'fr' }, { enabled: 'on' }, { omemo: 1 }]) {
      expect([body, (await patch(body)).status]).toEqual([body, 400]);
    }
  });

  it('takes consent to an OMEMO device, and takes it back, with a line in the audit log for each change', async () => {
    const engine = await testEngine();
    await signIn(engine);
    const omemo = async (body: object) =>
      (await engine.call('PATCH', '/api/v1/accounts/you@localhost', { body })).body.result;
    const again = (more: object) =>
      engine.call('POST', '/api/v1/accounts', {
        body: { jid: 'you@localhost', password: 'x', verify: false, ...more },
      });
    const noted = async () =>
      (await engine.engine.audit.page({ limit: 20 }))
        .map(({ action }) => action)
        .filter((action) => action.startsWith('account.omemo'));

    expect((await engine.call('GET', '/api/v1/accounts')).body.result).toMatchObject([{ omemo: false }]);
    expect(await omemo({ omemo: true })).toMatchObject({ omemo: true });
    expect(await omemo({ omemo: true })).toMatchObject({ omemo: true });
    // A new password says nothing about it.
    expect((await again({})).body.result).toMatchObject({ omemo: true });
    expect((await again({ omemo: false })).body.result).toMatchObject({ omemo: false });
    expect((await again({ omemo: true })).body.result).toMatchObject({ omemo: true });
    expect(await omemo({ omemo: false })).toMatchObject({ omemo: false });
    expect(await noted()).toEqual(['off', 'on', 'off', 'on'].map((word) => `account.omemo-${word}`));
  });

  it('begins the session anew when consent changes', async () => {
    const engine = await testEngine();
    await signIn(engine);
    const switched: string[] = [];
    engine.engine.events.on('account.switched', ({ jid }) => void switched.push(jid));

    for (const omemo of [true, true, false])
      await engine.call('PATCH', '/api/v1/accounts/you@localhost', { body: { omemo } });

    expect(switched).toEqual(['you@localhost', 'you@localhost']);
  });
});
