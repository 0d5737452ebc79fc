import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { PNG, photo } from '../../support/images.ts';
import {
  aBot,
  engineWithBot,
  failure,
  signIn,
  type TestEngine,
  testEngine,
} from '../../support/test-engine.ts';

const post = (engine: TestEngine, path: string, body: unknown) => engine.call('POST', path, { body });

describe('/bot/delete', () => {
  it.each([
    ['POST', (engine: TestEngine) => post(engine, '/bot/delete', { id: 1 })],
    ['DELETE', (engine: TestEngine) => engine.call('DELETE', '/bot/delete?id=1')],
  ])('takes a bot away with its token, by %s', async (_method, remove) => {
    const engine = await engineWithBot();

    const { status, body } = await remove(engine);

    const result = { deleted: true, id: 1 };
    expect({ status, body }).toEqual({ status: 200, body: { ...result, ok: true, result } });
    expect((await engine.call('GET', '/bot/list')).body).toEqual({ bots: [] });
    expect(await engine.call('GET', '/bot/getMe', { token: engine.token })).toMatchObject(
      failure(401, 'unauthorized'),
    );
    expect(await remove(engine)).toMatchObject(failure(404, 'not_found'));
    expect((await aBot(engine)).id).toBe(2);
  });

  it('needs an id', async () => {
    const engine = await engineWithBot();

    expect(await engine.call('DELETE', '/bot/delete')).toMatchObject(failure(400, 'bad_request'));
    expect(await engine.call('DELETE', '/bot/delete?id=x')).toMatchObject(failure(400, 'bad_request'));
    expect(await post(engine, '/bot/delete', {})).toMatchObject(failure(400, 'bad_request'));
    expect(await post(engine, '/bot/delete', { id: 1.5 })).toMatchObject(failure(400, 'bad_request'));
    expect(await engine.call('GET', '/bot/delete?id=1')).toMatchObject(failure(405, 'method_not_allowed'));
  });
});

describe('/bot/activate', () => {
  it('switches a bot off, for its program too, and on again', async () => {
    const engine = await engineWithBot();
    const off = { id: 1, status: 'disabled' };
    const on = { id: 1, status: 'active' };

    expect((await post(engine, '/bot/activate', { id: 1, active: false })).body).toEqual({
      ...off,
      ok: true,
      result: off,
    });
    expect(await engine.call('GET', '/bot/getMe', { token: engine.token })).toMatchObject(
      failure(403, 'bot_disabled'),
    );
    expect((await engine.call('GET', '/health')).body.active_bots).toBe(0);
    expect((await post(engine, '/bot/activate', { id: '1', active: true })).body.result).toEqual(on);
    expect((await engine.call('GET', '/bot/getMe', { token: engine.token })).status).toBe(200);
  });

  it.each([
    [{ active: true }, 400, 'bad_request', '`id`'],
    [{ id: 1 }, 400, 'bad_request', '`active` is missing'],
    [{ id: 1, active: 'yes' }, 400, 'bad_request', '`active` must be true or false'],
    [{ id: -1, active: true }, 400, 'bad_request', '`id`'],
    [{ id: 99, active: true }, 404, 'not_found', '99'],
    ['{', 400, 'bad_request', 'JSON'],
  ])('refuses %j', async (body, status, error, words) => {
    const engine = await engineWithBot();

    const answer = await post(engine, '/bot/activate', body);

    expect(answer).toMatchObject(failure(status, error));
    expect(answer.body.description).toContain(words);
  });
});

describe('/bot/token and /bot/revoke', () => {
  it('let the old token work for as long as was asked', async () => {
    const engine = await engineWithBot();

    const { body } = await post(engine, '/bot/token', { id: 1, overlap_s: 60 });

    for (const token of [engine.token, String(body.token)]) {
      expect((await engine.call('GET', '/bot/getMe', { token })).status).toBe(200);
    }
    await post(engine, '/bot/token', { id: 1 });
    for (const token of [engine.token, String(body.token)]) {
      expect((await engine.call('GET', '/bot/getMe', { token })).status).toBe(401);
    }
    expect(await post(engine, '/bot/token', { id: 1, overlap_s: -1 })).toMatchObject(
      failure(400, 'bad_request'),
    );
    expect(await post(engine, '/bot/token', { id: 1, overlap_s: 604_801 })).toMatchObject(
      failure(400, 'bad_request'),
    );
  });

  it('end a token for good; a new one does not switch the bot on', async () => {
    const engine = await engineWithBot();
    const result = { id: 1, revoked: true, status: 'disabled' };

    expect((await post(engine, '/bot/revoke', { id: 1 })).body).toEqual({ ...result, ok: true, result });
    expect((await engine.call('GET', '/bot/getMe', { token: engine.token })).status).toBe(401);
    expect((await engine.call('GET', '/bot/list')).body.bots).toMatchObject([
      { token: '', status: 'disabled' },
    ]);
    const { body } = await post(engine, '/bot/token', { id: 1 });
    expect(await engine.call('GET', '/bot/getMe', { token: String(body.token) })).toMatchObject(
      failure(403, 'bot_disabled'),
    );
    expect(await post(engine, '/bot/revoke', { id: 2 })).toMatchObject(failure(404, 'not_found'));
    expect(await post(engine, '/bot/revoke', {})).toMatchObject(failure(400, 'bad_request'));
  });
});

describe('/bot/list', () => {
  it('tells one owner’s bots from another’s, and hides tokens when told so', async () => {
    const engine = await engineWithBot();
    await signIn(engine, 'other@localhost');
    await aBot(engine, 'News', 'other@localhost');
    const names = async (query: string) => {
      const { body } = await engine.call('GET', `/bot/list${query}`);
      return (body.bots as { name: string }[]).map(({ name }) => name);
    };

    expect(await names('?account=OTHER@localhost')).toEqual(['News']);
    expect(await names('?account=nobody@localhost')).toEqual([]);
    expect(await names('')).toEqual(['Weather', 'News']);
    for (const account of ['x', 'you@localhost/phone']) {
      expect(await engine.call('GET', `/bot/list?account=${account}`)).toMatchObject(
        failure(400, 'bad_request'),
      );
    }
    expect((await post(engine, '/bot/settings', { token_display: false })).status).toBe(200);
    expect(JSON.stringify((await engine.call('GET', '/bot/list')).body)).not.toContain('token');
    expect((await engine.call('GET', '/bot/getMe', { token: engine.token })).body.token).toBeUndefined();
    expect((await post(engine, '/bot/token', { id: 1 })).body.token).toMatch(/^bm_/);
  });
});

describe('cloud bots', () => {
  it('are stored and listed, and cannot do anything yet', async () => {
    const engine = await testEngine();
    const wanted = { name: 'Cloud', account: 'anyone@elsewhere.example', mode: 'cloud' };

    const { body } = await post(engine, '/bot/create', wanted);

    expect((await engine.call('GET', '/bot/list')).body.bots).toMatchObject([
      { mode: 'cloud', status: 'active', state: 'unavailable' },
    ]);
    const send = { token: String(body.token), body: { to: 'a@localhost', text: 'x' } };
    expect(await engine.call('POST', '/bot/sendMessage', send)).toMatchObject(
      failure(503, 'cloud_not_available'),
    );
    expect((await post(engine, '/bot/activate', { id: 1, active: false })).status).toBe(200);
    expect(await post(engine, '/bot/activate', { id: 1, active: true })).toMatchObject(
      failure(503, 'cloud_not_available'),
    );
    expect((await post(engine, '/bot/revoke', { id: 1 })).status).toBe(200);
    expect((await post(engine, '/bot/delete', { id: 1 })).status).toBe(200);
  });
});

describe('avatars', () => {
  it('are stored with the bot and shown as what they are', async () => {
    const engine = await testEngine();
    await signIn(engine);
    const bot = { name: 'Weather', account: 'you@localhost', avatar: (await photo()).toString('base64') };

    // What it is is seen from its bytes, whatever is said.
    expect((await post(engine, '/bot/create', { ...bot, avatar_type: 'image/gif' })).status).toBe(200);

    const shown = await engine.app.inject({ url: '/api/v1/bots/1/avatar' });
    expect(shown.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
    });
    expect(await sharp(shown.rawPayload).metadata()).toMatchObject({
      format: 'png',
      width: 256,
      height: 256,
    });
    expect((await engine.call('DELETE', '/api/v1/bots/1/avatar')).status).toBe(200);
    expect(await engine.call('GET', '/api/v1/bots/1/avatar')).toMatchObject(failure(404, 'not_found'));
    const avatar = `data:image/png;base64,${PNG.toString('base64')}`;
    expect((await engine.call('PUT', '/api/v1/bots/1/avatar', { body: { avatar } })).status).toBe(200);
    expect((await engine.app.inject({ url: '/api/v1/bots/1/avatar' })).statusCode).toBe(200);
  });

  it.each([
    [{ avatar: 'no base64!' }, 'image in base64'],
    [{ avatar: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64') }, 'PNG, JPEG'],
    [{ avatar: PNG.subarray(0, 40).toString('base64') }, 'damaged'],
    [{ avatar: Buffer.concat([PNG, Buffer.alloc(760 * 1024)]).toString('base64') }, 'at most 768000'],
    [{ avatar: 7 }, '`avatar` must be a text'],
  ])('that cannot be used leave no bot behind: %#', async (image, words) => {
    const engine = await testEngine();
    await signIn(engine);

    const answer = await post(engine, '/bot/create', { name: 'x', account: 'you@localhost', ...image });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain(words);
    expect((await engine.call('GET', '/bot/list')).body).toEqual({ bots: [] });
  });
});
