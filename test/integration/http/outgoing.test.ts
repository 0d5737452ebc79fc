import { describe, expect, it } from 'vitest';
import { readRetraction } from '../../../src-main/gateways/xmpp/xep-0424-retraction.ts';
import { readReactions } from '../../../src-main/gateways/xmpp/xep-0444-reactions.ts';
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
    ['sendChatState', { to, state: 'gone', type: 'room' }, '`type` must be "chat" or "groupchat"'],
    ['deleteMessage', {}, '`message_id` is missing'],
    ['deleteMessage', { message_id: 7 }, '`message_id` must be a text'],
    ['deleteMessage', { message_id: LONG }, '`message_id` must be at most 1000'],
    ['sendReaction', { message_id: 'm', reaction: '👍' }, '`to` is missing'],
    ['sendReaction', { to, reaction: '👍' }, '`message_id` is missing'],
    ['sendReaction', { to, message_id: 'm' }, '`reaction` is missing'],
    ['sendReaction', { to, message_id: 'm', reaction: 'ok' }, '`reaction` takes emojis only'],
    ['sendReaction', { to, message_id: 'm', reaction: '👍\u0000' }, '`reaction` takes emojis only'],
    ['sendReaction', { to, message_id: 'm', reaction: '1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣0️⃣👍' }, 'at most 10'],
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

describe('/bot/sendChatState', () => {
  it('writes to the stream and stores nothing', async () => {
    const engine = await connectedEngine();

    expect(await engine.post('sendChatState', { to, state: 'composing' })).toMatchObject(done);

    expect(engine.sent.map(String)).toEqual([expect.stringContaining('<composing')]);
    expect(await engine.waiting()).toEqual([]);
  });

  it('is refused for a room that the bot is not in', async () => {
    const engine = await connectedEngine();
    const body = { to: 'tea@conference.localhost', state: 'composing', type: 'groupchat' };

    expect(await engine.post('sendChatState', body)).toMatchObject(failure(403, 'room_not_joined'));

    expect(engine.sent).toEqual([]);
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
    const withdrawn = {
      state: 'failed',
      reason: 'It was deleted before it was sent.',
      cause: { code: 'message.withdrawn', values: {} },
    };
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
