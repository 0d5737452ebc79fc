import { parse } from 'ltx';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chatClient } from '../../support/chat-client.ts';
import { allowAccounts, createDedicated, hear, say } from '../../support/dedicated-bot.ts';
import { engineFor } from '../../support/own-clients.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { newAccount, shared } from '../../support/shared-server.ts';
import { until } from '../../support/until.ts';
import { download, picture as png, sealedFile, upload } from '../../support/uploaded.ts';
import { windowOf } from '../../support/window-client.ts';

const timeout = 150_000;
const ejabberd = shared(startEjabberd);

/** A person in the window, the same at a phone, and somebody else. */
async function stage({ omemo = false } = {}) {
  const server = await ejabberd();
  const [you, friend] = [await newAccount(server), await newAccount(server, 'friend')];
  const engine = await engineFor(server, you, { omemo });
  const at = async ({ jid, password }: typeof you) => {
    const client = await chatClient(server, jid, password);
    onTestFinished(() => client.close());
    return client;
  };
  return {
    server,
    engine,
    you,
    friend,
    phone: await at(you),
    other: await at(friend),
    window: await windowOf(engine, you.jid),
  };
}

describe.skipIf(lacks('server', 'omemo'))('the window of a person', { timeout }, () => {
  it('has a conversation as any other client has it', async () => {
    const { you, friend, phone, other, window } = await stage();
    const from = { to: you.jid, type: 'chat' };
    const send = (inner: string, id: string) =>
      other.send(parse(`<message to='${from.to}' type='chat' id='${id}'>${inner}</message>`));

    await other.say(you.jid, 'hello window', 'f1');
    await window.sees(friend.jid, 'what the other wrote', ({ text }) => text === 'hello window');
    await phone.say(friend.jid, 'from my phone', 'p1');
    await window.sees(friend.jid, 'the carbon', ({ text }) => text === 'from my phone');
    const written = await window.write(friend.jid, 'from my window', { reply_to: 'f1' });
    await until('it to arrive', () => other.ids().includes(written.message_id));
    await until('its copy on the phone', () => phone.seen(you.jid, friend.jid).length > 0);
    const arrived = other.stanzas().find(({ attrs }) => attrs.id === written.message_id);
    expect(arrived?.getChild('generated')).toBeUndefined();
    expect(arrived?.getChild('reply')?.attrs.id).toBe('f1');

    await send(`<received xmlns='urn:xmpp:receipts' id='${written.message_id}'/>`, 'r1');
    await window.sees(friend.jid, 'the receipt', ({ state }) => state === 'delivered');
    await send(`<displayed xmlns='urn:xmpp:chat-markers:0' id='${written.message_id}'/>`, 'r2');
    await window.sees(
      friend.jid,
      'the marker',
      ({ state, message_id: id }) => state === 'displayed' && id === written.message_id,
    );
    await send("<body>hello Window!</body><replace xmlns='urn:xmpp:message-correct:0' id='f1'/>", 'f2');
    await window.sees(friend.jid, 'the correction', ({ edited, text }) => edited && text === 'hello Window!');
    await send(
      `<reactions xmlns='urn:xmpp:reactions:0' id='${written.message_id}'><reaction>👍</reaction></reactions><store xmlns='urn:xmpp:hints'/>`,
      'f3',
    );
    await window.sees(friend.jid, 'the reaction', ({ reactions }) => reactions[0]?.emoji === '👍');
    await send(
      "<retract xmlns='urn:xmpp:message-retract:1' id='f1'/><body>This person tried to retract a message.</body><store xmlns='urn:xmpp:hints'/>",
      'f4',
    );
    await window.sees(friend.jid, 'the retraction', ({ retracted }) => retracted);

    expect((await window.messages(friend.jid)).map(({ text, outgoing }) => [text, outgoing])).toEqual([
      ['', false],
      ['from my phone', true],
      ['from my window', true],
    ]);
  });

  it('commands in the chat with oneself, once, and the answer is in every client once', async () => {
    const { you, phone, window, engine } = await stage();

    await window.write(you.jid, '/newbot Weather');
    await window.sees(you.jid, 'the answer', ({ text }) => text.startsWith('Bot created!'));
    await until('the answer on the phone', () =>
      phone.seen(you.jid, you.jid).some((text) => text.startsWith('Bot created!')),
    );
    await phone.say(you.jid, '/mybots', 'p1');
    await window.sees(you.jid, 'the other answer', ({ text }) => text.includes('Your bots:'));

    const { body } = await engine.call<{ bots: unknown[] }>('GET', '/bot/list');
    expect(body.bots).toHaveLength(1);
    expect((await window.messages(you.jid)).map(({ by }) => by)).toEqual([
      'person',
      'engine',
      'person',
      'engine',
    ]);
  });

  it('sends files and shows those of others, also encrypted ones', async () => {
    const { server, you, friend, other, window } = await stage();
    const picture = png();
    await window.open(friend.jid);

    const sent = await window.sendFile(friend.jid, new File([picture], 'a picture.png'), 'look');
    await until('the file and its caption', () => other.bodies().length === 2);
    const [address = ''] = other.bodies();
    expect((await download(server.caFile, address)).bytes.equals(picture)).toBe(true);
    expect(sent).toMatchObject({ text: '', files: [{ name: 'a picture.png', type: 'image/png' }] });
    expect((await window.messages(friend.jid)).map(({ text }) => text)).toEqual(['', 'look']);
    const sealed = sealedFile(picture);
    const url = await upload(other.session, server.caFile, sealed.stored);
    await other.say(you.jid, sealed.addressAt(url), 'f1');
    const { files } = await window.sees(friend.jid, 'the file', ({ author }) => author === friend.jid);

    for (const { path } of [...files, ...sent.files]) {
      const fetched = await window.fetched(path ?? '');
      expect(fetched.bytes.equals(picture)).toBe(true);
      expect(fetched.headers).toMatchObject({
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
        'content-disposition': expect.stringMatching(/^inline;/),
      });
    }
    expect((await window.messages(friend.jid))[0]?.files[0]).toMatchObject({
      width: expect.any(Number),
      height: expect.any(Number),
    });
  });

  it('talks with a dedicated bot, encrypted in both directions', async () => {
    const { server, engine, you, window } = await stage({ omemo: true });
    await allowAccounts(engine, server);
    const bot = await createDedicated(engine, { owner: you.jid });
    expect(await window.chat(bot.jid)).toMatchObject({ kind: 'bot', name: 'Weather', bot_id: bot.id });

    await until('the bot to be written to', async () => {
      const { status } = await engine.call('POST', `${window.pathOf(bot.jid)}/messages`, {
        token: window.token,
        body: { text: 'will it rain?' },
      });
      return status === 200;
    });
    await hear(engine, bot, 'will it rain?');
    await say(engine, bot, you.jid, 'it will');
    const answer = await window.sees(bot.jid, 'the answer', ({ text }) => text === 'it will');
    await window.write(bot.jid, '/help');
    await window.sees(bot.jid, 'the menu', ({ text, outgoing }) => !outgoing && text.includes('/api'));

    expect(answer).toMatchObject({ encrypted: true, outgoing: false, by: 'bot', author: bot.jid });
    const all = await window.messages(bot.jid);
    expect(all.filter(({ kind }) => kind === 'text').every(({ encrypted }) => encrypted)).toBe(true);
    expect(all.filter(({ text }) => text === 'will it rain?')).toHaveLength(1);
    expect((await window.chat(bot.jid)).encryption).toMatchObject({ state: 'on', devices: 1 });
  });
});
