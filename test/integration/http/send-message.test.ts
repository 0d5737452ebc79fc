import { describe, expect, it } from 'vitest';
import { readReplaced } from '../../../src-main/gateways/xmpp/xep-0308-correction.ts';
import { readReply } from '../../../src-main/gateways/xmpp/xep-0461-reply.ts';
import { connectedEngine } from '../../support/connected-engine.ts';
import { aBot, failure } from '../../support/test-engine.ts';

const to = 'friend@localhost';

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
      ['queued', 'sent', 'queued', 'acked', 'acked', 'displayed'].map((state) => ({
        state,
        reason: null,
        cause: null,
      })),
    );
  });

  it('says why a message failed', async () => {
    const engine = await connectedEngine();
    const id = await engine.say();
    const { store, outbox } = engine.engine;
    await store.write((tx) => outbox.settle(tx, id, 'failed', { reason: 'x'.repeat(10_000) }));

    expect(await engine.stateOf(id)).toEqual({ state: 'failed', reason: 'x'.repeat(300), cause: null });
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
