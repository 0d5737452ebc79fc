import { describe, expect, it, onTestFinished } from 'vitest';
import { ROUTE_SCOPES } from '../../../src-main/http/route-scopes.ts';
import { TOKEN_SCOPES } from '../../../src-shared/api/token-scopes.ts';
import { describedRoutes } from '../../support/described.ts';
import { engineWithBot, failure } from '../../support/test-engine.ts';
import { typedChat } from '../../support/typed-chat.ts';
import { until } from '../../support/until.ts';

const { operations } = await describedRoutes();
const forPrograms = operations.filter(({ operation }) => operation['x-caller'] === 'bot');

/** Requests that a token with the right scope is not refused for; what else they meet is no business of this test. */
const ASKING = {
  send: [
    ['POST', '/bot/sendMessage', { to: 'you@localhost', text: 'hello' }],
    ['POST', '/bot/setCommands', { commands: [] }],
  ],
  read: [
    ['GET', '/bot/getUpdates', undefined],
    ['GET', '/bot/getWebhookInfo', undefined],
    ['POST', '/bot/deleteWebhook', undefined],
  ],
  any: [
    ['GET', '/bot/getMe', undefined],
    ['GET', '/bot/getCommands', undefined],
  ],
} as const;

async function withScopes(scopes: readonly string[] | undefined, more: object = {}) {
  const engine = await engineWithBot();
  const { body } = await engine.call('POST', '/bot/token', { body: { id: engine.id, scopes, ...more } });
  return { ...engine, old: engine.token, token: String(body.token), made: body };
}

/** What the owner sees of the bot's tokens. */
async function tokensOf({ call, id }: Awaited<ReturnType<typeof engineWithBot>>) {
  const { body } = await call('GET', `/api/v1/bots/${id}`);
  return (body.result as { tokens: { scopes: string[]; last_used: number | null; ends: number | null }[] })
    .tokens;
}

describe('the scopes of a token', () => {
  it('are named for every route of programs, and nothing else is', () => {
    const known = Object.keys(ROUTE_SCOPES);

    for (const { path } of forPrograms) expect(known).toContain(path);
  });

  it('stand with each route in the document', () => {
    const found = new Map(forPrograms.map(({ path, operation }) => [path, operation.security]));

    expect(found.get('/bot/sendMessage')).toEqual([{ botToken: ['send'] }]);
    expect(found.get('/bot/getUpdates')).toEqual([{ botToken: ['read'] }]);
    expect(found.get('/bot/getMe')).toEqual([{ botToken: [] }]);
  });

  it.each([[['send']], [['read']], [['ai', 'bridge']]] as const)(
    'let %j do that and nothing else',
    async (scopes) => {
      const { call, token } = await withScopes(scopes);

      for (const [needed, requests] of Object.entries(ASKING)) {
        for (const [method, path, body] of requests) {
          const answer = await call(method, path, { token, body });
          const isAllowed = needed === 'any' || scopes.some((scope) => scope === needed);
          expect([path, answer.body.error === 'scope_missing']).toEqual([path, !isAllowed]);
          if (isAllowed) continue;
          expect(answer).toMatchObject(failure(403, 'scope_missing'));
          expect(answer.body.description).toContain(`lacks the scope ${needed}`);
          expect(answer.body.description).toContain(`it has: ${scopes.join(', ')}`);
        }
      }
    },
  );

  it('are all of them when nobody says otherwise, also after a narrow one', async () => {
    const engine = await withScopes(['read']);

    const { body } = await engine.call('POST', '/bot/token', { body: { id: engine.id } });

    expect(body).toEqual({
      ok: true,
      id: engine.id,
      token: body.token,
      result: { id: engine.id, token: body.token },
    });
    expect(await tokensOf(engine)).toEqual([{ scopes: [...TOKEN_SCOPES], last_used: null, ends: null }]);
  });

  it('can be given with a new bot, and by the window', async () => {
    const engine = await engineWithBot();
    const body = { name: 'Reader', account: 'you@localhost', scopes: ['read'] };
    const made = await engine.call('POST', '/bot/create', { body });
    const url = `/api/v1/bots/${engine.id}/token`;
    const other = await engine.call('POST', url, { body: { scopes: ['send', 'send', 'read'] } });

    const said = { body: { to: 'you@localhost', text: 'x' } };
    expect(
      await engine.call('POST', '/bot/sendMessage', { token: String(made.body.token), ...said }),
    ).toMatchObject(failure(403, 'scope_missing'));
    expect(other.body.result).toMatchObject({ scopes: ['send', 'read'] });
  });

  it.each([[['write']], [[]], ['send'], [[1]]])('refuse %j in words', async (scopes) => {
    const engine = await engineWithBot();

    const answer = await engine.call('POST', '/bot/token', { body: { id: engine.id, scopes } });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain('`scopes');
    expect(answer.body.description).toContain('send, read, ai, bridge');
  });

  it('are noted in the audit log when they are missing', async () => {
    const { call, token, id } = await withScopes(['read']);

    await call('POST', '/bot/sendMessage', { token, body: { to: 'you@localhost', text: 'x' } });

    const noted = async () =>
      (await call('GET', `/bot/audit?id=${id}`)).body.result as { action: string; outcome: string }[];
    await until('the refusal to be noted', async () =>
      (await noted()).some(({ outcome }) => outcome === 'refused'),
    );
    expect(await noted()).toContainEqual(
      expect.objectContaining({ action: 'token.scope', outcome: 'refused', actor: `bot ${id}` }),
    );
  });
});

describe('a token that was replaced', () => {
  it('keeps its own scopes for as long as it is taken', async () => {
    const first = await withScopes(['read']);
    const { call, id, token: old } = first;

    const { body } = await call('POST', '/bot/token', { body: { id, scopes: ['send'], overlap_s: 60 } });

    const updates = '/bot/getUpdates';
    expect((await call('GET', updates, { token: old })).status).toBe(200);
    expect(await call('GET', updates, { token: String(body.token) })).toMatchObject(
      failure(403, 'scope_missing'),
    );
    expect(await tokensOf(first)).toEqual([
      { scopes: ['send'], last_used: expect.toSatisfy(() => true), ends: null },
      { scopes: ['read'], last_used: expect.toSatisfy(() => true), ends: expect.any(Number) },
    ]);
    await call('POST', '/bot/revoke', { body: { id } });
    expect(await tokensOf(first)).toEqual([]);
    expect(await call('GET', updates, { token: old })).toMatchObject(failure(401, 'unauthorized'));
  });
});

describe('the last use of a token', () => {
  it('is kept for each, by writing once a minute and not with each request', async () => {
    const engine = await withScopes(undefined, { overlap_s: 600 });
    const { call, token, old } = engine;
    let writes = 0;
    const { write } = engine.engine.store;
    engine.engine.store.write = ((work: never) => {
      writes += 1;
      return write.call(engine.engine.store, work);
    }) as typeof write;
    onTestFinished(() => {
      engine.engine.store.write = write;
    });
    expect((await tokensOf(engine)).map(({ last_used: used }) => used)).toEqual([null, null]);

    for (let count = 0; count < 20; count += 1) await call('GET', '/bot/getMe', { token });
    await until('the use to be noted', async () => (await tokensOf(engine))[0]?.last_used !== null);
    expect((await tokensOf(engine))[1]?.last_used).toBeNull();
    await call('GET', '/bot/getMe', { token: old });
    await until(
      'the use of the old one to be noted',
      async () => (await tokensOf(engine))[1]?.last_used !== null,
    );

    // One for each token, and one for the bot itself.
    expect(writes).toBeLessThanOrEqual(3);
    const now = Math.floor(Date.now() / 1_000);
    for (const { last_used: used } of await tokensOf(engine)) expect(now - (used ?? 0)).toBeLessThan(60);
  });
});

describe('/token in chat', () => {
  it('takes scopes and a time for the old one, and /status shows both', async () => {
    const engine = await engineWithBot();
    const { type } = await typedChat(engine);

    const said = await type(`/token ${engine.id} send,read 2h`);

    const [, token = ''] = /^New token generated for Weather:\n(bm_[0-9a-f]{64})\n/.exec(said) ?? [];
    expect(said).toContain('(Old token is valid until 20');
    expect(said).toContain('Scopes: send, read');
    expect((await engine.call('GET', '/bot/getUpdates', { token })).status).toBe(200);
    expect((await engine.call('GET', '/bot/getUpdates', { token: engine.token })).status).toBe(200);
    await until('the use to be shown', async () =>
      (await type(`/status ${engine.id}`)).includes('last used'),
    );
    const status = await type(`/status ${engine.id}`);
    expect(status).toMatch(/\nToken: send, read; last used 20\d\d-\d\d-\d\d \d\d:\d\d UTC\n/);
    expect(status).toMatch(/\nOld token: send, read, ai, bridge; .*; valid until 20\d\d/);
    expect(status).not.toContain('bm_');
    expect(await type(`/token ${engine.id}`)).toContain('(Old token is now invalid)');
  });

  it.each(['write', 'send,write', 'all 9d', 'all 1', 'all 1h more'])('refuses %j', async (words) => {
    const engine = await engineWithBot();
    const { type } = await typedChat(engine);

    expect(await type(`/token ${engine.id} ${words}`)).toContain('Usage: /token <ID>');
    expect((await engine.call('GET', '/bot/getMe', { token: engine.token })).status).toBe(200);
  });
});
