import { describe, expect, it } from 'vitest';
import { composeChat } from '../../../src-main/engine/messages/compose.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { startSelfChat } from '../../support/self-chat.ts';
import { aBot } from '../../support/test-engine.ts';

describe('news of a message that was sent', () => {
  it('moves it forward only, and counts only from the one it went to', async () => {
    const { engine, chat } = await startSelfChat();
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
    const { engine, chat } = await startSelfChat();
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
