import { describe, expect, it } from 'vitest';
import { composeChat } from '../../../src-main/engine/messages/compose.ts';
import { updateData } from '../../../src-shared/api/updates.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { fetched, message, startSelfChat } from '../../support/self-chat.ts';
import { aBot } from '../../support/test-engine.ts';

describe('updates other than messages', () => {
  const react = (id: string, target: string, emoji: string) =>
    message({
      text: '',
      id,
      more: `<reactions xmlns='urn:xmpp:reactions:0' id='${target}'><reaction>${emoji}</reaction></reactions>`,
    });

  it('are queued only while the program asks for them', async () => {
    const { engine, chat } = await startSelfChat();
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
    const { engine, chat } = await startSelfChat();
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
    const { engine, chat } = await startSelfChat();
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
    const { engine, chat } = await startSelfChat();
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
