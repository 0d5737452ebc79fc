import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { bareJid } from '../../../src-shared/jid.ts';
import { telegramFor } from '../../support/telegram/bridged-bot.ts';
import { aBot, engineWithBot, failure, signIn } from '../../support/test-engine.ts';

/** A bot with a Telegram at hand, and its program. */
async function start() {
  const engine = await engineWithBot();
  const telegram = await telegramFor(engine);
  const { mybot, chat } = telegram;
  const { token, id } = engine;
  const program = (method: 'GET' | 'POST', path: string, body?: unknown, headers?: Record<string, string>) =>
    engine.call(method, `/bot/telegram/${path}`, { token, body, ...(headers && { headers }) });
  const setup = (body: object = {}) =>
    program('POST', 'setup', { token: mybot.token, chat_id: chat.id, mode: 'bridge', ...body });
  const window = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path = '', body?: unknown) =>
    engine.call(method, `/api/v1/bots/${id}/telegram${path}`, { body });
  const result = async (method: 'GET' | 'POST' | 'PATCH', path = '', body?: unknown) =>
    (await window(method, path, body)).body.result as Record<string, unknown>;
  return { ...engine, ...telegram, program, setup, window, result };
}

const OTHER = '123456789:AAH-0123456789abcdefghijklmnopqrstu';

describe('/bot/telegram', () => {
  it('answers in the shapes of the guide, in both readings', async () => {
    const { program, setup, chat } = await start();
    const nothing = {
      enabled: false,
      configured: false,
      chat_id: null,
      mode: 'bridge',
      username: null,
      trouble: null,
      waiting: 0,
    };
    expect((await program('GET', 'status')).body).toEqual({ ...nothing, ok: true, result: nothing });

    const linked = { configured: true, chat_id: chat.id, mode: 'bridge' };
    expect((await setup()).body).toEqual({ ...linked, ok: true, result: linked });
    expect((await program('GET', 'status')).body).toMatchObject({
      enabled: true,
      ...linked,
      username: 'mybot_bot',
    });
    const off = { enabled: false };
    expect((await program('POST', 'enable', off)).body).toEqual({ ...off, ok: true, result: off });
    expect((await program('GET', 'status')).body).toMatchObject({ enabled: false, configured: true });
    await program('POST', 'enable', { enabled: true });
    const sent = { sent: true };
    expect((await program('POST', 'send', { text: 'Hello Telegram!' })).body).toEqual({
      ...sent,
      ok: true,
      result: sent,
    });
    const tested = {
      connected: true,
      info: 'Telegram connected!\nBot: MyBot (@mybot_bot)',
      username: 'mybot_bot',
    };
    expect((await program('POST', 'test')).body).toEqual({ ...tested, ok: true, result: tested });
    const { body } = await program('POST', 'test', undefined, { 'accept-language': 'de' });
    expect(body.info).toBe('Telegram verbunden!\nBot: MyBot (@mybot_bot)');
  });

  it('takes the number of a chat as a number too, and forward as its mode', async () => {
    const { setup, chat, api, mybot } = await start();
    expect((await setup({ chat_id: Number(chat.id), mode: 'forward' })).body).toMatchObject({
      chat_id: chat.id,
      mode: 'forward',
    });
    expect((await setup({ mode: undefined })).body).toMatchObject({ mode: 'bridge' });
    const group = api.addChat({ kind: 'supergroup', title: 'Family', bots: [mybot] });
    // As the window shows it.
    expect((await setup({ chat_id: group.id.replace('-', '−') })).body).toMatchObject({ chat_id: group.id });
  });

  it.each([
    ['no token', { token: undefined }, '`token` is missing'],
    ['what is no token', { token: 'abc' }, '`token` must look like 123456789:ABCdef_ghijk'],
    ['a token of another type', { token: 12 }, '`token` must be a text'],
    ['no chat', { chat_id: undefined }, '`chat_id` is missing'],
    ['what is no chat', { chat_id: 'the family' }, '`chat_id` must be a whole number or @name'],
    ['half a number', { chat_id: 1.5 }, '`chat_id` must be a whole number or @name'],
    ['a chat of nothing', { chat_id: 0 }, '`chat_id` must be a whole number or @name'],
    ['an unknown mode', { mode: 'both' }, '`mode` must be bridge or forward'],
    ['a token that Telegram does not know', { token: OTHER }, 'Telegram does not know this token.'],
    ['a chat that Telegram does not know', { chat_id: '4711' }, 'Telegram knows no chat 4711'],
  ])('refuses %s, and changes nothing', async (_what, wrong, words) => {
    const { program, setup } = await start();
    const { body: before } = await program('GET', 'status');
    const refused = await setup(wrong);
    expect(refused).toMatchObject(failure(400, 'bad_request'));
    expect(refused.body.description).toContain(words);
    expect((await program('GET', 'status')).body).toEqual(before);
  });

  it('does nothing that is not set up or switched off', async () => {
    const { program, setup, call } = await start();
    for (const [path, body] of [
      ['enable', { enabled: true }],
      ['send', { text: 'hello' }],
      ['test', undefined],
    ] as const)
      expect(await program('POST', path, body)).toMatchObject(failure(400, 'not_configured'));
    const { body: document } = await call('GET', '/openapi.json');
    const slugsOf = (path: string) =>
      JSON.stringify((document.paths as Record<string, unknown>)[`/bot/telegram/${path}`]);
    expect(slugsOf('test')).toContain('not_configured');
    // It brings everything along, so it cannot be refused for lack of it.
    expect(slugsOf('setup')).not.toContain('not_configured');
    await setup();
    await program('POST', 'enable', { enabled: false });
    expect(await program('POST', 'send', { text: 'hello' })).toMatchObject(failure(400, 'not_enabled'));
  });

  it('switches on with a set-up, also what was off', async () => {
    const { program, setup, mybot } = await start();
    await setup();
    await program('POST', 'enable', { enabled: false });
    await setup({ token: mybot.revoke() });
    expect((await program('GET', 'status')).body).toMatchObject({ enabled: true });
  });

  it.each([
    [{}],
    [{ text: '' }],
    [{ text: ' \n' }],
    [{ text: 7 }],
    [{ text: 'x'.repeat(100_001) }],
    [{ text: 'a\u0000b' }],
    [{ text: 'half \ud83d' }],
  ])('refuses to send %j', async (body) => {
    const { program, setup } = await start();
    await setup();
    expect(await program('POST', 'send', body)).toMatchObject(failure(400, 'bad_request'));
    expect((await program('GET', 'status')).body.waiting).toBe(0);
  });

  it('says that Telegram is out of reach, and stores a set-up all the same', async () => {
    const { program, setup, api, chat } = await start();
    await api.pause();
    const linked = await setup();
    expect(linked).toMatchObject({
      status: 200,
      body: { configured: true, chat_id: chat.id, warning: expect.stringContaining('could not be reached') },
    });
    expect(await program('POST', 'test')).toMatchObject(failure(502, 'connection_failed'));
    expect((await program('GET', 'status')).body).toMatchObject({ configured: true, chat_id: chat.id });
  });

  it('leaves the webhook of another program alone until it is told to take it away', async () => {
    const { setup, mybot, api } = await start();
    mybot.setWebhook('https://other.example/hook');
    const refused = await setup();
    expect(refused).toMatchObject(failure(409, 'telegram_webhook'));
    expect(refused.body.description).toContain('other.example');
    expect(api.requestsOf('deleteWebhook')).toEqual([]);
    expect((await setup({ force: true })).body).toMatchObject({ configured: true });
    expect(api.requestsOf('deleteWebhook')).toHaveLength(1);
  });

  it('has one reader for a Telegram bot', async () => {
    const { call, setup, mybot, chat } = await start();
    await setup();
    const { body } = await call('POST', '/bot/create', {
      body: { name: 'Second', account: 'you@localhost' },
    });
    const refused = await call('POST', '/bot/telegram/setup', {
      token: String(body.token),
      body: { token: mybot.token, chat_id: chat.id },
    });
    expect(refused).toMatchObject(failure(409, 'telegram_token_used'));
    expect(refused.body.description).toContain('Weather (ID 1)');
  });

  it('tells nobody whose bot it is that somebody else has', async () => {
    const rig = await start();
    await rig.setup();
    await signIn(rig, 'friend@localhost');
    const { token } = await aBot(rig, 'Theirs', 'friend@localhost');
    const body = { token: rig.mybot.token, chat_id: rig.chat.id };
    const refused = await rig.call('POST', '/bot/telegram/setup', { token, body });
    expect(refused).toMatchObject(failure(409, 'telegram_token_used'));
    expect(refused.body.description).not.toMatch(/Weather|ID/);
  });

  it('needs a token with the scope bridge, of an active bot', async () => {
    const { call, id } = await start();
    const asked = async (token: string) => call('GET', '/bot/telegram/status', { token });
    const tokenOf = async (scopes: string[]) =>
      String((await call('POST', '/bot/token', { body: { id, scopes } })).body.token);
    expect(await asked(await tokenOf(['send', 'read', 'ai']))).toMatchObject(failure(403, 'scope_missing'));
    const bridge = await tokenOf(['bridge']);
    expect((await asked(bridge)).status).toBe(200);
    await call('POST', '/bot/activate', { body: { id, active: false } });
    expect(await asked(bridge)).toMatchObject(failure(403, 'bot_disabled'));
    await call('POST', '/bot/revoke', { body: { id } });
    expect(await asked(bridge)).toMatchObject(failure(401, 'unauthorized'));
    expect(await asked('bm_nobody')).toMatchObject(failure(401, 'unauthorized'));
  });

  it('never says a token again, and tells the owner who else linked it with what', async () => {
    const { call, setup, mybot, engine, program, window } = await start();
    const said = [await setup(), await program('GET', 'status'), await window('GET')];
    expect(JSON.stringify(said.map(({ body }) => body))).not.toContain(mybot.token.split(':')[1]);
    const { body } = await call('GET', '/api/v1/audit?limit=20');
    const rows = body.result as { action: string }[];
    expect(rows.map(({ action }) => action)).toContain('telegram.setup');
    expect(JSON.stringify(rows)).not.toContain(mybot.token.split(':')[1]);
    const { id } = await engine.accounts.known(bareJid('you@localhost'));
    const notices = (await engine.outbox.waiting(id, 0, 100)).map(
      ({ stanza }) => parse(stanza).getChildText('body') ?? '',
    );
    expect(notices).toEqual([
      expect.stringContaining('connects this chat with Ann Lee from now on, through @mybot_bot'),
    ]);
  });
});

describe('/api/v1/bots/ID/telegram', () => {
  it('shows the bridge, changes and forgets it', async () => {
    const { result, window, mybot, chat } = await start();
    expect(await result('GET')).toMatchObject({ configured: false, state: 'off', recent: [] });
    expect(await result('PATCH', '', { token: mybot.token, chat_id: chat.id })).toMatchObject({
      configured: true,
      enabled: true,
      username: 'mybot_bot',
      chat: { id: chat.id, kind: 'private', title: 'Ann Lee' },
      mode: 'bridge',
      warning: null,
    });
    expect(await result('PATCH', '', { mode: 'forward', enabled: false })).toMatchObject({
      mode: 'forward',
      enabled: false,
      state: 'off',
    });
    expect(await window('DELETE')).toMatchObject({ status: 200, body: { result: true } });
    expect(await result('GET')).toMatchObject({ configured: false, token: null });
    expect(await window('PATCH', '', { enabled: true })).toMatchObject(failure(400, 'not_configured'));
  });

  it('warns people in their language, and programs in English', async () => {
    const { call, id, setup, mybot, chat, api } = await start();
    await api.pause();
    const { body } = await call('PATCH', `/api/v1/bots/${id}/telegram`, {
      body: { token: mybot.token, chat_id: chat.id },
      headers: { 'accept-language': 'de' },
    });
    expect((body.result as { warning: string }).warning).toContain('Telegram ist nicht erreichbar.');
    expect((await setup()).body.warning).toContain('Telegram could not be reached.');
  });

  it('asks Telegram about a token that is not saved: who it is, who wrote to it, and says hello', async () => {
    const { result, window, mybot, chat, ann, api } = await start();
    const draft = { token: mybot.token };
    expect(await result('POST', '/check', draft)).toMatchObject({
      username: 'mybot_bot',
      name: 'MyBot',
      reads_groups: true,
      webhook: null,
      ms: expect.any(Number),
    });
    expect(await result('POST', '/chats', draft)).toEqual([]);
    chat.says(ann, 'hello bot');
    expect(await result('POST', '/chats', draft)).toMatchObject([{ id: chat.id, title: 'Ann Lee' }]);
    expect(await result('POST', '/hello', { ...draft, chat_id: chat.id })).toMatchObject({
      chat: { id: chat.id },
    });
    expect(chat.botTexts()).toEqual([expect.stringContaining('Weather')]);
    expect(await result('GET')).toMatchObject({ configured: false });

    expect(await window('POST', '/check', {})).toMatchObject(failure(400, 'not_configured'));
    expect(await window('POST', '/check', { token: OTHER })).toMatchObject(failure(400, 'bad_request'));
    expect(await window('POST', '/hello', { ...draft, chat_id: '4711' })).toMatchObject(
      failure(400, 'bad_request'),
    );
    mybot.setWebhook('https://other.example/hook');
    expect(await result('POST', '/check', draft)).toMatchObject({ webhook: 'other.example' });
    expect(await window('POST', '/chats', draft)).toMatchObject(failure(409, 'telegram_webhook'));
    await api.pause();
    expect(await window('POST', '/check', draft)).toMatchObject(failure(502, 'connection_failed'));
  });

  it('sends, and takes the webhook of another program away', async () => {
    const { result, window, mybot, chat, api } = await start();
    expect(await window('POST', '/send', { text: 'hello' })).toMatchObject(failure(400, 'not_configured'));
    expect(await window('POST', '/webhook/remove', {})).toMatchObject(failure(400, 'not_configured'));
    // Of one that is not saved yet, too.
    expect(await window('POST', '/webhook/remove', { token: mybot.token })).toMatchObject({ status: 200 });
    await result('PATCH', '', { token: mybot.token, chat_id: chat.id });
    expect(await window('POST', '/send', { text: 'bell \u0007' })).toMatchObject(failure(400, 'bad_request'));
    expect(await window('POST', '/send', { text: 'hello' })).toMatchObject({ status: 200 });
    expect(await result('GET')).toMatchObject({
      waiting: 1,
      recent: [{ to: 'telegram', text: 'hello', state: 'waiting' }],
    });
    mybot.setWebhook('https://other.example/hook');
    expect(await window('POST', '/webhook/remove', {})).toMatchObject({ status: 200 });
    expect(api.requestsOf('deleteWebhook')).toHaveLength(2);
  });

  it('is about bots that are there', async () => {
    const { call } = await start();
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/check'],
      ['POST', '/chats'],
      ['POST', '/hello'],
      ['POST', '/webhook/remove'],
    ] as const) {
      const body = method === 'POST' || method === 'PATCH' ? {} : undefined;
      expect(await call(method, `/api/v1/bots/77/telegram${path}`, { body })).toMatchObject(
        failure(404, 'not_found'),
      );
    }
  });
});
