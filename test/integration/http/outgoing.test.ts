import { describe, expect, it } from 'vitest';
import { readReplaced } from '../../../src-main/gateways/xmpp/xep-0308-correction.ts';
import { readRetraction } from '../../../src-main/gateways/xmpp/xep-0424-retraction.ts';
import { readReactions } from '../../../src-main/gateways/xmpp/xep-0444-reactions.ts';
import { readReply } from '../../../src-main/gateways/xmpp/xep-0461-reply.ts';
import { connectedEngine } from '../../support/connected-engine.ts';
import { aBot, engineWithBot, failure } from '../../support/test-engine.ts';

const to = 'friend@localhost';
const LONG = 'x'.repeat(1_001);
const done = { status: 200, body: { ok: true, result: true } };

describe('fields of the routes that send', () => {
  it.each([
    ['sendMessage', { text: 'x' }, '`to` is missing'],
    ['sendMessage', { to: 7, text: 'x' }, '`to` must be a text'],
    ['sendMessage', { to: `${'a'.repeat(1_024)}@b`, text: 'x' }, 'not an XMPP address'],
    ['sendMessage', { to, text: 7 }, '`text` must be a text'],
    ['sendMessage', { to, text: 'x'.repeat(65_537) }, '`text` must be at most 65536'],
    ['sendMessage', { to, text: 'x', reply_to: 7 }, '`reply_to` must be a text'],
    ['sendMessage', { to, text: 'x', reply_to: '' }, '`reply_to` must not be empty'],
    ['sendMessage', { to, text: 'x', reply_to: LONG }, '`reply_to` must be at most 1000'],
    ['sendMessage', { to, text: 'x', replace_id: [] }, '`replace_id` must be a text'],
    ['sendMessage', { to, text: 'x', replace_id: LONG }, '`replace_id` must be at most 1000'],
    ['sendChatState', { state: 'composing' }, '`to` is missing'],
    ['sendChatState', { to }, '`state` is missing'],
    ['sendChatState', { to, state: 'busy' }, '`state` must be "composing"'],
    ['sendChatState', { to: 'friend@localhost/phone', state: 'gone' }, 'resource'],
    ['deleteMessage', {}, '`message_id` is missing'],
    ['deleteMessage', { message_id: 7 }, '`message_id` must be a text'],
    ['deleteMessage', { message_id: LONG }, '`message_id` must be at most 1000'],
    ['sendReaction', { message_id: 'm', reaction: '👍' }, '`to` is missing'],
    ['sendReaction', { to, reaction: '👍' }, '`message_id` is missing'],
    ['sendReaction', { to, message_id: 'm' }, '`reaction` is missing'],
    ['sendReaction', { to, message_id: 'm', reaction: 'ok' }, '`reaction` takes emojis only'],
    ['sendReaction', { to, message_id: 'm', reaction: '👍\u0000' }, '`reaction` takes emojis only'],
    ['sendReaction', { to, message_id: 'm', reaction: '1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣👍' }, 'at most 10'],
    ['sendReaction', { to, message_id: 'm', reaction: '👍', type: 'groupchat' }, 'Rooms'],
    ['sendReaction', { to, message_id: 'm', reaction: '👍', type: 1 }, '`type` must be'],
  ])('%s refuses %j', async (path, body, words) => {
    const engine = await connectedEngine();

    const answer = await engine.post(path, body);

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain(words);
    expect([await engine.waiting(), engine.sent]).toEqual([[], []]);
  });

  it.each(['', 'a'.repeat(256), 'schlüssel', ' '])('refuses the Idempotency-Key "%s"', async (key) => {
    const engine = await connectedEngine();

    const answer = await engine.post('sendMessage', { to, text: 'x' }, { 'idempotency-key': key });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain('`idempotency-key` must be 1 to 255');
  });

  it.each([
    ['sendMessage', { to, text: 'x' }],
    ['sendChatState', { to, state: 'composing' }],
  ])('%s promises nothing while the account is signed out', async (path, body) => {
    const engine = await engineWithBot();

    const answer = await engine.call('POST', `/bot/${path}`, { token: engine.token, body });

    expect(answer).toMatchObject(failure(503, 'account_offline'));
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });

  it.each(['sendMessage', 'sendChatState', 'deleteMessage', 'sendReaction'])(
    '%s of a cloud bot is not available',
    async (path) => {
      const engine = await connectedEngine();
      const { body } = await engine.call('POST', '/bot/create', {
        body: { name: 'Cloud', account: 'you@localhost', mode: 'cloud' },
      });

      const options = { token: String(body.token), body: {} };
      expect(await engine.call('POST', `/bot/${path}`, options)).toMatchObject(
        failure(503, 'cloud_not_available'),
      );
    },
  );
});

describe('an address of a bot of this installation', () => {
  it.each([
    ['sendMessage', { text: 'x' }],
    ['sendChatState', { state: 'composing' }],
    ['sendReaction', { message_id: 'm', reaction: '👍' }],
  ])('is refused by %s', async (path, fields) => {
    const engine = await connectedEngine();
    await engine.engine.store.write((tx) =>
      tx.db.updateTable('bot').set({ jid: 'bot_x@localhost' }).execute(),
    );

    expect(await engine.post(path, { to: 'BOT_X@localhost', ...fields })).toMatchObject(
      failure(403, 'forbidden'),
    );
  });
});

describe('while the account is away', () => {
  it('messages queue for a minute, chat states do not', async () => {
    const engine = await connectedEngine();
    Object.assign(engine.session, { state: 'backing_off', awaySinceMs: performance.now() });

    expect((await engine.post('sendMessage', { to, text: 'x' })).status).toBe(200);
    expect(await engine.post('sendChatState', { to, state: 'paused' })).toMatchObject(
      failure(503, 'account_offline'),
    );
    engine.session.awaySinceMs = performance.now() - 60_001;
    expect(await engine.post('sendMessage', { to, text: 'x' })).toMatchObject(
      failure(503, 'account_offline'),
    );
  });
});

describe('while the account is switched off', () => {
  it.each([
    ['sendMessage', { to, text: 'x' }],
    ['sendChatState', { to, state: 'composing' }],
  ])('%s says so, and how to switch it on', async (path, body) => {
    const engine = await engineWithBot();
    const account = 'you@localhost';
    await engine.call('POST', '/bot/account/status', { body: { account, enabled: false } });

    const answer = await engine.call('POST', `/bot/${path}`, { token: engine.token, body });

    expect(answer).toMatchObject(failure(503, 'account_offline'));
    expect(answer.body.description).toContain('botmother account enable you@localhost');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('a text that grows on the wire', () => {
  it('is told how long the message is, and why', async () => {
    const engine = await connectedEngine();

    const answer = await engine.post('sendMessage', { to, text: '&'.repeat(50_000) });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toMatch(
      /^As XMPP sends it, this message is 25\d{4} bytes long; at most 204800/,
    );
    expect(await engine.waiting()).toEqual([]);
    expect((await engine.post('sendMessage', { to, text: '&'.repeat(30_000) })).status).toBe(200);
  });
});

describe('reply_to', () => {
  const update = { from: 'you@localhost', to: 'you@localhost', body: 'first\nsecond', stanza_id: 's1' };

  it('answers a message of an update, also after the update is gone', async () => {
    const engine = await connectedEngine();
    await engine.hear(update);
    await engine.call('GET', '/bot/getUpdates?offset=2', { token: engine.token });

    await engine.say({ to: 'you@localhost', text: 'yes', reply_to: 's1' });

    const [stanza] = await engine.waiting();
    expect(stanza && readReply(stanza)).toEqual({ id: 's1', to: 'you@localhost', text: 'yes' });
    expect(stanza?.getChildText('body')).toBe('> first\n> second\nyes');
  });

  it('answers an own message, by the first id if it was corrected', async () => {
    const engine = await connectedEngine();
    const first = await engine.say({ text: 'one' });
    const corrected = await engine.say({ text: 'two', replace_id: first });

    await engine.say({ text: 'three', reply_to: corrected });

    const stanza = (await engine.waiting()).at(-1);
    expect(stanza && readReply(stanza)).toEqual({ id: first, to: 'you@localhost', text: 'three' });
    expect(stanza?.getChildText('body')).toBe('> two\nthree');
  });

  it('quotes the own text of an answer only, and the beginning of a long one', async () => {
    const engine = await connectedEngine();
    await engine.hear({ ...update, body: '🎂'.repeat(300) });
    const answer = await engine.say({ to: 'you@localhost', text: 'nice', reply_to: 's1' });

    await engine.say({ to: 'you@localhost', text: 'indeed', reply_to: answer });

    const bodies = (await engine.waiting()).map((stanza) => stanza.getChildText('body'));
    expect(bodies).toEqual([`> ${'🎂'.repeat(200)}…\nnice`, '> nice\nindeed']);
  });

  it('is 404 for a message that is unknown, of another conversation, or of another bot', async () => {
    const engine = await connectedEngine();
    await engine.hear(update);
    const other = await aBot(engine, 'Other');
    const { body } = await engine.call('POST', '/bot/sendMessage', {
      token: other.token,
      body: { to, text: 'x' },
    });

    for (const id of ['nonsense', 's1', String(body.message_id)]) {
      expect(await engine.post('sendMessage', { to, text: 'x', reply_to: id })).toMatchObject(
        failure(404, 'not_found'),
      );
    }
  });
});

describe('replace_id', () => {
  it('corrects an own message; a second correction still names the first id', async () => {
    const engine = await connectedEngine();
    const first = await engine.say({ text: 'one' });
    const second = await engine.say({ text: 'two', replace_id: first });
    await engine.say({ text: 'three', replace_id: second });
    await engine.say({ text: 'four', replace_id: first });

    const corrections = (await engine.waiting()).slice(1);
    expect(corrections.map(readReplaced)).toEqual([{ id: first }, { id: first }, { id: first }]);
  });

  it('is 404 for an id that is unknown, of a person, of another conversation, of another bot, or taken back', async () => {
    const engine = await connectedEngine();
    await engine.hear({ from: to, to: 'you@localhost', body: 'x', stanza_id: 's1' });
    const elsewhere = await engine.say({ to: 'else@localhost' });
    const deleted = await engine.say();
    await engine.post('deleteMessage', { message_id: deleted });
    const other = await aBot(engine, 'Other');
    const { body } = await engine.call('POST', '/bot/sendMessage', {
      token: other.token,
      body: { to, text: 'x' },
    });

    for (const id of ['nonsense', 's1', elsewhere, deleted, String(body.message_id)]) {
      expect(await engine.post('sendMessage', { to, text: 'x', replace_id: id })).toMatchObject(
        failure(404, 'not_found'),
      );
    }
  });
});

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': 'order 17' };

  it('makes the same request lead to the same message, one after the other and at once', async () => {
    const engine = await connectedEngine();
    const send = () => engine.post('sendMessage', { to, text: 'x' }, key);

    const answers = [...(await Promise.all([send(), send(), send()])), await send()];

    expect(new Set(answers.map(({ status, body }) => `${status} ${String(body.message_id)}`)).size).toBe(1);
    expect(await engine.waiting()).toHaveLength(1);
  });

  it('is answered the same way when the account is away by now', async () => {
    const engine = await connectedEngine();
    const first = await engine.post('sendMessage', { to, text: 'x' }, key);
    engine.session.state = 'failed';

    expect(await engine.post('sendMessage', { text: 'x', to: 'FRIEND@localhost' }, key)).toMatchObject({
      status: 200,
      body: { message_id: first.body.message_id },
    });
  });

  it.each([[{ to, text: 'y' }], [{ to: 'else@localhost', text: 'x' }]])(
    'is 409 with other content: %j',
    async (body) => {
      const engine = await connectedEngine();
      await engine.post('sendMessage', { to, text: 'x' }, key);

      const answers = await Promise.all([1, 2].map(() => engine.post('sendMessage', body, key)));

      for (const answer of answers) expect(answer).toMatchObject(failure(409, 'conflict'));
      expect(await engine.waiting()).toHaveLength(1);
    },
  );

  it('belongs to one bot', async () => {
    const engine = await connectedEngine();
    const other = await aBot(engine, 'Other');
    await engine.post('sendMessage', { to, text: 'x' }, key);

    const theirs = await engine.call('POST', '/bot/sendMessage', {
      token: other.token,
      body: { to, text: 'other' },
      headers: key,
    });

    expect(theirs.status).toBe(200);
    expect(await engine.waiting()).toHaveLength(2);
  });

  it('begins anew after a day, and is then dropped', async () => {
    const engine = await connectedEngine();
    const { store, outgoing } = engine.engine;
    await engine.post('sendMessage', { to, text: 'x' }, key);
    const age = (ms: number) =>
      store.write((tx) =>
        tx.db
          .updateTable('idempotency_key')
          .set((e) => ({ created_at: e('created_at', '-', ms) }))
          .execute(),
      );
    const rows = () => store.read.selectFrom('idempotency_key').selectAll().execute();

    await age(24 * 60 * 60 * 1_000 - 60_000);
    expect(await engine.post('sendMessage', { to, text: 'y' }, key)).toMatchObject(failure(409, 'conflict'));
    await age(60_001);
    expect((await engine.post('sendMessage', { to, text: 'y' }, key)).status).toBe(200);
    await age(24 * 60 * 60 * 1_000 + 1);
    await store.write((tx) => outgoing.expire(tx));

    expect(await rows()).toEqual([]);
    expect(await engine.waiting()).toHaveLength(2);
  });

  it('does not keep what was sent in a form that can be guessed', async () => {
    const engine = await connectedEngine();
    await engine.post('sendMessage', { to, text: 'x' }, key);

    const [row] = await engine.engine.store.read.selectFrom('idempotency_key').selectAll().execute();

    expect(row?.request).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('/bot/getMessageState', () => {
  it('follows a message; late and foreign news change nothing', async () => {
    const engine = await connectedEngine();
    const { store, outbox } = engine.engine;
    const { accountId } = engine;
    const id = await engine.say();
    const news = (state: 'acked' | 'delivered' | 'displayed' | 'failed', from = to) =>
      store.write((tx) => outbox.settle(tx, id, state, { accountId, from: from as never }));
    const seen = [await engine.stateOf(id)];

    outbox.noteSent(id);
    seen.push(await engine.stateOf(id));
    outbox.noteLost(id);
    seen.push(await engine.stateOf(id));
    outbox.noteSent(id);
    await news('acked');
    seen.push(await engine.stateOf(id));
    await news('displayed', 'evil@localhost');
    seen.push(await engine.stateOf(id));
    await news('displayed');
    await news('delivered');
    seen.push(await engine.stateOf(id));

    expect(seen).toEqual(
      ['queued', 'sent', 'queued', 'acked', 'acked', 'displayed'].map((state) => ({ state, reason: null })),
    );
  });

  it('says why a message failed', async () => {
    const engine = await connectedEngine();
    const id = await engine.say();
    const { store, outbox } = engine.engine;
    await store.write((tx) => outbox.settle(tx, id, 'failed', { reason: 'x'.repeat(10_000) }));

    expect(await engine.stateOf(id)).toEqual({ state: 'failed', reason: 'x'.repeat(300) });
  });

  it('is 404 for an id that is unknown, of another bot, or of no message; 400 without one', async () => {
    const engine = await connectedEngine();
    const other = await aBot(engine, 'Other');
    const id = await engine.say();
    await engine.post('sendReaction', { to, message_id: id, reaction: '👍' });
    const reaction = (await engine.waiting()).at(-1)?.attrs.id;
    const ask = (query: string, token = engine.token) =>
      engine.call('GET', `/bot/getMessageState${query}`, { token });

    expect(await ask('?message_id=nonsense')).toMatchObject(failure(404, 'not_found'));
    expect(await ask(`?message_id=${reaction}`)).toMatchObject(failure(404, 'not_found'));
    expect(await ask(`?message_id=${id}`, other.token)).toMatchObject(failure(404, 'not_found'));
    expect(await ask('')).toMatchObject(failure(400, 'bad_request'));
  });
});

describe('/bot/sendChatState', () => {
  it('writes to the stream and stores nothing', async () => {
    const engine = await connectedEngine();

    expect(await engine.post('sendChatState', { to, state: 'composing' })).toMatchObject(done);

    expect(engine.sent.map(String)).toEqual([expect.stringContaining('<composing')]);
    expect(await engine.waiting()).toEqual([]);
  });
});

describe('/bot/deleteMessage', () => {
  it('takes a message out that never left, with its corrections, and nothing else', async () => {
    const engine = await connectedEngine();
    const first = await engine.say({ text: 'one' });
    const second = await engine.say({ text: 'two', replace_id: first });
    const other = await engine.say({ text: 'other' });

    expect(await engine.post('deleteMessage', { message_id: second })).toMatchObject(done);
    expect(await engine.post('deleteMessage', { message_id: first })).toMatchObject(done);

    expect((await engine.waiting()).map(({ attrs }) => attrs.id)).toEqual([other]);
    const withdrawn = { state: 'failed', reason: 'It was deleted before it was sent.' };
    expect([await engine.stateOf(first), await engine.stateOf(second)]).toEqual([withdrawn, withdrawn]);
  });

  it('sends one retraction, by the first id, behind a message that may have left', async () => {
    const engine = await connectedEngine();
    const first = await engine.say({ text: 'one' });
    const second = await engine.say({ text: 'two', replace_id: first });
    engine.engine.outbox.noteSent(first);
    const before = await engine.say({ text: 'between' });

    const both = [1, 2].map(() => engine.post('deleteMessage', { message_id: second }));
    for (const answer of await Promise.all(both)) expect(answer).toMatchObject(done);
    expect(await engine.post('deleteMessage', { message_id: first })).toMatchObject(done);

    const waiting = await engine.waiting();
    expect(waiting.map(({ attrs }) => attrs.id).slice(0, 3)).toEqual([first, second, before]);
    expect(waiting.slice(3).map(readRetraction)).toEqual([{ id: first }]);
  });

  it('treats a message that was queued before a restart as one that may have left', async () => {
    const engine = await connectedEngine();
    const id = await engine.say();
    // Sent by a stream that is gone: nobody knows whether it arrived.
    engine.engine.outbox.noteSent(id);
    engine.engine.outbox.noteLost(id);

    await engine.post('deleteMessage', { message_id: id });

    expect((await engine.waiting()).map(readRetraction)).toEqual([undefined, { id }]);
  });

  it('erases the text of a message that the server has', async () => {
    const engine = await connectedEngine();
    const id = await engine.say({ text: 'secret' });
    const { store, outbox } = engine.engine;
    await store.write((tx) => outbox.settle(tx, id, 'acked'));
    const kept = async () => (await outbox.versions(engine.id as never, id))[0]?.stanza;
    expect(await kept()).toContain('secret');

    await engine.post('deleteMessage', { message_id: id });

    expect(await kept()).toBeUndefined();
  });

  it('sends nothing after a message that failed', async () => {
    const engine = await connectedEngine();
    const id = await engine.say();
    const { store, outbox } = engine.engine;
    await store.write((tx) => outbox.settle(tx, id, 'failed', { reason: 'no such user' }));

    expect(await engine.post('deleteMessage', { message_id: id })).toMatchObject(done);
    expect(await engine.waiting()).toEqual([]);
  });

  it('takes back what the owner wrote from the same account, and refuses what others wrote', async () => {
    const engine = await connectedEngine();
    await engine.hear({ from: 'you@localhost', to: 'you@localhost', body: 'password', stanza_id: 'mine' });
    await engine.hear({ from: to, to: 'you@localhost', body: 'x', stanza_id: 'theirs' });

    expect(await engine.post('deleteMessage', { message_id: 'mine' })).toMatchObject(done);
    expect(await engine.post('deleteMessage', { message_id: 'theirs' })).toMatchObject(
      failure(403, 'forbidden'),
    );
    expect(await engine.post('deleteMessage', { message_id: 'nonsense' })).toMatchObject(
      failure(404, 'not_found'),
    );

    const waiting = await engine.waiting();
    expect(waiting.map((stanza) => [stanza.attrs.to, readRetraction(stanza)])).toEqual([
      ['you@localhost', { id: 'mine' }],
    ]);
  });

  it("does not touch another bot's message", async () => {
    const engine = await connectedEngine();
    const other = await aBot(engine, 'Other');
    const id = await engine.say();

    const answer = await engine.call('POST', '/bot/deleteMessage', {
      token: other.token,
      body: { message_id: id },
    });

    expect(answer).toMatchObject(failure(404, 'not_found'));
    expect(await engine.waiting()).toHaveLength(1);
  });
});

describe('/bot/sendReaction', () => {
  it.each([
    ['👍', ['👍']],
    ['👍🏽 ❤️👍🏽', ['👍🏽', '❤️']],
    ['👨‍👩‍👧', ['👨‍👩‍👧']],
    ['', []],
  ])('%s is the whole of what the bot thinks', async (reaction, emojis) => {
    const engine = await connectedEngine();
    await engine.hear({ from: 'you@localhost', to: 'you@localhost', body: 'x', stanza_id: 's1' });

    const body = { to: 'you@localhost', message_id: 's1', reaction };
    expect(await engine.post('sendReaction', body)).toMatchObject(done);

    expect((await engine.waiting()).map(readReactions)).toEqual([{ id: 's1', emojis: new Set(emojis) }]);
  });

  it('is 404 for a message that is not known in that conversation', async () => {
    const engine = await connectedEngine();
    await engine.hear({ from: 'you@localhost', to: 'you@localhost', body: 'x', stanza_id: 's1' });

    for (const message_id of ['s1', 'nonsense'])
      expect(await engine.post('sendReaction', { to, message_id, reaction: '👍' })).toMatchObject(
        failure(404, 'not_found'),
      );
  });
});

describe('what is kept of messages', () => {
  it('is erased and forgotten in time, and never while it waits', async () => {
    const engine = await connectedEngine();
    const { store, outbox, outgoing } = engine.engine;
    const day = 24 * 60 * 60 * 1_000;
    const [settled, waiting] = [await engine.say({ text: 'a' }), await engine.say({ text: 'b' })];
    await engine.hear({ from: to, to: 'you@localhost', body: 'x', stanza_id: 's1' });
    await store.write((tx) => outbox.settle(tx, settled, 'acked'));
    const pass = (ms: number) =>
      store.write(async (tx) => {
        await tx.db
          .updateTable('outbox')
          .set((e) => ({ state_at: e('state_at', '-', ms) }))
          .execute();
        await tx.db
          .updateTable('known_message')
          .set((e) => ({ seen_at: e('seen_at', '-', ms) }))
          .execute();
        await outgoing.expire(tx);
      });
    const versions = async (id: string) => (await outbox.versions(engine.id as never, id))[0];

    await pass(day + 1);
    expect((await versions(settled))?.stanza).toBeUndefined();
    expect((await versions(waiting))?.stanza).toContain('b');
    await engine.say({ text: 'still', reply_to: settled });
    await engine.say({ text: 'still', reply_to: 's1' });
    await pass(30 * day);

    expect(await versions(settled)).toBeUndefined();
    expect((await versions(waiting))?.stanza).toContain('b');
    expect(await engine.post('sendMessage', { to, text: 'x', reply_to: 's1' })).toMatchObject(
      failure(404, 'not_found'),
    );
  });
});
