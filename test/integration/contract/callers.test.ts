import { afterAll, describe, expect, it } from 'vitest';
import { describedRoutes } from '../../support/described.ts';
import { publicDoor } from '../../support/public-door.ts';
import { aBot, engineWithBot, failure, type TestEngine } from '../../support/test-engine.ts';

const { operations } = await describedRoutes();
const of = (caller: 'bot' | 'admin' | 'anybody') => operations.filter((one) => one.caller === caller);

/** Limits are for the tests of limits. */
const unlimited = async (engine: TestEngine) => {
  for (const key of ['rate_limit_ip', 'rate_limit_bot'])
    await engine.call('PUT', `/api/v1/settings/${key}`, { body: { value: 1_000_000 } });
};
/** For what is refused and changes nothing: one engine for all. */
let opened: ReturnType<typeof engineWithBot> | undefined;
function shared(): ReturnType<typeof engineWithBot> {
  opened ??= engineWithBot((close) => void closings.push(close)).then(async (engine) => {
    await unlimited(engine);
    return engine;
  });
  return opened;
}
const closings: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const close of closings.reverse()) await close();
});

const parsed = ({ status, text }: { status: number; text: string }) => ({ status, body: JSON.parse(text) });

describe.each(of('bot'))('$method $path', ({ method, url, example }) => {
  const ask = (engine: TestEngine, token?: string) =>
    engine.call(method, url, { ...(token !== undefined && { token }), ...(example && { body: example }) });

  it('needs a token that is known', async () => {
    const engine = await engineWithBot();

    expect(await ask(engine)).toMatchObject(failure(401, 'unauthorized'));
    for (const unknown of [`bm_${'0'.repeat(64)}`, 'bm_', `bma_${'0'.repeat(64)}`, 'x'])
      expect(await ask(engine, unknown)).toMatchObject(failure(401, 'unauthorized'));
    for (const authorization of ['Basic YTpi', 'Bearer', engine.token]) {
      const answer = await engine.call(method, url, {
        headers: { authorization },
        ...(example && { body: example }),
      });
      expect(answer).toMatchObject(failure(401, 'unauthorized'));
    }
  });

  it('refuses a token that was replaced or revoked', async () => {
    const engine = await engineWithBot();
    const { body } = await engine.call('POST', '/bot/token', { body: { id: engine.id } });
    expect(await ask(engine, engine.token)).toMatchObject(failure(401, 'unauthorized'));

    await engine.call('POST', '/bot/revoke', { body: { id: engine.id } });

    expect(await ask(engine, String(body.token))).toMatchObject(failure(401, 'unauthorized'));
  });

  it('refuses a deactivated bot, and all bots while they are switched off', async () => {
    const engine = await engineWithBot();

    await engine.call('POST', '/bot/activate', { body: { id: engine.id, active: false } });
    expect(await ask(engine, engine.token)).toMatchObject(failure(403, 'bot_disabled'));

    await engine.call('POST', '/bot/activate', { body: { id: engine.id, active: true } });
    await engine.call('PUT', '/api/v1/settings/bot_features_enabled', { body: { value: false } });
    expect(await ask(engine, engine.token)).toMatchObject(failure(503, 'disabled'));
  });

  it('does not know the token of a bot that was deleted', async () => {
    const engine = await engineWithBot();

    await engine.call('POST', '/bot/delete', { body: { id: engine.id } });

    expect(await ask(engine, engine.token)).toMatchObject(failure(401, 'unauthorized'));
  });
});

/** What gives away that it is not a program of the person in charge who asks. */
const STRANGERS = [
  { origin: 'https://evil.example' },
  { origin: 'http://127.0.0.1:1' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { forwarded: 'for=192.0.2.1' },
  { 'x-forwarded-for': '192.0.2.1' },
  { 'x-real-ip': '192.0.2.1' },
  { via: '1.1 proxy' },
];

describe.each(of('admin'))('$method $path', ({ method, url, example }) => {
  it('is closed to web pages and proxies', async () => {
    const engine = await shared();
    const door = await publicDoor(engine);

    for (const headers of STRANGERS) {
      const answer = await door.ask(method, url, { headers, body: example });
      expect(parsed(answer), JSON.stringify(headers)).toMatchObject(failure(403, 'forbidden'));
    }
    const asBot = { authorization: `Bearer ${engine.token}`, origin: 'https://evil.example' };
    expect(parsed(await door.ask(method, url, { headers: asBot, body: example }))).toMatchObject(
      failure(403, 'forbidden'),
    );
  });
});

describe.each([...of('admin'), ...of('anybody')])('$method $path', ({ method, url, example }) => {
  it('does not answer under a foreign host name', async () => {
    const door = await publicDoor(await shared());

    for (const host of ['evil.example', `evil.example:${door.port}`, '127.0.0.1:1', 'localhost', '0.0.0.0']) {
      const answer = await door.ask(method, url, { headers: { host }, body: example });
      expect(parsed(answer), host).toMatchObject(failure(421, 'misdirected_request'));
    }
  });
});

describe('limits', () => {
  it.each(operations.filter(({ isStream }) => !isStream))(
    'hold for $method $path, and say when to try again',
    async ({ method, url, caller, example }) => {
      const engine = await engineWithBot();
      for (const key of ['rate_limit_ip', 'rate_limit_bot'])
        await engine.call('PUT', `/api/v1/settings/${key}`, { body: { value: 1 } });
      const door = await publicDoor(engine);
      const headers: Record<string, string> =
        caller === 'bot' ? { authorization: `Bearer ${engine.token}` } : {};

      await door.ask('GET', caller === 'bot' ? '/bot/getMe' : '/health', { headers });
      const limited = await door.ask(method, url, { headers, body: example });

      const answer = parsed(limited);
      expect(answer).toMatchObject(failure(429, 'rate_limited'));
      expect(answer.body.parameters).toEqual({ retry_after: Number(limited.headers['retry-after']) });
      expect(answer.body.parameters.retry_after).toBeGreaterThanOrEqual(1);
    },
  );

  it('are per token: another bot goes on', async () => {
    const engine = await engineWithBot();
    await engine.call('PUT', '/api/v1/settings/rate_limit_bot', { body: { value: 1 } });
    const other = await aBot(engine, 'Other');
    const door = await publicDoor(engine);
    const me = async (token: string) =>
      (await door.ask('GET', '/bot/getMe', { headers: { authorization: `Bearer ${token}` } })).status;

    expect(await me(engine.token)).toBe(200);
    expect(await me(engine.token)).toBe(429);
    expect(await me(other.token)).toBe(200);
  });

  it('turn guesses into 429 after twenty in a minute, but never a valid token', async () => {
    const engine = await engineWithBot();
    await unlimited(engine);
    const door = await publicDoor(engine);
    const me = (token: string) =>
      door.ask('GET', '/bot/getMe', { headers: { authorization: `Bearer ${token}` } });
    for (let count = 0; count < 20; count += 1) expect((await me(`bm_${count}`)).status).toBe(401);

    const answer = await me('bm_more');

    expect(parsed(answer)).toMatchObject(failure(429, 'rate_limited'));
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect((await me(engine.token)).status).toBe(200);
  });

  it('of twenty bots an owner come without a time to try again', async () => {
    const engine = await engineWithBot();
    for (let count = 1; count < 20; count += 1) await aBot(engine, `Bot ${count}`);

    const answer = await engine.call('POST', '/bot/create', {
      body: { name: 'One more', account: 'you@localhost' },
    });

    expect(answer).toMatchObject(failure(429, 'limit_reached'));
    expect(answer.body).not.toHaveProperty('parameters');
    expect(answer.headers).not.toHaveProperty('retry-after');
  });
});
