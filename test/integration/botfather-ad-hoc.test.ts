import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../scripts/lib/ports.mjs';
import { systemClock } from '../../src-main/base/clock.ts';
import { adHocCommands } from '../../src-main/commands/ad-hoc.ts';
import { botfather } from '../../src-main/commands/index.ts';
import { offerAdHoc } from '../../src-main/gateways/xmpp/xep-0050-ad-hoc.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { adHocClient, conditionsOf } from '../support/ad-hoc-client.ts';
import { aBot, signIn, testEngine } from '../support/test-engine.ts';
import { SessionBench } from '../support/xmpp-session.ts';

const ITEMS =
  "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'";
const owner = { actor: 'admin', from: 'test' };

/** The commands of bot@localhost, with another client of that account. */
async function start() {
  const engine = await testEngine();
  await signIn(engine, 'bot@localhost');
  const account = await engine.engine.accounts.known(bareJid('bot@localhost'));
  const bench = await SessionBench.start();
  onTestFinished(() => bench[Symbol.asyncDispose]());
  const { session, stream } = await bench.online();
  const offer = adHocCommands(engine.engine, engine.apiUrl)(account);
  offerAdHoc(session, offer, { clock: systemClock });
  const list = async () =>
    (await engine.call('GET', '/bot/list')).body.bots as { id: number; name: string }[];
  return {
    engine,
    list,
    makeBot: (name?: string) => aBot(engine, name, 'bot@localhost'),
    ...adHocClient(stream),
  };
}

describe('the Botfather in the menu of a chat client', () => {
  it('lists every command, in the language asked for or that of the account', async () => {
    const { engine, ask } = await start();
    const names = async (lang = '') => {
      const answer = await ask(
        'get',
        `${ITEMS}/>`.replace('<query', `<query${lang && ` xml:lang='${lang}'`}`),
      );
      return (answer.getChild('query')?.getChildren('item') ?? []).map(
        ({ attrs }) => `${attrs.node}: ${attrs.name}`,
      );
    };

    expect((await names()).map((name) => name.split(':')[0])).toEqual(botfather.map(({ name }) => name));
    expect(await names()).toContain('mybots: /mybots - List your bots with their status');
    await engine.engine.accounts.setLanguage(bareJid('bot@localhost'), 'de', owner);
    expect(await names()).toContain('mybots: /mybots - Deine Bots mit ihrem Status zeigen');
  });

  it('sets up and forgets a bridge to Telegram, and asks before it forgets', async () => {
    const { run, makeBot } = await start();
    await makeBot();
    const shown = (page: string, value = '') => run({ node: 'telegram', values: { page, value } });
    expect(await shown('')).toMatchObject({
      status: 'completed',
      note: expect.stringContaining('State: not set up'),
    });
    expect((await shown('setup')).note).toContain('Step 3: Run: /telegram setup <TOKEN> <CHAT_ID>');
    const wrong = (await shown('setup', 'abc 5')).note;
    expect(wrong).toContain('is not the token of a Telegram bot');
    // There was a form, and no message that could be taken back.
    expect(wrong).not.toContain('your message');
    expect((await shown('send', 'hello')).note).toContain('is not set up');

    const asked = await shown('forget');
    expect(asked).toMatchObject({ status: 'executing', actions: ['prev', 'complete'] });
    expect(asked.instructions).toContain('Forget the Telegram bridge of this bot?');
    const done = await run({ node: 'telegram', sessionid: asked.id, values: { confirmed: '1' } });
    expect(done).toMatchObject({ status: 'completed', note: 'The Telegram bridge is forgotten.' });
  });

  it('does not say a key again when it shows a form once more', async () => {
    const { makeBot, run, list } = await start();
    await makeBot();
    expect(await list()).toHaveLength(1);
    const key = 'gsk_0123456789abcdef';

    const { id } = await run({ node: 'ki', action: 'execute' });
    const values = { page: 'setup', value: `grok ${key} llama` };
    const again = await run({ node: 'ki', sessionid: id, action: 'complete', values });

    expect(again).toMatchObject({ status: 'executing', noteType: 'error' });
    expect(again.note).toContain('There is no provider called grok.');
    expect(JSON.stringify(again)).not.toContain(key);
    const open = { page: 'model', value: 'llama' };
    const kept = await run({ node: 'ki', sessionid: id, action: 'complete', values: open });
    expect(kept.fields.value?.value).toBe('llama');
  });

  it('runs every command of the chat: a form for what it needs, the same answer', async () => {
    const { run, list } = await start();

    expect(await run({ node: 'mybots', action: 'execute' })).toMatchObject({
      status: 'completed',
      noteType: 'info',
      note: expect.stringContaining('You have no bots yet'),
    });
    expect(await run({ node: 'token' })).toMatchObject({ status: 'completed', noteType: 'warn' });

    const form = await run({ node: 'newbot' });
    expect(form).toMatchObject({ status: 'executing', actions: ['complete'] });
    expect(form.fields).toEqual({
      name: { type: 'text-single', label: 'Name of the new bot', value: '', options: [] },
    });
    const made = await run({ node: 'newbot', sessionid: form.id, values: { name: ' Weather ' } });
    expect(made).toMatchObject({
      status: 'completed',
      note: expect.stringContaining('ID: 1\nName: Weather\n'),
    });

    const steps: [string, Record<string, string | string[]>, string][] = [
      ['token', { id: '1' }, 'New token generated for Weather:\nbm_'],
      ['showtoken', { id: '1' }, 'Token for Weather (ID: 1):\nbm_'],
      ['setcommands', { id: '1', commands: ['/weather - Report', '/time - Time'] }, 'Commands set: 2'],
      ['setdescription', { id: '1', text: ['one', 'two'] }, 'Description updated'],
      ['scope', { id: '1', scope: 'direct' }, 'Scope: direct'],
      ['use', { id: '1' }, 'goes to Weather'],
      ['status', { id: '1' }, 'Commands: /weather, /time'],
      ['status', { id: '' }, 'Bots: 1 of 20, active: 1'],
      ['omemo', {}, 'has no OMEMO device here'],
      ['omemo', { act: 'trust', device: 'x' }, 'Usage: /omemo'],
      ['ki', {}, 'AI of Weather'],
      ['ki', { page: 'setup', value: 'groq' }, 'https://console.groq.com/keys'],
      ['ki', { page: 'providers', value: '' }, 'needs no key'],
      ['help', {}, 'Commands:'],
      ['help', { command: 'scope' }, 'Example: /scope 3 direct'],
      ['deactivate', { id: '1' }, 'deactivated'],
      ['activate', { id: '1' }, 'activated'],
      ['revoke', { id: '1' }, 'Token revoked'],
    ];
    for (const [node, values, words] of steps) {
      const { id: sessionid, status, fields } = await run({ node });
      expect([node, status, Object.keys(fields).length > 0]).toEqual([node, 'executing', true]);
      const done = await run({ node, sessionid, action: 'complete', values });
      expect([node, done.status, done.note]).toEqual([node, 'completed', expect.stringContaining(words)]);
    }
    expect(await run({ node: 'info' })).toMatchObject({
      status: 'completed',
      note: expect.stringContaining('goes to no bot'),
    });
    // It asks before it deletes.
    expect(await run({ node: 'clear' })).toMatchObject({ status: 'executing' });
    const ran = new Set([
      'mybots',
      'newbot',
      'deletebot',
      'info',
      'clear',
      'api',
      'telegram',
      ...steps.map(([node]) => node),
    ]);
    expect([...ran].sort()).toEqual(botfather.map(({ name }) => name).sort());

    const asked = await run({ node: 'deletebot', values: { id: '1' } });
    expect(asked).toMatchObject({ status: 'executing', actions: ['prev', 'complete'], forward: 'complete' });
    expect(asked.instructions).toContain('Delete bot "Weather" (ID: 1)?');
    expect(Object.keys(asked.fields)).toEqual(['confirmed']);
    const again = await run({ node: 'deletebot', sessionid: asked.id, values: { confirmed: '0' } });
    expect(again).toMatchObject({
      status: 'executing',
      note: expect.stringContaining('nothing was changed'),
    });
    const back = await run({ node: 'deletebot', sessionid: asked.id, action: 'prev' });
    expect(back.fields.id).toMatchObject({ type: 'list-single', value: '1', options: ['1'] });
    await run({ node: 'deletebot', sessionid: asked.id, action: 'next', values: { id: '1' } });
    expect(await list()).toHaveLength(1);
    const gone = await run({
      node: 'deletebot',
      sessionid: asked.id,
      action: 'complete',
      values: { confirmed: '1' },
    });
    expect(gone).toMatchObject({ status: 'completed', note: 'Bot "Weather" (ID: 1) deleted.' });
    expect(await list()).toEqual([]);
  });

  it('shows the pages of the API, and lets the operator change the server', async () => {
    const { run, makeBot, engine } = await start();
    await makeBot();
    const ask = (page: string, value = '') => run({ node: 'api', values: { page, value } });

    const form = await run({ node: 'api' });
    expect(form.fields.page).toMatchObject({
      type: 'list-single',
      options: expect.arrayContaining(['messages', 'server network', 'server renew-cert']),
    });
    expect((await ask('')).note).toContain(`Base URL: ${engine.apiUrl()}`);
    expect((await ask('messages')).note).toContain('/sendMessage"');
    expect((await ask('server status')).note).toContain('Mode: local');
    expect(await ask('server port', '80')).toMatchObject({
      noteType: 'error',
      note: expect.stringContaining('api_port: must be a whole number from 1024 to 65535'),
    });
    // The one that is set without this may be in use here.
    const port = await freePort();
    expect((await ask('server port', String(port))).noteType).not.toBe('error');
    const asked = await ask('server network');
    expect(asked).toMatchObject({ status: 'executing', actions: ['prev', 'complete'] });
    expect(Object.keys(asked.fields)).toEqual(['confirmed']);
    const done = await run({ node: 'api', sessionid: asked.id, values: { confirmed: '1' } });
    expect(done.note).toContain('Mode: network');
    expect(engine.engine.settings.get('api_mode')).toBe('network');
  });

  it('lets nobody change the server from a form where that has to come encrypted', async () => {
    const { run, engine } = await start();
    const { settings, store, audit } = engine.engine;
    await store.write((tx) => settings.set(tx, 'chat_admin', 'encrypted', owner));

    expect(await run({ node: 'api', values: { page: 'server port', value: '7000' } })).toMatchObject({
      noteType: 'error',
      note: expect.stringContaining('in encrypted messages only'),
    });
    expect((await audit.page({ limit: 1 }))[0]).toMatchObject({
      action: 'command.api',
      outcome: 'refused',
      from: 'ad-hoc',
      details: 'server.encrypted-only',
    });
  });

  it('says what is wrong beside the form, which can be sent again', async () => {
    const { run, list, engine } = await start();
    const { id: sessionid } = await run({ node: 'newbot' });

    const empty = await run({ node: 'newbot', sessionid, values: { name: '' } });
    expect(empty).toMatchObject({
      status: 'executing',
      noteType: 'error',
      note: expect.stringContaining('Usage: /newbot'),
    });
    const long = await run({ node: 'newbot', sessionid, values: { name: 'x'.repeat(65) } });
    expect(long).toMatchObject({ noteType: 'error', note: expect.stringContaining('1 to 64 characters') });
    expect(long.fields.name?.value).toBe('x'.repeat(65));
    expect((await engine.engine.audit.page({ limit: 1 }))[0]).toMatchObject({
      action: 'command.newbot',
      outcome: 'refused',
      from: 'ad-hoc',
      actor: 'bot@localhost',
    });
    expect(await run({ node: 'newbot', sessionid, values: { name: 'Weather' } })).toMatchObject({
      status: 'completed',
    });
    expect(await list()).toHaveLength(1);
  });

  it('is German where the account or the request is', async () => {
    const { engine, run, makeBot } = await start();
    await makeBot('Wetter');

    expect(await run({ node: 'token', values: { id: '9' }, more: "xml:lang='de-AT'" })).toMatchObject({
      language: 'de',
      note: 'Es gibt keinen Bot mit der ID 9.',
    });
    await engine.engine.accounts.setLanguage(bareJid('bot@localhost'), 'de', owner);
    const form = await run({ node: 'deletebot', values: { id: '1' } });
    expect(form).toMatchObject({ language: 'de', instructions: expect.stringContaining('löschen?') });
    expect(form.fields.confirmed?.label).toBe('Ja, mach das');
    expect(await run({ node: 'deletebot', sessionid: form.id, values: { confirmed: 'true' } })).toMatchObject(
      {
        note: 'Bot "Wetter" (ID: 1) gelöscht.',
      },
    );
  });

  it('offers no bot of another account and finds none', async () => {
    const { engine, run, makeBot } = await start();
    await signIn(engine, 'other@localhost');
    const theirs = await aBot(engine, 'Theirs', 'other@localhost');
    await makeBot('Mine');

    const form = await run({ node: 'revoke' });
    expect(form.fields.id?.options).toEqual(['2']);
    const refused = await run({ node: 'revoke', sessionid: form.id, values: { id: String(theirs.id) } });
    expect(refused).toMatchObject({ noteType: 'error', note: `There is no bot with ID ${theirs.id}.` });
    expect((await engine.call('GET', '/bot/getMe', { token: theirs.token })).status).toBe(200);
  });

  it('gives no token in clear to an account whose chat is encrypted, and says where to ask', async () => {
    const { engine, run, list, makeBot } = await start();
    const { token } = await makeBot();
    await engine.engine.accounts.setOmemo(bareJid('bot@localhost'), true, owner);

    for (const node of ['token', 'showtoken', 'newbot']) {
      const refused = { status: 'completed', noteType: 'error', note: expect.stringContaining(`/${node}`) };
      expect(await run({ node })).toMatchObject(refused);
      expect(await run({ node, values: { id: '1', name: 'Second' } })).toMatchObject(refused);
    }
    expect(await list()).toHaveLength(1);
    expect((await engine.call('GET', '/bot/getMe', { token })).status).toBe(200);
    expect((await engine.engine.audit.page({ limit: 1 }))[0]).toMatchObject({
      action: 'command.newbot',
      outcome: 'refused',
      details: 'command.chat-only',
    });
    // What holds no secret goes on as before.
    expect(await run({ node: 'revoke', values: { id: '1' } })).toMatchObject({ noteType: 'info' });

    await engine.engine.accounts.setOmemo(bareJid('bot@localhost'), false, owner);
    const answer = await run({ node: 'token', values: { id: '1' } });
    expect(answer).toMatchObject({ noteType: 'info', note: expect.stringContaining('bm_') });
  });

  it('takes no token in a form that was open when the chat became encrypted', async () => {
    const { engine, run, makeBot } = await start();
    await makeBot();
    const { id: sessionid } = await run({ node: 'showtoken' });
    await engine.engine.accounts.setOmemo(bareJid('bot@localhost'), true, owner);

    const answer = await run({ node: 'showtoken', sessionid, values: { id: '1' } });

    expect(answer).toMatchObject({ status: 'completed', noteType: 'error' });
    expect(answer.note).not.toContain('bm_');
  });

  it('does nothing for a stranger', async () => {
    const { ask, refused, list } = await start();

    expect(conditionsOf(await ask('get', `${ITEMS}/>`, 'evil@localhost/x'))).toEqual(['forbidden']);
    expect(await refused({ node: 'newbot', values: { name: 'Evil' } }, 'evil@localhost/x')).toEqual([
      'forbidden',
    ]);
    expect(await list()).toEqual([]);
  });

  it('runs nothing while bots are switched off', async () => {
    const { engine, run, makeBot } = await start();
    await makeBot();
    await engine.call('PUT', '/api/v1/settings/bot_features_enabled', { body: { value: false } });

    expect(await run({ node: 'revoke', values: { id: '1' } })).toMatchObject({
      noteType: 'error',
      note: expect.stringContaining('switched off'),
    });
  });
});
