import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../src-main/base/logger.ts';
import { commandRouter } from '../../src-main/commands/router.ts';
import { audience } from '../../src-main/engine/messages/audience.ts';
import { composeChat } from '../../src-main/engine/messages/compose.ts';
import { inboundPipeline } from '../../src-main/engine/messages/inbound-pipeline.ts';
import type { ArchiveProgress } from '../../src-main/engine/messages/inbound-roles.ts';
import { readMessage } from '../../src-main/engine/messages/read-message.ts';
import { updateData } from '../../src-shared/api/updates.ts';
import type { BotId } from '../../src-shared/ids.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ownChat } from '../support/own-chat.ts';
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
  const archive: { isCaughtUp: boolean; reached: ArchiveProgress['reached'] } = {
    isCaughtUp: true,
    reached: () => undefined,
  };
  const told: string[] = [];
  const turn = { isActing: true, tell: (names: readonly string[]) => void told.push(...names) };
  const { store, inbox, outbox, updates, accounts } = engine.engine;
  const account = await accounts.known(bareJid('you@localhost'));
  const commands = commandRouter(engine.engine, engine.apiUrl);
  const pipeline = inboundPipeline(account, {
    store,
    inbox,
    outbox,
    audience: audience(engine.engine),
    updates,
    receivedFiles: engine.engine.receivedFiles,
    commands,
    post: engine.engine.post,
    menus: engine.engine.menus,
    ...ownChat(account),
    archive,
    turn,
    clock,
    logger: silentLogger,
  });
  const answers = async () =>
    (await outbox.waiting(account.id, 0, 100)).map(({ stanza }) => parse(stanza).getChildText('body') ?? '');
  const open = () => inbox.count(account.id);
  return {
    ...pipeline,
    archive,
    turn,
    told,
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

/** The names of a message, as engines tell them each other. */
function namesOf(stanza: string): string[] {
  const reading = readMessage(parse(stanza), bareJid('you@localhost'), 0);
  return reading.kind === 'message' ? reading.message.names : [];
}

/** What waits for the newest bot, whoever made it. */
async function newestUpdates(engine: TestEngine) {
  const { bots, tokens } = engine.engine;
  const newest = (await bots.list()).at(-1);
  return newest ? (await updatesOf(engine, await tokens.of(newest.id))).map(({ body }) => body) : [];
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

  it('with a slash that is no built-in goes to the bot that takes it, and a mistyped built-in to none', async () => {
    const { engine, chat } = await start();
    const older = await aBot(engine, 'Weather');
    const newer = await aBot(engine, 'Other');
    const body = { commands: [{ command: 'weather', description: 'The weather' }] };
    await engine.call('POST', '/bot/setCommands', { token: older.token, body });
    const bodies = async (token: string) => (await updatesOf(engine, token)).map((data) => data.body);

    await chat.hear(
      message({ text: '/weather Berlin', id: 's1' }),
      message({ text: '/stauts', id: 's2' }),
      message({ text: '/play', id: 's3' }),
      message({ text: `/use ${older.id}`, id: 's4' }),
      message({ text: '/stauts', id: 's5' }),
    );
    await chat.settled();

    expect(await bodies(older.token)).toEqual(['/weather Berlin', '/stauts']);
    expect(await bodies(newer.token)).toEqual(['/play']);
    expect((await chat.answers())[0]).toContain('/status');
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

/** Fetches what waits for a bot, and asks for these types from then on. */
async function fetched(engine: TestEngine, token: string, types = ['message']) {
  const { body } = await engine.call('GET', `/bot/getUpdates?allowed_updates=${types.join(',')}`, { token });
  return body.result as { type: string; data: Record<string, unknown> }[];
}

async function setScope(engine: TestEngine, botId: number, scope: string) {
  const { bots, botSettings, store } = engine.engine;
  const caller = { actor: 'test', from: 'chat' };
  await store.write(async (tx) =>
    botSettings.set(tx, await bots.find(botId, undefined, tx), 'scope', scope, caller),
  );
}

describe('what others write', () => {
  const fromFriend = (text: string, id: string, more = '') =>
    message({ text, id, from: 'friend@localhost/phone', more });
  const toFriend = (text: string, id: string) => message({ text, id, to: 'friend@localhost' });

  it('is for every active bot whose scope says so, and stored for nobody else', async () => {
    const { engine, chat } = await start();
    const bots = [
      await aBot(engine, 'Self'),
      await aBot(engine, 'Direct'),
      await aBot(engine, 'All'),
      await aBot(engine, 'Off'),
    ] as const;
    await chat.hear(fromFriend('nobody hears this', 'f0'));
    const names = await engine.engine.store.read.selectFrom('seen_message').selectAll().execute();
    await setScope(engine, bots[1].id, 'direct');
    await setScope(engine, bots[2].id, 'all');
    await setScope(engine, bots[3].id, 'all');
    await engine.engine.store.write(async (tx) =>
      engine.engine.bots.setActive(tx, await engine.engine.bots.find(bots[3].id, undefined), false, {
        actor: 'test',
        from: 'test',
      }),
    );

    await chat.hear(fromFriend('/newbot Evil', 'f1'), carbon(toFriend('my answer', 'y1')));
    await chat.settled();

    expect(names).toEqual([]);
    const bodies = async (token: string) => (await updatesOf(engine, token)).map(({ body }) => body);
    expect(await bodies(bots[0].token)).toEqual([]);
    expect(await bodies(bots[1].token)).toEqual(['/newbot Evil']);
    expect(await bodies(bots[2].token)).toEqual(['/newbot Evil', 'my answer']);
    expect(await chat.answers()).toEqual([]);
    expect((await updatesOf(engine, bots[2].token))[0]).toEqual({
      from: 'friend@localhost',
      to: 'you@localhost',
      body: '/newbot Evil',
      type: 'chat',
      stanza_id: 'f1',
      timestamp: Math.floor(chat.clock.now() / 1_000),
      id: 'f1',
      resource: 'phone',
    });
  });

  it('is left alone when an engine wrote it, or when it came through a room', async () => {
    const { engine, chat } = await start();
    const { id, token } = await aBot(engine);
    await setScope(engine, id, 'all');

    await chat.hear(
      fromFriend('from a bot', 'f1', "<generated xmlns='urn:botmother:0'/>"),
      fromFriend('in a room', 'f2').replace("type='chat'", "type='groupchat'"),
      fromFriend('in private', 'f3', "<x xmlns='http://jabber.org/protocol/muc#user'/>"),
    );
    await chat.settled();

    expect(await updatesOf(engine, token)).toEqual([]);
  });

  it('is corrected and taken back by who wrote it, and by nobody else', async () => {
    const { engine, chat } = await start();
    const { id, token } = await aBot(engine);
    await setScope(engine, id, 'direct');
    const types = ['message', 'edited_message', 'deleted_message'];
    await fetched(engine, token, types);
    const edit = "<replace xmlns='urn:xmpp:message-correct:0' id='f1'/>";
    const retraction = "<retract xmlns='urn:xmpp:message-retract:1' id='f1'/>";

    await chat.hear(
      fromFriend('helo', 'f1'),
      message({ text: 'evil', id: 'e1', from: 'evil@localhost/x', more: edit }),
      message({ text: 'gone', id: 'e2', from: 'evil@localhost/x', more: retraction }),
      fromFriend('hello', 'f2', edit),
      fromFriend('gone', 'f3', retraction),
      fromFriend('never heard of it', 'f4', edit.replace('f1', 'f0')),
    );
    await chat.settled();

    const found = await fetched(engine, token, types);
    expect(found.map(({ type, data }) => [type, data.from, data.body, data.stanza_id, data.id])).toEqual([
      ['message', 'friend@localhost', 'helo', 'f1', 'f1'],
      ['edited_message', 'friend@localhost', 'hello', 'f1', 'f2'],
      ['deleted_message', 'friend@localhost', '', 'f1', 'f3'],
    ]);
    for (const { type, data } of found) {
      expect(updateData[type as keyof typeof updateData].strict().safeParse(data).error).toBeUndefined();
    }
  });
});

describe('updates other than messages', () => {
  const react = (id: string, target: string, emoji: string) =>
    message({
      text: '',
      id,
      more: `<reactions xmlns='urn:xmpp:reactions:0' id='${target}'><reaction>${emoji}</reaction></reactions>`,
    });

  it('are queued only while the program asks for them', async () => {
    const { engine, chat } = await start();
    const { token } = await aBot(engine);
    const types = ['message', 'reaction'];

    await chat.hear(react('r1', 'm1', '👍'));
    await fetched(engine, token, types);
    await chat.hear(react('r2', 'm1', '🎉'));
    await chat.settled();
    const asked = await fetched(engine, token, types);
    await fetched(engine, token);
    await chat.hear(react('r3', 'm1', '👀'));
    await chat.settled();

    expect(asked.map(({ data }) => [data.id, data.stanza_id, data.body, data.reactions])).toEqual([
      ['r2', 'm1', '🎉', ['🎉']],
    ]);
    expect((await fetched(engine, token, types)).map(({ data }) => data.id)).toEqual(['r2']);
  });

  it('follow the webhook while there is one', async () => {
    const { engine, chat } = await start();
    const { token } = await aBot(engine);
    const url = 'http://127.0.0.1:9/hook';
    await engine.call('POST', '/bot/setWebhook', { token, body: { url, allowed_updates: ['reaction'] } });

    await chat.hear(message({ text: 'hello', id: 'm1' }), react('r1', 'm1', '👍'));
    await chat.settled();
    await engine.call('POST', '/bot/deleteWebhook', { token });

    const found = await fetched(engine, token, ['message', 'reaction']);
    expect(found.map(({ type }) => type)).toEqual(['reaction']);
  });

  it('concern the bot whose message it is, whichever one is selected', async () => {
    const { engine, chat } = await start();
    const [older, newer] = [await aBot(engine, 'Older'), await aBot(engine, 'Newer')];
    for (const { token } of [older, newer]) await fetched(engine, token, ['reaction']);
    const { store, outbox, accounts } = engine.engine;
    const account = await accounts.known(bareJid('you@localhost'));
    const composed = composeChat(account.jid, account.jid, 'do you like it?');
    await store.write((tx) => outbox.put(tx, { accountId: account.id, botId: older.id as BotId }, composed));

    await chat.hear(react('r1', composed.id, '👍'));
    await chat.settled();

    expect(await fetched(engine, older.token, ['reaction'])).toHaveLength(1);
    expect(await fetched(engine, newer.token, ['reaction'])).toEqual([]);
  });

  it("tell how far the bot's own messages came", async () => {
    const { engine, chat } = await start();
    const { id: botId, token } = await aBot(engine);
    const { store, outbox, accounts } = engine.engine;
    const account = await accounts.known(bareJid('you@localhost'));
    const send = async () => {
      const composed = composeChat(account.jid, bareJid('friend@localhost'), 'hi');
      await store.write((tx) => outbox.put(tx, { accountId: account.id, botId: botId as BotId }, composed));
      await store.write((tx) => outbox.settle(tx, composed.id, 'acked'));
      return composed.id;
    };

    await send();
    await fetched(engine, token, ['message_state']);
    const id = await send();
    const received = `<received xmlns='urn:xmpp:receipts' id='${id}'/>`;
    await chat.hear(
      `<message xmlns='jabber:client' from='friend@localhost/x' to='you@localhost'>${received}</message>`,
    );

    const found = await fetched(engine, token, ['message_state']);
    expect(found.map(({ data }) => [data.from, data.to, data.stanza_id, data.state])).toEqual([
      ['you@localhost', 'friend@localhost', id, 'acked'],
      ['you@localhost', 'friend@localhost', id, 'delivered'],
    ]);
    for (const { data } of found)
      expect(updateData.message_state.strict().safeParse(data).error).toBeUndefined();
  });
});

describe('an answer to a message in the self-chat', () => {
  const quoting = (text: string, id: string) =>
    message({
      text: `&gt; hi\n${text}`,
      id,
      more:
        "<reply xmlns='urn:xmpp:reply:0' id='m0'/>" +
        "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='5'/></fallback>",
    });

  it('reaches the bot without the quote and commands nothing', async () => {
    const { engine, chat } = await start();
    const { token } = await aBot(engine);

    await chat.hear(quoting('yes', 'a'), quoting('/newbot Evil', 'b'));
    await chat.settled();

    expect(await updatesOf(engine, token)).toMatchObject([
      { body: 'yes', reply_to: 'm0' },
      { body: '/newbot Evil', reply_to: 'm0' },
    ]);
    expect((await updatesOf(engine, token))[1]).not.toHaveProperty('command');
    expect(await chat.answers()).toEqual([]);
  });
});

describe('while another engine of the account acts', () => {
  it('messages are kept, and what the other one did not do is done when the turn comes', async () => {
    const { engine, chat } = await start();
    const { token } = await aBot(engine);
    chat.turn.isActing = false;
    chat.archive.isCaughtUp = false;
    const answer = message({ text: 'Bot created!', id: 'o1', from: 'you@localhost/other' });
    const [command] = namesOf(message({ text: '/newbot Done', id: 'c1' }));

    await chat.hear(
      message({ text: '/newbot Done', id: 'c1' }),
      message({ text: '/newbot Mine', id: 'c2' }),
      message({ text: 'answered there', id: 'm1' }),
      message({ text: 'for me', id: 'm2' }),
      answer.replace('</body>', `</body><generated xmlns='urn:botmother:0' for='${command}'/>`),
    );
    await chat.markDone(namesOf(message({ text: 'answered there', id: 'm1' })).slice(0, 1));
    const before = [await chat.answers(), await updatesOf(engine, token)];
    chat.turn.isActing = true;
    chat.archive.isCaughtUp = true;
    // The archive has them all: what the other one did is known, and so is what is kept here.
    for (const [text, id] of [
      ['/newbot Done', 'c1'],
      ['answered there', 'm1'],
      ['for me', 'm2'],
    ] as const) {
      const stampMs = chat.clock.now();
      await chat.handleArchived({ archiveId: `a${id}`, stampMs, message: parse(message({ text, id })) });
    }
    await chat.release();
    await chat.settled();

    expect(before).toEqual([[], []]);
    expect(await chat.answers()).toEqual([expect.stringContaining('Name: Mine')]);
    expect(await updatesOf(engine, token)).toEqual([]);
    // The command before it made a bot that is newer.
    expect(await newestUpdates(engine)).toEqual(['for me']);
  });

  it('what a stopped engine left waits for the turn', async () => {
    const { chat } = await start();
    chat.turn.isActing = false;

    await chat.hear(message({ text: '/mybots' }));
    chat.start();
    const waiting = await chat.open();
    chat.turn.isActing = true;
    chat.start();
    await chat.settled();

    expect(waiting).toBe(1);
    expect(await chat.answers()).toHaveLength(1);
  });

  it('is told what is done, and at the end everything of late but what is not', async () => {
    const { engine, chat } = await start();
    await aBot(engine);
    const [first, second] = [message({ text: '/mybots', id: 'c1' }), message({ text: 'hi', id: 'm1' })];
    await chat.hear(first, second);
    await chat.settled();
    const told = [...chat.told];
    chat.turn.isActing = false;
    await chat.hear(message({ text: 'late', id: 'm2' }));

    const handled = await chat.handled(100);

    const expected = [...namesOf(first), ...namesOf(second)];
    expect(told.toSorted()).toEqual(expected.toSorted());
    expect(handled).toEqual(expect.arrayContaining(expected));
    for (const name of namesOf(message({ text: 'late', id: 'm2' }))) expect(handled).not.toContain(name);
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

describe('what was held back while the archive is read', () => {
  it('takes its place among what only the archive has', async () => {
    const { engine, chat } = await start();
    const { token } = await aBot(engine);
    const now = chat.clock.now();
    const fromArchive = (id: string, ageMs: number) =>
      chat.handleArchived({
        archiveId: `archive-${id}`,
        stampMs: now - ageMs,
        message: parse(message({ text: id, id })),
      });
    chat.archive.isCaughtUp = false;
    await chat.hear(message({ text: 'one', id: 'one' }), message({ text: 'three', id: 'three' }));
    await fromArchive('one', 3_000);
    await fromArchive('two', 2_000);
    await fromArchive('three', 1_000);
    await chat.release();
    await chat.settled();

    expect((await updatesOf(engine, token)).map(({ body }) => body)).toEqual(['one', 'two', 'three']);
  });

  it('is behind us only when everything before it is stored', async () => {
    const { engine, chat } = await start();
    await aBot(engine);
    const reached: string[] = [];
    chat.archive.reached = ({ archiveId }) => void reached.push(archiveId);
    const stamp = (id: string) => `<stanza-id xmlns='urn:xmpp:sid:0' by='you@localhost' id='${id}'/>`;
    const { store } = engine.engine;
    const write = store.write.bind(store);
    let isFull = true;
    store.write = async (unit) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (isFull) throw new Error('disk full');
      return write(unit);
    };

    const lost = chat.hear(message({ text: 'ours', id: 'm1', more: stamp('a1') }));
    const foreign = message({ text: '', id: 'm2', from: 'friend@localhost/x', more: stamp('a2') });
    await Promise.all([expect(lost).rejects.toThrow('disk full'), chat.hear(foreign)]);
    expect(reached).toEqual([]);

    isFull = false;
    await chat.hear(message({ text: 'ours', id: 'm1', more: stamp('a1') }));
    expect(reached).toEqual(['a1']);
  });
});
