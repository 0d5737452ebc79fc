import { parse } from 'ltx';
import { describe, expect, it, onTestFinished } from 'vitest';
import { en } from '../../../src-shared/text/en.ts';
import { chatClient } from '../../support/chat-client.ts';
import { allowAccounts, createDedicated, type DedicatedBot, say } from '../../support/dedicated-bot.ts';
import { type EngineProcess, startEngineProcess } from '../../support/engine-process.ts';
import { madeUp } from '../../support/made-up-message.ts';
import { type OmemoPeer, startOmemoPeer } from '../../support/omemo-peer.ts';
import { receiver } from '../../support/receiver.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { type NewAccount, newAccount, shared } from '../../support/shared-server.ts';
import { captureStreams } from '../../support/stream-capture.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const timeout = 120_000;
const ejabberd = shared(startEjabberd);

/** An engine whose bots reach the server through a place that keeps what they say. */
async function captured(owner: NewAccount) {
  const server = await ejabberd();
  const capture = await captureStreams(server);
  const engine = await startEngineProcess(testFolder());
  onTestFinished(engine.kill);
  const there = { ...server, service: capture.service };
  await allowAccounts(engine, there);
  const bot = await createDedicated(engine, { owner: owner.jid });
  /** The bodies that stand on the wire, of all that the bot sent. */
  const bodies = () => {
    const found = [...capture.sent().matchAll(/<body[^>]*>([^<]*)<\/body>/g)].map(([, text = '']) => text);
    return [...new Set(found)].toSorted();
  };
  return { engine, capture, bot, bodies };
}

const post = async (engine: EngineProcess, { token }: DedicatedBot, path: string, body: object) => {
  const answer = await engine.call('POST', `/bot/${path}`, { token, body });
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
};
const deviceOf = async (engine: EngineProcess, { id }: DedicatedBot): Promise<number> => {
  const { body } = await engine.call<{ own: { device: number } }>('GET', `/bot/omemo/devices?id=${id}`);
  return body.own.device;
};
/** A command in clear that its server says is five minutes old. */
const lateCommand = (to: string) =>
  parse(
    `<message to='${to}' type='chat' id='late-1'><body>/info for what is late</body>` +
      `<delay xmlns='urn:xmpp:delay' from='localhost' stamp='${new Date(Date.now() - 300_000).toISOString()}'/></message>`,
  );
/** A message with these words in what was encrypted. */
const reads = (client: OmemoPeer, words: string) =>
  client.waitForMessage(
    ({ kind, text, envelope }) => kind === 'encrypted' && `${text}${envelope}`.includes(words),
  );

describe.skipIf(lacks('server', 'omemo'))('the stream of a dedicated bot', { timeout }, () => {
  it.each(['old', 'new'] as const)(
    'shows none of its words to a server, whose owner knows %s',
    async (mode) => {
      const server = await ejabberd();
      const owner = await newAccount(server);
      const client = await startOmemoPeer({ server, ...owner, mode });
      const { engine, capture, bot, bodies } = await captured(owner);
      const { jid } = owner;
      await until(
        'the device of the bot',
        async () => (await client.publishedDevices(bot.jid, mode)).length > 0,
      );
      await client.send(bot.jid, 'words of the owner');
      const { body } = await engine.call<{ result: { data: { stanza_id: string } }[] }>(
        'GET',
        '/bot/getUpdates?timeout=20',
        { token: bot.token },
      );
      const theirs = body.result[0]?.data.stanza_id ?? '';

      const mine = await say(engine, bot, jid, 'a report');
      await post(engine, bot, 'sendMessage', { to: jid, text: 'an answer', reply_to: theirs });
      await reads(client, 'an answer');
      await post(engine, bot, 'sendMessage', { to: jid, text: 'an addition', reply_to: mine });
      await reads(client, 'an addition');
      await post(engine, bot, 'sendMessage', { to: jid, text: 'a better report', replace_id: mine });
      await reads(client, 'a better report');
      await post(engine, bot, 'sendReaction', { to: jid, message_id: theirs, reaction: '🍓' });
      await reads(client, '🍓');
      await post(engine, bot, 'sendChatState', { to: jid, state: 'composing' });
      await post(engine, bot, 'deleteMessage', { message_id: mine });
      await client.waitForMessage(({ text, envelope }) =>
        mode === 'old' ? text === en['retraction.fallback'] : envelope?.includes('<retract ') === true,
      );

      const typed = [
        ['/help', 'Show this list'],
        ['/info', 'Mode: dedicated'],
        ['/omemo', 'My device:'],
        ['/omemo trust 4711', 'There is no device 4711'],
        ['/ki', 'Set the AI up: /ki setup'],
      ] as const;
      for (const [command, words] of typed) {
        await client.send(bot.jid, command);
        await reads(client, words);
      }

      const later = await startOmemoPeer({ server, ...owner, mode, resource: 'later' });
      await later.send(bot.jid, '/info');
      await reads(client, 'A new device can read this chat now');
      await reads(client, 'its command waits');

      const hook = await receiver();
      hook.onRequest = (request) => request.answer(410);
      await post(engine, bot, 'setWebhook', { url: hook.url });
      await reads(client, 'A program with its token asked for that');
      await client.send(bot.jid, 'for the webhook');
      await reads(client, 'is off now');

      await client.sendPlain(bot.jid, '/info');
      await client.waitForMessage(({ text }) => text === en['omemo.wanted']);

      const third = await chatClient(server, jid, owner.password, 'third');
      onTestFinished(() => third.close());
      await third.send(madeUp(bot.jid, 'forged-1', client.device, await deviceOf(engine, bot)));
      const [lost] = en['omemo.lost'].split('{{device}}');
      await reads(client, `${lost}${client.device}`);

      const listening = { allow_plaintext: true };
      expect((await engine.call('POST', `/bot/settings?id=${bot.id}`, { body: listening })).status).toBe(200);
      await third.send(lateCommand(bot.jid));
      await reads(client, en['late.title']);

      const ours = [
        'words of the owner',
        ...['a report', 'an answer', 'an addition', 'a better report', '🍓', en['retraction.fallback']],
        ...typed.map(([, words]) => words),
        ...['A new device', 'its command waits', 'A program with its token', 'is off now', 'for the webhook'],
        ...[en['omemo.undecryptable'], `${lost}${client.device}`, en['late.title']],
      ];
      expect(capture.seen(...ours)).toEqual([]);
      expect(capture.sent()).toContain(mine);
      expect(bodies()).toEqual([en['omemo.wanted'], en['omemo.fallback']].toSorted());
    },
  );

  it('has the two fixed texts and nothing else for an owner without OMEMO', async () => {
    const server = await ejabberd();
    const owner = await newAccount(server);
    const { engine, bot, bodies } = await captured(owner);
    const plain = await chatClient(server, owner.jid, owner.password);
    onTestFinished(() => plain.close());
    await plain.say(bot.jid, '/info');
    await plain.say(bot.jid, 'my words');
    await until('the hint', () => plain.bodies().includes(en['omemo.wanted']));
    const refused = await engine.call('POST', '/bot/sendMessage', {
      token: bot.token,
      body: { to: owner.jid, text: 'a report' },
    });

    expect([refused.status, refused.body.error]).toEqual([409, 'no_omemo_device']);
    await plain.send(madeUp(bot.jid, 'forged-1', 4711, await deviceOf(engine, bot)));
    await until('the notice', () => plain.bodies().includes(en['omemo.undecryptable']));
    const listening = { allow_plaintext: true };
    expect((await engine.call('POST', `/bot/settings?id=${bot.id}`, { body: listening })).status).toBe(200);
    await plain.send(lateCommand(bot.jid));
    await until('it to be given up', () => engine.log().includes('an answer could not be sent'));

    expect(bodies()).toEqual([en['omemo.wanted'], en['omemo.undecryptable']].toSorted());
  });
});
