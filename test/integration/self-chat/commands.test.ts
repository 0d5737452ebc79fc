import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { bareJid } from '../../../src-shared/jid.ts';
import { carbon, message, selfChat, startSelfChat, updatesOf } from '../../support/self-chat.ts';
import { aBot, signIn } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

describe('a command in the self-chat', () => {
  it('runs once and is answered once, whichever copies of it arrive', async () => {
    const { engine, chat } = await startSelfChat();
    const direct = message({ text: '/newbot Weather' });

    await chat.hear(direct, carbon(direct), direct);
    await chat.settled();
    await chat.hear(carbon(direct));

    expect(await chat.answers()).toEqual([
      expect.stringMatching(/^Bot created!\nID: 1\nName: Weather\nMode: personal\nToken: bm_/),
    ]);
    expect((await engine.call('GET', '/bot/list')).body.bots).toHaveLength(1);
  });

  it('is answered with our mark and an origin id, so that no engine takes the answer for a command', async () => {
    const { chat } = await startSelfChat();

    await chat.hear(message({ text: '/help' }));
    await chat.settled();

    const [stanza = ''] = await chat.stanzas();
    expect(parse(stanza).getChild('generated', 'urn:botmother:0')).toBeDefined();
    expect(parse(stanza).getChild('origin-id', 'urn:xmpp:sid:0')?.attrs.id).toBe(parse(stanza).attrs.id);
    await chat.hear(stanza.replace('<message', "<message from='you@localhost/engine'"));
    await chat.settled();
    expect(await chat.answers()).toHaveLength(1);
  });

  it('follows the language of the installation', async () => {
    const { engine, chat } = await startSelfChat();
    await engine.call('PUT', '/api/v1/settings/language', { body: { value: 'de' } });

    await chat.hear(message({ text: '/mybots' }));
    await chat.settled();

    expect(await chat.answers()).toEqual(['Du hast noch keine Bots. So legst du einen an: /newbot Wetter']);
  });

  it.each([
    ['/newbot', 'Usage: /newbot &lt;name&gt;'],
    ['/token', 'Usage: /token'],
    ['/token 3abc', 'Usage: /token'],
    ['/token 0', 'Usage: /token'],
    ['/token 7', 'There is no bot with ID 7.'],
    ['/newbott x', 'Did you mean /newbot?'],
    ['/frobnicate', '/frobnicate is not a command here. See /help.'],
    [`/newbot ${'x'.repeat(65)}`, '1 to 64 characters'],
    ['/newbot \u200B\u2060', '1 to 64 characters'],
  ])('%s is told what is wrong', async (text, words) => {
    const { engine, chat } = await startSelfChat();

    await chat.hear(message({ text: text.replace('&', '&amp;') }));
    await chat.settled();

    expect((await chat.answers())[0]?.replaceAll('<', '&lt;').replaceAll('>', '&gt;')).toContain(words);
    expect((await engine.call('GET', '/bot/list')).body.bots).toEqual([]);
  });

  it('does not reach the bot of another account', async () => {
    const { engine, chat } = await startSelfChat();
    await signIn(engine, 'other@localhost');
    const theirs = await aBot(engine, 'Theirs', 'other@localhost');

    await chat.hear(message({ text: `/token ${theirs.id}` }));
    await chat.settled();

    expect(await chat.answers()).toEqual([`There is no bot with ID ${theirs.id}.`]);
    expect((await engine.call('GET', '/bot/getMe', { token: theirs.token })).status).toBe(200);
  });

  it('comes from the account itself only', async () => {
    const { chat, engine } = await startSelfChat();
    const wanted = '/newbot Evil';

    await chat.hear(
      message({ text: wanted, id: 'a', from: 'evil@localhost/x' }),
      carbon(message({ text: wanted, id: 'b' }), 'evil@localhost'),
      carbon(message({ text: wanted, id: 'c', from: 'evil@localhost/x' })),
      carbon(message({ text: wanted, id: 'd', to: 'friend@localhost' })),
      message({ text: wanted, id: 'e', more: "<replace xmlns='urn:xmpp:message-correct:0' id='z'/>" }),
      message({ text: wanted, id: 'f' }).replace("type='chat'", "type='groupchat'"),
      message({ text: wanted, id: 'g' }).replace("type='chat'", "type='error'"),
    );
    await chat.settled();

    expect(await chat.answers()).toEqual([]);
    expect((await engine.call('GET', '/bot/list')).body.bots).toEqual([]);
  });

  it('does not run when it comes late; one notice lists all that did', async () => {
    const { chat, engine } = await startSelfChat();
    const stamp = new Date(chat.clock.now() - 3 * 60_000).toISOString();
    const delay = `<delay xmlns='urn:xmpp:delay' from='localhost' stamp='${stamp}'/>`;

    await chat.hear(
      message({ text: '/newbot A', id: 'a', more: delay }),
      message({ text: '/newbot B', id: 'b', more: delay }),
    );
    await until('the first to be held back', async () => chat.clock.waits.length === 1);
    // And the other one too: nothing is under way then.
    await chat.handled(1);
    chat.clock.advance(2_000);
    await chat.settled();

    const [notice, ...others] = await chat.answers();
    expect(notice?.split('\n')).toEqual([
      expect.stringContaining('while I was offline'),
      '/newbot A',
      '/newbot B',
    ]);
    expect(others).toEqual([]);
    expect((await engine.call('GET', '/bot/list')).body.bots).toEqual([]);
  });

  it.each([
    ['en', 'while I was offline'],
    ['de', 'während ich offline war'],
  ])('is never said again with what may be a secret, when it comes late (%s)', async (language, words) => {
    const { chat, engine } = await startSelfChat();
    await engine.call('PUT', '/api/v1/settings/language', { body: { value: language } });
    const stamp = new Date(chat.clock.now() - 3 * 60_000).toISOString();
    const delay = `<delay xmlns='urn:xmpp:delay' from='localhost' stamp='${stamp}'/>`;
    const lines = [
      '/ki setup groq gsk_0123456789abcdef',
      '/Telegram setup 123456789:ABCdef 987654321',
      '/token bm_0123',
      '/revoke 3',
      '/tokne bm_0123',
      '/ki',
      '/use 3',
    ];

    await chat.hear(...lines.map((text, index) => message({ text, id: `l${index}`, more: delay })));
    await until('the first to be held back', async () => chat.clock.waits.length === 1);
    await chat.handled(1);
    chat.clock.advance(2_000);
    await chat.settled();

    const [notice, ...others] = await chat.answers();
    const [title, ...shown] = notice?.split('\n') ?? [];
    expect(title).toContain(words);
    expect(shown).toEqual(['/ki …', '/telegram …', '/token …', '/revoke …', '/tokne …', '/ki', '/use 3']);
    expect(others).toEqual([]);
  });

  it('is taken up again after a crash between the units, and then runs once', async () => {
    const { chat, engine } = await startSelfChat();
    const { inbox, store, accounts } = engine.engine;
    const account = await accounts.known(bareJid('you@localhost'));
    await store.write((tx) =>
      inbox.insert(tx, {
        accountId: account.id,
        state: 'received',
        content: message({ text: '/newbot Weather' }),
        receivedAt: chat.clock.now(),
        sentAt: chat.clock.now(),
      }),
    );

    chat.start();
    const other = await selfChat(engine, chat.clock);
    other.start();
    await chat.settled();

    expect(await chat.open()).toBe(0);
    expect(await chat.answers()).toHaveLength(1);
    expect((await engine.call('GET', '/bot/list')).body.bots).toHaveLength(1);
  });
});

describe('a stored message', () => {
  it('is tried again when its unit fails, and is handled once', async () => {
    const { engine, chat } = await startSelfChat();
    const { token } = await aBot(engine);
    const { store } = engine.engine;
    const write = store.write.bind(store);
    let calls = 0;
    // It cannot be understood at once, nor, which is the third write, from the inbox: a disk that is full for a moment.
    store.write = (unit) => {
      calls += 1;
      return calls === 1 || calls === 3 ? Promise.reject(new Error('full')) : write(unit);
    };

    await chat.hear(message({ text: 'hello' }));
    await until('the back-off', () => chat.clock.waits.length === 1);
    chat.clock.advance(60_000);
    await chat.settled();

    expect((await updatesOf(engine, token)).map(({ body }) => body)).toEqual(['hello']);
  });
});
