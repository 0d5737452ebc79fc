import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-main/base/logger.ts';
import { commandRouter } from '../../src-main/commands/router.ts';
import { composeChat } from '../../src-main/engine/messages/compose.ts';
import { inboundPipeline } from '../../src-main/engine/messages/inbound-pipeline.ts';
import type { BotId } from '../../src-shared/ids.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { aBot, signIn, type TestEngine, testEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

interface Said {
  text: string;
  id?: string;
  from?: string;
  to?: string;
  more?: string;
}

const message = ({ text, id = 'm1', from = 'you@localhost/phone', to = 'you@localhost', more = '' }: Said) =>
  `<message xmlns='jabber:client' from='${from}' to='${to}' id='${id}' type='chat'><body>${text}</body>` +
  `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/>${more}</message>`;
const carbon = (inner: string, from = 'you@localhost') =>
  `<message xmlns='jabber:client' from='${from}' to='you@localhost/engine'><sent xmlns='urn:xmpp:carbons:2'>` +
  `<forwarded xmlns='urn:xmpp:forward:0'>${inner}</forwarded></sent></message>`;

/** The self-chat of you@localhost, driven with stanzas as they come from the stream. */
async function selfChat(engine: TestEngine, clock = new ManualClock(Date.now())) {
  const archive = { isCaughtUp: true, reached: () => undefined };
  const { store, inbox, outbox, bots, updates, accounts } = engine.engine;
  const account = await accounts.known(bareJid('you@localhost'));
  const commands = commandRouter(engine.engine, engine.apiUrl);
  const pipeline = inboundPipeline(account, {
    store,
    inbox,
    outbox,
    bots,
    updates,
    commands,
    archive,
    clock,
    logger: silentLogger,
  });
  const answers = async () =>
    (await outbox.waiting(account.id, 0, 100)).map(({ stanza }) => parse(stanza).getChildText('body') ?? '');
  const open = () => inbox.count(account.id);
  return {
    ...pipeline,
    archive,
    clock,
    answers,
    open,
    hear: (...stanzas: string[]) => Promise.all(stanzas.map((stanza) => pipeline.handle(parse(stanza)))),
    /** Until nothing is between two units. */
    settled: () => until('the inbox to be empty', async () => (await open()) === 0),
    stanzas: async () => (await outbox.waiting(account.id, 0, 100)).map(({ stanza }) => stanza),
  };
}

async function start() {
  const engine = await testEngine();
  await signIn(engine);
  return { engine, chat: await selfChat(engine) };
}

const updatesOf = async (engine: TestEngine, token: string) =>
  (
    (await engine.call('GET', '/bot/getUpdates', { token })).body.result as {
      data: Record<string, unknown>;
    }[]
  ).map(({ data }) => data);

describe('a command in the self-chat', () => {
  it('runs once and is answered once, whichever copies of it arrive', async () => {
    const { engine, chat } = await start();
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
    const { chat } = await start();

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
    const { engine, chat } = await start();
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
  ])('%s is told what is wrong', async (text, words) => {
    const { engine, chat } = await start();

    await chat.hear(message({ text: text.replace('&', '&amp;') }));
    await chat.settled();

    expect((await chat.answers())[0]?.replaceAll('<', '&lt;').replaceAll('>', '&gt;')).toContain(words);
    expect((await engine.call('GET', '/bot/list')).body.bots).toEqual([]);
  });

  it('does not reach the bot of another account', async () => {
    const { engine, chat } = await start();
    await signIn(engine, 'other@localhost');
    const theirs = await aBot(engine, 'Theirs', 'other@localhost');

    await chat.hear(message({ text: `/token ${theirs.id}` }));
    await chat.settled();

    expect(await chat.answers()).toEqual([`There is no bot with ID ${theirs.id}.`]);
    expect((await engine.call('GET', '/bot/getMe', { token: theirs.token })).status).toBe(200);
  });

  it('comes from the account itself only', async () => {
    const { chat, engine } = await start();
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
    const { chat, engine } = await start();
    const stamp = new Date(chat.clock.now() - 3 * 60_000).toISOString();
    const delay = `<delay xmlns='urn:xmpp:delay' from='localhost' stamp='${stamp}'/>`;

    await chat.hear(
      message({ text: '/newbot A', id: 'a', more: delay }),
      message({ text: '/newbot B', id: 'b', more: delay }),
    );
    await until('both to be held back', async () => chat.clock.waits.length === 1);
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

  it('is taken up again after a crash between the units, and then runs once', async () => {
    const { chat, engine } = await start();
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
    const { engine, chat } = await start();
    const { token } = await aBot(engine);
    const { store } = engine.engine;
    const write = store.write.bind(store);
    let calls = 0;
    // The second write is the unit that understands: a disk that is full for a moment.
    store.write = (unit) => {
      calls += 1;
      return calls === 2 ? Promise.reject(new Error('full')) : write(unit);
    };

    await chat.hear(message({ text: 'hello' }));
    await until('the back-off', () => chat.clock.waits.length === 1);
    chat.clock.advance(60_000);
    await chat.settled();

    expect((await updatesOf(engine, token)).map(({ body }) => body)).toEqual(['hello']);
  });
});

describe('a text in the self-chat', () => {
  it('goes to the newest active bot, once', async () => {
    const { engine, chat } = await start();
    const [older, newer] = [await aBot(engine, 'Older'), await aBot(engine, 'Newer')];
    const direct = message({ text: 'hello' });

    await chat.hear(direct, carbon(direct));
    await chat.settled();

    expect(await updatesOf(engine, older.token)).toEqual([]);
    expect(await updatesOf(engine, newer.token)).toEqual([
      {
        from: 'you@localhost',
        to: 'you@localhost',
        body: 'hello',
        type: 'chat',
        stanza_id: 'm1',
        timestamp: Math.floor(chat.clock.now() / 1_000),
        id: 'm1',
        resource: 'phone',
      },
    ]);
  });

  it('with a slash that is no built-in goes to the bot with its command and arguments', async () => {
    const { engine, chat } = await start();
    const { token } = await aBot(engine);

    await chat.hear(message({ text: '/weather Berlin tomorrow' }));
    await chat.settled();

    expect(await updatesOf(engine, token)).toMatchObject([{ command: 'weather', args: 'Berlin tomorrow' }]);
    expect(await chat.answers()).toEqual([]);
  });

  it('keeps its order, whatever arrives at once', async () => {
    const { engine, chat } = await start();
    const { token } = await aBot(engine);
    const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);

    await chat.hear(...texts.map((text, index) => message({ text, id: `m${index}` })));
    await chat.settled();

    expect((await updatesOf(engine, token)).map(({ body }) => body)).toEqual(texts);
  });

  it('without any bot is left alone', async () => {
    const { chat } = await start();

    await chat.hear(message({ text: 'hello' }));
    await chat.settled();

    expect(await chat.answers()).toEqual([]);
  });

  it('is nowhere in clear in the database', async () => {
    const { readFileSync } = await import('node:fs');
    const { engine, chat } = await start();
    await aBot(engine);

    await chat.hear(message({ text: 'a very private text' }));
    await chat.settled();

    for (const file of ['bot_registry.db', 'bot_registry.db-wal']) {
      expect(readFileSync(`${engine.dataDir}/${file}`, 'latin1')).not.toContain('very private');
    }
  });
});

describe('while the archive is being read', () => {
  const archived = (said: Said, archiveId: string, stampMs: number) => ({
    archiveId,
    stampMs,
    message: parse(message(said)),
  });

  it('what is new waits behind what is old, and nothing comes twice', async () => {
    const { engine, chat } = await start();
    const { token } = await aBot(engine);
    const now = chat.clock.now();
    chat.archive.isCaughtUp = false;

    await chat.hear(message({ text: 'three', id: 'm3' }), message({ text: 'four', id: 'm4' }));
    await chat.handleArchived(archived({ text: 'one', id: 'm1' }, 'a1', now - 3_000));
    await chat.handleArchived(archived({ text: 'two', id: 'm2' }, 'a2', now - 2_000));
    // The own archive keeps a message to oneself twice, and what the stream brought is in it too.
    await chat.handleArchived(archived({ text: 'two', id: 'm2' }, 'a3', now - 2_000));
    await chat.handleArchived(archived({ text: 'three', id: 'm3' }, 'a4', now - 1_000));
    await chat.release();
    await chat.settled();

    expect((await updatesOf(engine, token)).map(({ body }) => body)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('old texts keep their own time, those of over a day are left out, old commands are not run', async () => {
    const { engine, chat } = await start();
    const { token } = await aBot(engine);
    const now = chat.clock.now();
    const hour = 3_600_000;

    await chat.handleArchived(archived({ text: 'yesterday', id: 'm1' }, 'a1', now - 25 * hour));
    await chat.handleArchived(archived({ text: 'this morning', id: 'm2' }, 'a2', now - 5 * hour));
    await chat.handleArchived(archived({ text: '/newbot Old', id: 'm3' }, 'a3', now - hour));
    await until('the command to be held back', () => chat.clock.waits.length === 1);
    chat.clock.advance(2_000);
    await chat.settled();

    expect(await updatesOf(engine, token)).toMatchObject([
      { body: 'this morning', timestamp: Math.floor((now - 5 * hour) / 1_000) },
    ]);
    expect(await chat.answers()).toEqual([expect.stringContaining('/newbot Old')]);
  });
});

describe('news of a message that was sent', () => {
  it('moves it forward only, and counts only from the one it went to', async () => {
    const { engine, chat } = await start();
    const { id: botId } = await aBot(engine);
    const { store, outbox, accounts } = engine.engine;
    const account = await accounts.known(bareJid('you@localhost'));
    const composed = composeChat(account.jid, bareJid('friend@localhost'), 'hi');
    await store.write((tx) => outbox.put(tx, { accountId: account.id, botId: botId as BotId }, composed));
    const state = async () => (await outbox.stateOf(botId as BotId, composed.id))?.state;
    const news = (kind: string, from: string) =>
      `<message xmlns='jabber:client' from='${from}' to='you@localhost'>${kind}</message>`;
    const received = `<received xmlns='urn:xmpp:receipts' id='${composed.id}'/>`;
    const displayed = `<displayed xmlns='urn:xmpp:chat-markers:0' id='${composed.id}'/>`;

    const seen = [await state()];
    await chat.hear(news(displayed, 'evil@localhost/x'));
    seen.push(await state());
    await chat.hear(news(received, 'friend@localhost/phone'));
    seen.push(await state());
    await chat.hear(news(displayed, 'friend@localhost/phone'));
    seen.push(await state());
    await chat.hear(news(received, 'friend@localhost/phone'));
    await store.write((tx) => outbox.settle(tx, composed.id, 'acked'));
    seen.push(await state());

    expect(seen).toEqual(['queued', 'queued', 'delivered', 'displayed', 'displayed']);
  });

  it('is a failure when the server sends it back', async () => {
    const { engine, chat } = await start();
    const { id: botId } = await aBot(engine);
    const { store, outbox, accounts } = engine.engine;
    const account = await accounts.known(bareJid('you@localhost'));
    const composed = composeChat(account.jid, bareJid('gone@localhost'), 'hi');
    await store.write((tx) => outbox.put(tx, { accountId: account.id, botId: botId as BotId }, composed));
    await store.write((tx) => outbox.settle(tx, composed.id, 'acked'));

    await chat.hear(
      `<message xmlns='jabber:client' type='error' id='${composed.id}' from='gone@localhost' to='you@localhost'>` +
        "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>",
    );

    expect(await outbox.stateOf(botId as BotId, composed.id)).toEqual({
      state: 'failed',
      reason: 'service-unavailable',
    });
  });
});
