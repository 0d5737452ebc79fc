import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src-shared/client/api-error.ts';
import { createClient } from '../../../src-shared/client/client.ts';
import { changeSettings } from '../../../src-shared/client/management.ts';
import { getHealth, getMe, getUpdates, sendMessage } from '../../../src-shared/client/programs.ts';
import { changeBot, getBotAvatar, getBotSetting } from '../../../src-shared/client/window.ts';
import { asJson, clientOf } from './support.ts';

const MESSAGE = { to: 'friend@server.example', text: 'Good morning! 👋' };

describe('a call', () => {
  it('sends its token, its body and the key that makes a repeat safe', async () => {
    const seen: Record<string, unknown>[] = [];
    const client = await clientOf(({ method, url, headers, text }, response) => {
      seen.push({ method, url, text, ...headers });
      asJson(response, { ok: true, message_id: 'm1', result: { message_id: 'm1' } });
    }, 'bm_1');

    expect(await sendMessage(client, MESSAGE, { idempotencyKey: 'k1' })).toEqual({ message_id: 'm1' });

    const [{ text, ...asked }] = seen as [Record<string, unknown>];
    expect(asked).toMatchObject({
      method: 'POST',
      url: '/bot/sendMessage',
      authorization: 'Bearer bm_1',
      'content-type': 'application/json',
      'idempotency-key': 'k1',
    });
    expect(JSON.parse(String(text))).toEqual(MESSAGE);
  });

  it('puts each field where the route has it, quoted', async () => {
    const seen: string[] = [];
    const client = await clientOf(({ method, url, text }, response) => {
      seen.push(`${method} ${url} ${text}`);
      asJson(response, { ok: true, result: {} });
    });

    await changeBot(client, { id: 7, active: false });
    await getBotSetting(client, { id: 7, key: 'a/b?c' });
    await changeSettings(client, { id: 7, scope: 'all' });
    await getUpdates(client, { offset: 4, limit: undefined, allowed_updates: ['message', 'reaction'] });
    await getUpdates(client);

    expect(seen).toEqual([
      'PATCH /api/v1/bots/7 {"active":false}',
      'GET /api/v1/bots/7/settings/a%2Fb%3Fc ',
      'POST /bot/settings?id=7 {"scope":"all"}',
      'GET /bot/getUpdates?offset=4&allowed_updates=message%2Creaction ',
      'GET /bot/getUpdates ',
    ]);
  });

  it('gives what stands in `result`, a bare answer as it is, and a file as a file', async () => {
    const client = await clientOf(({ url }, response) => {
      if (url === '/health') asJson(response, { status: 'ok', version: '1', active_bots: 0 });
      else response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([1, 2, 255]));
    });

    expect(await getHealth(client)).toEqual({ status: 'ok', version: '1', active_bots: 0 });
    expect([...(await (await getBotAvatar(client, { id: 1 })).bytes())]).toEqual([1, 2, 255]);
  });

  it('sends a form where a field is a file, its other fields first', async () => {
    let said = '';
    const client = await clientOf(({ headers, text }, response) => {
      said = `${headers['content-type']}\n${text}`;
      asJson(response, { ok: true, result: true });
    });

    const body = {
      file: new File(['hello'], 'note.txt', { type: 'text/plain' }),
      to: 'a@b',
      left: undefined,
    };
    await client.send({ method: 'POST', path: '/bot/sendFile', body });

    expect(said).toMatch(/^multipart\/form-data; boundary=/);
    expect(said).toMatch(/name="to"[\s\S]*a@b[\s\S]*name="file"; filename="note.txt"[\s\S]*hello/);
    expect(said).not.toContain('left');
  });

  it('takes the token that is valid when it is made', async () => {
    const tokens = ['one', 'two'];
    const seen: unknown[] = [];
    const client = createClient({
      baseUrl: 'http://x',
      token: async () => tokens.shift(),
      fetch: async (_url, init) => {
        seen.push(new Headers(init?.headers).get('authorization') ?? undefined);
        return Response.json({ ok: true, result: {} });
      },
    });

    await getMe(client);
    await getMe(client);
    await getMe(client);

    expect(seen).toEqual(['Bearer one', 'Bearer two', undefined]);
  });
});

describe('a call that fails', () => {
  const problemOf = (call: Promise<unknown>) =>
    call.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('says what the engine said', async () => {
    const client = await clientOf((_request, response) =>
      asJson(
        response,
        {
          ok: false,
          error_code: '429',
          error: 'rate_limited',
          description: 'Too many.',
          parameters: { retry_after: 3 },
        },
        429,
        { 'retry-after': '3' },
      ),
    );

    const problem = await problemOf(getMe(client));

    expect(problem).toBeInstanceOf(ApiError);
    expect(problem).toMatchObject({
      code: 'rate_limited',
      httpStatus: 429,
      retryAfter: 3,
      isPassing: true,
      message: 'GET /bot/getMe: Too many. (429 rate_limited)',
    });
  });

  it('tells answers of others, redirects and no answer from refusals', async () => {
    const proxy = await clientOf((_request, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'));
    const odd = await clientOf((_request, response) => response.writeHead(200).end('hello'));
    const away = await clientOf((_request, response) => response.writeHead(302, { location: '/' }).end());
    const gone = await clientOf(() => undefined);
    gone.close();

    expect(await problemOf(getMe(proxy))).toMatchObject({
      code: 'unexpected_answer',
      httpStatus: 502,
      isPassing: true,
    });
    expect(await problemOf(getMe(odd))).toMatchObject({
      code: 'unexpected_answer',
      httpStatus: 200,
      isPassing: false,
    });
    expect(await problemOf(getMe(away))).toMatchObject({ code: 'unreachable', httpStatus: 0 });
    expect(await problemOf(getMe(gone))).toMatchObject({
      code: 'unreachable',
      httpStatus: 0,
      isPassing: true,
    });
  });

  it('rejects with the reason of its signal when that ends it', async () => {
    const silent = await clientOf(() => undefined);
    const life = new AbortController();

    const call = problemOf(getMe(silent, { signal: life.signal }));
    life.abort(new Error('enough'));

    expect(await call).toMatchObject({ message: 'enough' });
  });
});
