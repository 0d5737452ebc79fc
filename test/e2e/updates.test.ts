import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Element, xml } from '../../src-main/gateways/xmpp/element.ts';
import { updateData } from '../../src-shared/api/updates.ts';
import { type ChatClient, chatClient } from '../support/chat-client.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd, startProsody, type XmppServer } from '../support/servers/servers.ts';
import { aBot, type TestEngine, testEngine } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const YOU = 'you@localhost';
const FRIEND = 'friend@localhost';

const servers = [
  ['ejabberd', startEjabberd],
  ['Prosody', startProsody],
] as const;

async function client(server: XmppServer, jid: string, resource = 'phone'): Promise<ChatClient> {
  const found = await chatClient(server, jid, `${jid.split('@')[0]}-pw`, resource);
  onTestFinished(() => found.close());
  return found;
}

/** An engine in this process, signed in as you@localhost. */
async function engineOn(server: XmppServer): Promise<TestEngine> {
  const engine = await testEngine();
  await engine.engine.start();
  const { status } = await engine.call('POST', '/api/v1/accounts', {
    body: {
      jid: YOU,
      password: 'you-pw',
      service: server.service,
      ca: readFileSync(server.caFile, 'utf8'),
    },
  });
  expect(status).toBe(200);
  return engine;
}

async function setScope({ engine }: TestEngine, botId: number, scope: string): Promise<void> {
  const caller = { actor: 'test', from: 'chat' };
  await engine.store.write(async (tx) =>
    engine.botSettings.set(tx, await engine.bots.find(botId, undefined, tx), 'scope', scope, caller),
  );
}

const EVERYTHING = 'message,edited_message,deleted_message,reaction,message_state';
async function updates(engine: TestEngine, token: string) {
  const { body } = await engine.call('GET', `/bot/getUpdates?allowed_updates=${EVERYTHING}`, { token });
  return body.result as { type: keyof typeof updateData; data: Record<string, unknown> }[];
}

/** The friend may see when you are there. */
async function befriend(you: ChatClient, friend: ChatClient): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    you.session.onPresence((presence) => presence.attrs.type === 'subscribe' && resolve());
  });
  await friend.send(xml('presence', { to: YOU, type: 'subscribe' }));
  await asked;
  await you.send(xml('presence', { to: FRIEND, type: 'subscribed' }));
}

const typed = (text: string, attributes: Record<string, string>, ...more: Element[]) =>
  xml('message', { type: 'chat', ...attributes }, xml('body', {}, text), ...more);
const receiptRequest = () => xml('request', { xmlns: 'urn:xmpp:receipts' });

describe.skipIf(lacks('server', 'prosody')).each(servers)('updates on %s', (_name, startServer) => {
  it('tell what others write, change, take back and feel, and what became of what the bot sent', async () => {
    await using server = await startServer();
    for (const name of ['you', 'friend']) await server.register(name, `${name}-pw`);
    const engine = await engineOn(server);
    const [you, friend] = [await client(server, YOU), await client(server, FRIEND)];
    const { id, token } = await aBot(engine);
    await setScope(engine, id, 'all');
    await updates(engine, token);

    await friend.send(typed('helo', { to: YOU, id: 'f1' }));
    await friend.send(
      typed(
        'hello',
        { to: YOU, id: 'f2' },
        xml('replace', { xmlns: 'urn:xmpp:message-correct:0', id: 'f1' }),
      ),
    );
    const sent = await engine.call('POST', '/bot/sendMessage', { token, body: { to: FRIEND, text: 'hi' } });
    const messageId = String(sent.body.message_id);
    await until('the bot to write', () => friend.ids().includes(messageId));
    const emoji = xml('reaction', {}, '👍');
    await friend.send(
      xml(
        'message',
        { to: YOU, id: 'f3', type: 'chat' },
        xml('reactions', { xmlns: 'urn:xmpp:reactions:0', id: messageId }, emoji),
        xml('store', { xmlns: 'urn:xmpp:hints' }),
      ),
    );
    await friend.send(
      xml(
        'message',
        { to: YOU, id: 'f5', type: 'chat' },
        xml('received', { xmlns: 'urn:xmpp:receipts', id: messageId }),
      ),
    );
    await friend.send(
      typed(
        '(deleted)',
        { to: YOU, id: 'f4' },
        xml('retract', { xmlns: 'urn:xmpp:message-retract:1', id: 'f1' }),
      ),
    );
    await you.say(FRIEND, 'from my phone', 'y1-1-1-1-1');
    const found = await until('all updates', async () => {
      const all = await updates(engine, token);
      return all.length >= 7 && all;
    });

    const short = found.map(({ type, data }) => [type, data.from, data.to, data.stanza_id, data.body]);
    expect(short.toSorted()).toEqual(
      [
        ['message', FRIEND, YOU, 'f1', 'helo'],
        ['edited_message', FRIEND, YOU, 'f1', 'hello'],
        ['reaction', FRIEND, YOU, messageId, '👍'],
        ['deleted_message', FRIEND, YOU, 'f1', ''],
        ['message_state', YOU, FRIEND, messageId, ''],
        ['message_state', YOU, FRIEND, messageId, ''],
        ['message', YOU, FRIEND, 'y1-1-1-1-1', 'from my phone'],
      ].toSorted(),
    );
    for (const { type, data } of found) {
      expect(updateData[type].strict().safeParse(data).error).toBeUndefined();
    }
  }, 60_000);

  it('come with a receipt to friends while a bot reads them, and to no stranger', async () => {
    await using server = await startServer();
    for (const name of ['you', 'friend', 'stranger']) await server.register(name, `${name}-pw`);
    const engine = await engineOn(server);
    const { id, token } = await aBot(engine);
    const you = await client(server, YOU);
    const [friend, stranger] = [await client(server, FRIEND), await client(server, 'stranger@localhost')];
    await befriend(you, friend);
    const ask = (one: ChatClient, text: string, asked: string) =>
      one.send(typed(text, { to: YOU, id: asked }, receiptRequest()));
    const bodies = async () => (await updates(engine, token)).map(({ data }) => data.body);

    await ask(friend, 'nobody reads this', 'r1');
    await until('the phone to have it', () => you.bodies().includes('nobody reads this'));
    const chat = `/api/v1/chats/${encodeURIComponent(YOU)}/${encodeURIComponent(FRIEND)}/messages`;
    await until('the engine to have it', async () => {
      const { body } = await engine.call('GET', chat);
      return JSON.stringify(body).includes('nobody reads this');
    });
    await setScope(engine, id, 'direct');
    await until('a receipt', async () => {
      await ask(friend, 'read', crypto.randomUUID());
      return friend.receipts().length > 0;
    });
    await ask(stranger, 'who is there?', 'r3');
    await until('the update', async () => (await bodies()).includes('who is there?'));
    await ask(friend, 'last', 'r4');
    await until('the last receipt', () => friend.receipts().includes('r4'));

    expect(friend.receipts()).not.toContain('r1');
    expect(stranger.receipts()).toEqual([]);
    expect(await bodies()).not.toContain('nobody reads this');
  }, 60_000);
});
