import { describe, expect, it, vi } from 'vitest';
import type { Session } from '../../../src-main/gateways/xmpp/session.ts';
import { refuse } from '../../../src-shared/errors.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { devicesSeen, withOwnDevice } from '../../support/owner-devices.ts';
import { aBot, failure, signIn, type TestEngine, testEngine } from '../../support/test-engine.ts';

const JID = /^bot_weather_[0-9a-f]{4}@localhost$/;

async function start() {
  const engine = await testEngine();
  await signIn(engine);
  return { engine, server: accountMaker(engine) };
}

/** What could not be done yet; the owner is never online here, so the contact in the roster waits for that. */
async function errandsOf(engine: TestEngine) {
  const { body } = await engine.call('GET', '/api/v1/errands');
  return (body.result as { kind: string; owner: string }[]).filter(({ kind }) => kind !== 'contact');
}

/** The bot's account seems to be online, with nobody behind its stream. */
async function seemsOnline({ engine }: TestEngine, jid: string) {
  const account = await engine.accounts.any(bareJid(jid));
  const session = { state: 'online', jid: account.jid } as unknown as Session;
  vi.spyOn(engine.sessions, 'of').mockReturnValue(session);
  vi.spyOn(engine.sessions, 'accountOf').mockReturnValue(account);
}

describe('a dedicated bot over HTTP', () => {
  it('has an address of its own at every entrance, and takes it along when it goes', async () => {
    const { engine, server } = await start();

    const first = await engine.call('POST', '/bot/create', {
      body: { name: 'Weather', account: 'you@localhost', mode: 'dedicated' },
    });
    const second = await engine.call('POST', '/api/v1/bots', {
      body: { name: 'Weather', owner: 'elsewhere@example.org', mode: 'dedicated' },
    });

    expect(first).toMatchObject({
      status: 200,
      body: { mode: 'dedicated', jid: expect.stringMatching(JID) },
    });
    expect(second.body.result).toMatchObject({ mode: 'dedicated', jid: expect.stringMatching(JID) });
    expect(server.accounts.size).toBe(2);
    const { jid, token } = first.body as { jid: string; token: string };
    expect((await engine.call('GET', '/bot/getMe', { token })).body).toMatchObject({ jid, state: 'offline' });
    expect((await engine.call('GET', '/bot/list?account=you@localhost')).body.bots).toMatchObject([{ jid }]);
    expect((await engine.call('GET', '/api/v1/bots')).body.result).toMatchObject([
      { jid },
      { owner: 'elsewhere@example.org' },
    ]);

    expect((await engine.call('POST', '/bot/delete', { body: { id: 1 } })).body.result).toEqual({
      deleted: true,
      id: 1,
      account_removed: true,
    });
    expect((await engine.call('DELETE', '/api/v1/bots/2')).status).toBe(200);
    await expect.poll(() => server.accounts.size).toBe(0);
    expect(await errandsOf(engine)).toEqual([]);
  });

  it('needs no account for a personal or a cloud bot', async () => {
    const { engine, server } = await start();
    for (const [path, mode] of [
      ['/bot/create', 'personal'],
      ['/bot/create', 'cloud'],
      ['/api/v1/bots', 'personal'],
      ['/api/v1/bots', 'cloud'],
    ]) {
      const { status, body } = await engine.call('POST', String(path), {
        body: { name: 'x', account: 'you@localhost', mode },
      });
      expect([path, mode, status]).toEqual([path, mode, 200]);
      expect(body).not.toHaveProperty('jid');
      expect(body.result).not.toHaveProperty('jid');
    }
    expect(server.accounts.size).toBe(0);
  });

  it('is not made where that is not set, not complete, or no name is free', async () => {
    const { engine, server } = await start();
    const create = () =>
      engine.call('POST', '/bot/create', {
        body: { name: 'x', account: 'you@localhost', mode: 'dedicated' },
      });
    server.answer.create = () => 'taken';

    expect(await create()).toMatchObject(failure(409, 'conflict'));
    vi.spyOn(engine.engine.ejabberd, 'accounts').mockRestore();
    expect(await create()).toMatchObject(failure(400, 'not_configured'));
    await engine.call('POST', '/bot/ejabberd/settings', { body: { admin_jid: 'admin@localhost' } });
    expect(await create()).toMatchObject(failure(400, 'not_configured'));
    await engine.call('POST', '/bot/ejabberd/settings', {
      body: { admin_jid: '', host: 'localhost', service: 'xmpp://127.0.0.1:9' },
    });
    expect(await create()).toMatchObject(failure(502, 'xmpp_unreachable'));
    expect((await engine.call('GET', '/bot/list')).body).toEqual({ bots: [] });
  });

  it('says when its account could not be removed, and what waits is listed with the reason', async () => {
    const { engine, server } = await start();
    const { id, jid } = await aDedicatedBot(engine);
    server.answer.remove = () => {
      throw refuse('ejabberd.unreachable', {
        url: 'http://127.0.0.1:9/api',
        reason: 'nothing listens there',
      });
    };

    const gone = await engine.call('POST', '/bot/delete', { body: { id } });

    expect(gone.body.result).toEqual({ deleted: true, id, account_removed: false });
    expect(await errandsOf(engine)).toEqual([
      {
        jid,
        owner: 'you@localhost',
        kind: 'remove',
        attempts: 1,
        reason: expect.stringContaining('nothing listens there'),
        next_try: expect.any(Number),
      },
    ]);
  });

  it('is nobody to sign in as', async () => {
    const { engine } = await start();
    const { jid } = await aDedicatedBot(engine);

    const answer = await engine.call('POST', '/api/v1/accounts', {
      body: { jid, password: 'x', verify: false },
    });

    expect(answer).toMatchObject(failure(409, 'conflict'));
    expect(answer.body.description).toContain('own account of bot 1');
    expect((await engine.call('DELETE', `/api/v1/accounts/${jid}`)).status).toBe(404);
    expect((await engine.call('GET', '/api/v1/accounts')).body.result).toHaveLength(1);
  });

  it('tells how it stands with its server', async () => {
    const { engine } = await start();
    const { id, jid } = await aDedicatedBot(engine);
    const personal = await aBot(engine, 'Personal');
    const standing = async () => (await engine.call('GET', `/api/v1/bots/${id}/connection`)).body.result;

    const nothing = { jid, state: 'offline', reason: null, published: null };
    expect(await standing()).toEqual({ ...nothing, device: null, owner_devices: 0, waiting_devices: [] });
    const device = await withOwnDevice(engine, jid);
    await devicesSeen(engine, jid, { devices: [7, 8] });
    await devicesSeen(engine, jid, { owner: 'friend@localhost', devices: [9] });
    await devicesSeen(engine, jid, { devices: [7, 8, 10] });
    expect(await standing()).toEqual({ ...nothing, device, owner_devices: 3, waiting_devices: [10] });
    // The owner's device here is no app that anybody writes with.
    const installed = await withOwnDevice(engine, 'you@localhost');
    await devicesSeen(engine, jid, { devices: [7, 8, 10, installed] });
    expect(await standing()).toMatchObject({ owner_devices: 3, waiting_devices: [10] });
    expect(await engine.call('GET', `/api/v1/bots/${personal.id}/connection`)).toMatchObject(
      failure(400, 'bad_request'),
    );
    expect(await engine.call('GET', '/api/v1/bots/9/connection')).toMatchObject(failure(404, 'not_found'));
  });

  it('writes to its owner and those its owner allows, encrypted or not at all', async () => {
    const { engine } = await start();
    const { id, jid, token } = await aDedicatedBot(engine);
    const other = await aDedicatedBot(engine, 'Other');
    await withOwnDevice(engine, jid);
    await seemsOnline(engine, jid);
    const post = (path: string, body: object) => engine.call('POST', `/bot/${path}`, { token, body });
    const send = (to: string) => post('sendMessage', { to, text: 'hello' });
    const friend = 'friend@localhost';

    for (const [path, body] of [
      ['sendMessage', { to: friend, text: 'hello' }],
      ['sendReaction', { to: friend, message_id: 'x', reaction: '👍' }],
      ['sendChatState', { to: friend, state: 'composing' }],
    ] as const) {
      const answer = await post(path, body);
      expect([path, answer]).toMatchObject([path, failure(403, 'forbidden')]);
      expect(answer.body.description).toContain('allowed_contacts');
    }
    expect(await send(other.jid)).toMatchObject(failure(403, 'forbidden'));
    expect(await send('you@localhost')).toMatchObject(failure(409, 'no_omemo_device'));

    await engine.call('POST', `/bot/settings?id=${id}`, { body: { allowed_contacts: friend } });
    expect(await send(friend)).toMatchObject(failure(409, 'no_omemo_device'));
    expect(await send('stranger@localhost')).toMatchObject(failure(403, 'forbidden'));
    const { id: accountId } = await engine.engine.accounts.any(bareJid(jid));
    expect(await engine.engine.outbox.waiting(accountId, 0, 10)).toEqual([]);
  });
});
