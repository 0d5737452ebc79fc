import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import xml from '@xmpp/xml';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readChatState } from '../../src-main/gateways/xmpp/xep-0085-chat-states.ts';
import { readReplaced } from '../../src-main/gateways/xmpp/xep-0308-correction.ts';
import { readRetraction } from '../../src-main/gateways/xmpp/xep-0424-retraction.ts';
import { readReactions } from '../../src-main/gateways/xmpp/xep-0444-reactions.ts';
import { readReply } from '../../src-main/gateways/xmpp/xep-0461-reply.ts';
import { type ChatClient, chatClient } from '../support/chat-client.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

interface Sent {
  message_id: string;
}
interface State {
  state: string;
}

describe.skipIf(lacks('server'))('what a bot sends over ejabberd', () => {
  let server: Awaited<ReturnType<typeof startEjabberd>>;

  beforeAll(async () => {
    server = await startEjabberd();
    await server.register('you', 'you-pw');
    await server.register('friend', 'friend-pw');
  });
  afterAll(() => server?.kill());

  const person = async (name: string): Promise<ChatClient> => {
    const client = await chatClient(server, `${name}@localhost`, `${name}-pw`);
    onTestFinished(() => client.close());
    return client;
  };

  /** An engine that is signed in, with a bot, and what its program calls. */
  async function bot(dataDir = testFolder(), service = server.service) {
    const engine = await startEngineProcess(dataDir);
    // In order: an engine that is only cut stays on the server for a while, and the next one waits for it.
    onTestFinished(async () => void (await engine.stop()));
    await signInOn(engine, { service, caFile: server.caFile });
    const { body } = await engine.call<{ token: string }>('POST', '/bot/create', {
      body: { name: 'Sender', account: 'you@localhost' },
    });
    return { dataDir, engine, token: body.token, ...program(engine, body.token) };
  }
  const program = (engine: EngineProcess, token: string) => ({
    post: <Result = Record<string, unknown>>(path: string, body: unknown) =>
      engine.call<Result>('POST', `/bot/${path}`, { token, body }),
    say: async (fields: Record<string, unknown>): Promise<string> => {
      const body = { to: 'friend@localhost', ...fields };
      const answer = await engine.call<Sent>('POST', '/bot/sendMessage', { token, body });
      expect(answer).toMatchObject({ status: 200 });
      return answer.body.message_id;
    },
    stateOf: async (id: string) =>
      (await engine.call<State>('GET', `/bot/getMessageState?message_id=${id}`, { token })).body.state,
    becomes: async (id: string, state: string) =>
      until(`${id} to be ${state}`, async () => {
        const path = `/bot/getMessageState?message_id=${id}`;
        return (await engine.call<State>('GET', path, { token })).body.state === state;
      }),
    isOnline: async () => (await engine.call<State>('GET', '/bot/getMe', { token })).body.state === 'online',
  });

  it("is seen by a friend's client as correction, answer, reaction, chat state and retraction, in order", async () => {
    const friend = await person('friend');
    const { post, say } = await bot();

    await post('sendChatState', { to: 'friend@localhost', state: 'composing' });
    const first = await say({ text: 'Godd morning' });
    const second = await say({ text: 'Good morning', replace_id: first });
    const answer = await say({ text: 'It will rain.', reply_to: second });
    await post('sendReaction', { to: 'friend@localhost', message_id: answer, reaction: '☔👍' });
    await post('sendReaction', { to: 'friend@localhost', message_id: answer, reaction: '' });
    await post('deleteMessage', { message_id: second });
    await until('the retraction', () => friend.stanzas().some(readRetraction));

    const stanzas = friend.stanzas();
    const [state, original, correction, reply, reaction, none, retraction] = stanzas;
    expect(stanzas.map(({ attrs }) => [attrs.type, String(attrs.from).split('/')[0]])).toEqual(
      stanzas.map(() => ['chat', 'you@localhost']),
    );
    expect(stanzas.every((one) => one.getChild('generated', 'urn:botmother:0'))).toBe(true);
    expect(state && readChatState(state)).toBe('composing');
    expect([original?.attrs.id, original?.getChildText('body')]).toEqual([first, 'Godd morning']);
    expect(correction && readReplaced(correction)).toEqual({ id: first });
    expect(reply && readReply(reply)).toEqual({ id: first, to: 'you@localhost', text: 'It will rain.' });
    expect(reply?.getChildText('body')).toBe('> Good morning\nIt will rain.');
    expect(reaction && readReactions(reaction)).toEqual({ id: answer, emojis: new Set(['☔', '👍']) });
    expect(none && readReactions(none)).toEqual({ id: answer, emojis: new Set() });
    expect(retraction && readRetraction(retraction)).toEqual({ id: first });
    expect(stanzas).toHaveLength(7);
  }, 60_000);

  it('answers what was typed into the self-chat, reacts to it and takes it back, under the id the client gave', async () => {
    const you = await person('you');
    const { post, engine, token } = await bot();
    await you.say('you@localhost', 'what is the weather?', 'typed-1');
    const { body } = await engine.call('GET', '/bot/getUpdates?timeout=30', { token });
    const [update] = body.result as { update_id: number; data: { stanza_id: string } }[];
    await engine.call('GET', `/bot/getUpdates?offset=${update?.update_id}`, { token });
    const message_id = update?.data.stanza_id;
    const to = 'you@localhost';

    await post('sendMessage', { to, text: 'sunny', reply_to: message_id });
    await post('sendReaction', { to, message_id, reaction: '☀️' });
    await post('deleteMessage', { message_id });
    await until('the retraction', () => you.stanzas().some(readRetraction));
    await you.say('you@localhost', 'and tomorrow?');

    const [answer] = you.stanzas().flatMap((one) => readReply(one) ?? []);
    expect(answer).toEqual({ id: 'typed-1', to, text: 'sunny' });
    expect(you.stanzas().flatMap((one) => readReactions(one) ?? [])[0]).toEqual({
      id: 'typed-1',
      emojis: new Set(['☀️']),
    });
    expect(you.stanzas().flatMap((one) => readRetraction(one) ?? [])[0]).toEqual({ id: 'typed-1' });
    // Nothing of that came back to the bot.
    const { body: next } = await engine.call('GET', '/bot/getUpdates?timeout=30', { token });
    expect((next.result as { data: { body: string } }[]).map(({ data }) => data.body)).toEqual([
      'and tomorrow?',
    ]);
  }, 60_000);

  it("tells a message's way: sent, acked, delivered, displayed", async () => {
    const friend = await person('friend');
    const { hostname, port } = new URL(server.service);
    const proxy = await FaultProxy.start({ to: { host: hostname, port: Number(port) } });
    onTestFinished(() => proxy.close());
    const { say, stateOf, becomes } = await bot(undefined, `xmpp://127.0.0.1:${proxy.port}`);

    proxy.flow = { kind: 'blackhole' };
    const id = await say({ text: 'on the way' });
    await becomes(id, 'sent');
    proxy.flow = { kind: 'normal' };
    await becomes(id, 'acked');
    const news = (name: string, xmlns: string) =>
      friend.send(xml('message', { to: 'you@localhost', type: 'chat' }, xml(name, { xmlns, id })));
    await news('received', 'urn:xmpp:receipts');
    await becomes(id, 'delivered');
    await news('displayed', 'urn:xmpp:chat-markers:0');
    await becomes(id, 'displayed');

    const bounced = await say({ to: 'nobody@localhost', text: 'x' });
    await becomes(bounced, 'failed');
    expect(await stateOf(id)).toBe('displayed');
  }, 60_000);

  it('takes back what waits for the server without anybody seeing it', async () => {
    const { hostname, port } = new URL(server.service);
    const proxy = await FaultProxy.start({ to: { host: hostname, port: Number(port) } });
    onTestFinished(() => proxy.close());
    const friend = await person('friend');
    const { post, say, stateOf, isOnline, becomes } = await bot(undefined, `xmpp://127.0.0.1:${proxy.port}`);

    await proxy.refuse(true);
    proxy.cut('rst');
    await until('the engine to notice', async () => !(await isOnline()));
    const secret = await say({ text: 'never seen' });
    const corrected = await say({ text: 'never seen either', replace_id: secret });
    const kept = await say({ text: 'seen' });
    const withdrawn = await post('deleteMessage', { message_id: secret });
    expect((await post('sendChatState', { to: 'friend@localhost', state: 'composing' })).status).toBe(503);
    await proxy.refuse(false);
    await becomes(kept, 'acked');
    await until('the other message', () => friend.bodies().includes('seen'));

    expect(withdrawn.status).toBe(200);
    expect([await stateOf(secret), await stateOf(corrected)]).toEqual(['failed', 'failed']);
    expect(friend.bodies()).toEqual(['seen']);
  }, 60_000);

  it('is sent once for one Idempotency-Key, at once and after a crash', async () => {
    const friend = await person('friend');
    const { dataDir, engine, token } = await bot();
    const send = async ({ port }: EngineProcess, text = 'only once') => {
      const response = await fetch(`http://127.0.0.1:${port}/bot/sendMessage`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': 'order-1',
        },
        body: JSON.stringify({ to: 'friend@localhost', text }),
      });
      return { status: response.status, id: ((await response.json()) as Partial<Sent>).message_id };
    };

    const answers = await Promise.all(Array.from({ length: 8 }, () => send(engine)));
    await engine.kill();
    const again = await startEngineProcess(dataDir);
    onTestFinished(again.kill);
    answers.push(await send(again));
    const other = await send(again, 'other');
    const { say: sayAgain } = program(again, token);
    await until('the engine to be back', () => program(again, token).isOnline());
    await sayAgain({ text: 'last' });
    await until('the last message', () => friend.bodies().includes('last'));

    expect(new Set(answers.map(({ status, id }) => `${status} ${id}`)).size).toBe(1);
    expect([answers[0]?.status, other.status]).toEqual([200, 409]);
    // The crash may have sent it twice under one id, which clients show once.
    expect(new Set(friend.ids()).size).toBe(2);
    for (const file of ['bot_registry.db', 'bot_registry.db-wal'])
      expect(readFileSync(join(dataDir, file)).includes('only once')).toBe(false);
  }, 60_000);
});
