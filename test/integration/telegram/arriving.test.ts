import { expect, it } from 'vitest';
import { omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { OWNER } from '../../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { telegramRig, telegramWorld } from '../../support/telegram/telegram-rig.ts';
import { until } from '../../support/until.ts';

const CALLER = { actor: 'test', from: 'chat' };

async function dedicated({ hasDevice = true } = {}) {
  const world = await telegramWorld();
  const server = new ScriptedServer();
  const device = hasDevice ? await ownerDevice(server) : undefined;
  const rig = await omemoRig({ server });
  const { engine, bot } = rig;
  await engine.store.write((tx) =>
    engine.settings.set(tx, 'telegram_api_root', world.telegram.apiRoot, { ...CALLER, actor: 'admin' }),
  );
  await engine.telegram.change(bot, { token: world.robot.token, chat_id: world.chat.id }, CALLER);
  return { ...world, ...rig, ownDevice: device };
}

it('a dedicated bot carries both directions, encrypted on this side', async () => {
  const rig = await dedicated();
  const { ownDevice: device, ada, chat } = rig;
  if (!device) throw new Error('the owner has no device');
  chat.says(ada, 'a secret of Telegram');
  const heard: string[] = [];
  await until('it', async () => {
    heard.push(...(await rig.heardBy(device)));
    return heard.length > 0;
  });
  expect(heard).toEqual(['[Telegram] Ada Lovelace:\na secret of Telegram']);
  expect(rig.stanzas().join()).not.toContain('a secret of Telegram');
  await device.say('a secret of XMPP', 'x1');
  await until('it there', () => chat.botTexts().length === 1);
  expect(chat.botTexts()).toEqual([`[XMPP] ${OWNER}:\na secret of XMPP`]);
  expect(rig.server.sent.map(({ stanza }) => stanza).join()).not.toContain('a secret of XMPP');
});

it('what cannot be encrypted for anybody stays at Telegram until it can', async () => {
  const rig = await dedicated({ hasDevice: false });
  rig.chat.says(rig.ada, 'first');
  rig.chat.says(rig.ada, 'second');
  const shown = () => rig.engine.telegram.shown(rig.bot);
  await until('the trouble', async () => (await shown()).trouble?.kind === 'encryption');
  expect(rig.robot.unconfirmed()).toHaveLength(2);
  expect(rig.stanzas().join()).not.toContain('first');
  const device = await ownerDevice(rig.server);
  rig.announce('omemo2');
  const heard: string[] = [];
  await until('both', async () => {
    rig.clock.advance(60_000);
    const all = await rig.heardBy(device);
    heard.push(...all.filter((text) => text.startsWith('[Telegram]')));
    return heard.length >= 2;
  });
  expect(heard).toEqual(['[Telegram] Ada Lovelace:\nfirst', '[Telegram] Ada Lovelace:\nsecond']);
  await until('the trouble to be over', async () => (await shown()).trouble === null);
});

it('what is no text is told of in one line, in the language of the owner', async () => {
  const rig = await telegramRig();
  const { engine, account } = rig;
  rig.chat.says(rig.ada, '', {
    with: { photo: [{ file_id: 'a', file_unique_id: 'b', width: 1280, height: 960 }], caption: 'the sea' },
  });
  await rig.said('[Telegram] Ada Lovelace:\n[Photo 1280×960]\nthe sea');
  await engine.accounts.setLanguage(account.jid, 'de', rig.caller);
  rig.chat.says(rig.ada, '', {
    with: { voice: { file_id: 'a', file_unique_id: 'b', duration: 75, file_size: 1_234_567 } },
  });
  await rig.said('[Telegram] Ada Lovelace:\n[Sprachnachricht 1:15 1,2 MB]');
});

it('text that looks like styling and is none is not styled; entities are', async () => {
  const rig = await telegramRig();
  rig.chat.says(rig.ada, 'no *bold* here');
  await rig.said('[Telegram] Ada Lovelace:\nno *bold* here');
  expect(rig.sent()[0]?.getChild('unstyled')).toBeTruthy();
  rig.chat.says(rig.ada, 'bold here', { entities: [{ type: 'bold', offset: 0, length: 4 }] });
  await rig.said('[Telegram] Ada Lovelace:\n*bold* here');
  expect(rig.sent()[1]?.getChild('unstyled')).toBeFalsy();
});

it('an edit of a message that is not known here is said anew, and an answer to one quotes it', async () => {
  const rig = await telegramRig({ isSetUp: false });
  const before = rig.chat.says(rig.ada, 'from before');
  await rig.setUp({ mode: 'forward' });
  await rig.online();
  await rig.quiet();
  await rig.engine.store.write((tx) => rig.engine.telegram.setMode(tx, rig.bot, 'bridge', rig.caller));
  rig.chat.edits(before.message_id, 'changed now');
  await rig.said('[Telegram] Ada Lovelace (edited):\nchanged now');
  const other = rig.chat.says(rig.stranger, 'x');
  await rig.said('[Telegram] Mallory:\nx');
  await rig.engine.store.write(async (tx) => void (await tx.db.deleteFrom('telegram_message').execute()));
  rig.chat.says(rig.ada, 'to you', { replyTo: other.message_id });
  await rig.said('[Telegram] Ada Lovelace:\n> x\nto you');
});

it('posts of a linked channel arrive, by its name too', async () => {
  const rig = await telegramRig({ isSetUp: false });
  const channel = rig.telegram.addChat({
    kind: 'channel',
    title: 'Weather',
    username: 'weather_news',
    bots: [rig.robot],
  });
  await rig.setUp({ chat_id: '@weather_news' });
  channel.says(rig.ada, 'sunny');
  await rig.said('[Telegram] Weather:\nsunny');
  rig.write('thanks');
  await until('it there', () => channel.botTexts().length === 1);
  await rig.quiet();
  expect(rig.texts()).toEqual(['[Telegram] Weather:\nsunny']);
});

it('a program is told what came over when it asks for that, with the message that an edit changes', async () => {
  const rig = await telegramRig();
  const { engine, bot } = rig;
  const seen = async () => {
    const [current] = await engine.bots.list(bot.owner);
    if (!current) throw new Error('the bot is gone');
    const asked = {
      offset: undefined,
      limit: 100,
      types: ['bridge_message'],
      timeoutMs: 0,
      recheck: () => Promise.resolve(),
    };
    return engine.updates.poll(current, { ...asked, signal: new AbortController().signal });
  };
  rig.chat.says(rig.ada, 'nobody asks for it');
  await rig.said('[Telegram] Ada Lovelace:\nnobody asks for it');
  await engine.wantedTypes.note(bot, ['bridge_message']);
  const told = rig.chat.says(rig.ada, 'tell it');
  await rig.said('[Telegram] Ada Lovelace:\ntell it');
  rig.chat.edits(told.message_id, 'tell it better');
  await until('both updates', async () => (await seen()).length >= 2);
  const name = rig.sent().find((stanza) => /\ntell it$/.test(stanza.getChildText('body') ?? ''))?.attrs.id;
  const common = { from: bot.owner, to: bot.owner, type: 'chat', stanza_id: name, author: 'Ada Lovelace' };
  expect((await seen()).map(({ type, data }) => [type, JSON.parse(data)])).toEqual([
    ['bridge_message', { ...common, body: 'tell it', chat_id: rig.chat.id, timestamp: expect.any(Number) }],
    [
      'bridge_message',
      {
        ...common,
        body: 'tell it better',
        chat_id: rig.chat.id,
        timestamp: expect.any(Number),
        edited: true,
      },
    ],
  ]);
});
