import { expect, it } from 'vitest';
import { YOU } from '../../support/scripted/person-rig.ts';
import { telegramRig } from '../../support/telegram/telegram-rig.ts';
import { until } from '../../support/until.ts';

const HTTP = { actor: 'bot 1', from: '203.0.113.7' };
const { signal } = new AbortController();

it('setting up asks Telegram, switches on, and shows the token masked', async () => {
  const rig = await telegramRig();
  await rig.online();
  const shown = await rig.engine.telegram.shown(rig.bot);
  expect(shown).toMatchObject({
    enabled: true,
    configured: true,
    username: 'helper_bot',
    mode: 'bridge',
    ai_answers: true,
    chat: { id: rig.chat.id, kind: 'private', title: 'Ada Lovelace' },
    trouble: null,
    webhook: null,
  });
  expect(shown.token).not.toContain(rig.robot.token.slice(12, -4));
  const items = await rig.engine.store.read.selectFrom('audit_log').selectAll().execute();
  expect(JSON.stringify(items)).toContain('telegram.setup');
  expect(JSON.stringify(items)).not.toContain(rig.robot.token);
});

it('what Telegram refuses changes nothing', async () => {
  const rig = await telegramRig({ isSetUp: false });
  const { bot, engine, robot } = rig;
  const refused = async (code: string, change: Parameters<typeof rig.setUp>[0]) =>
    expect(rig.setUp(change)).rejects.toMatchObject({ code });
  await refused('telegram.token-refused', { token: `${robot.id}:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA` });
  await refused('telegram.chat-unknown', { chat_id: '4711' });
  robot.setWebhook('https://n8n.example/webhook/secret-path');
  await refused('telegram.foreign-webhook', {});
  await expect(rig.setUp()).rejects.toThrow('n8n.example');
  await expect(rig.setUp()).rejects.not.toThrow('secret-path');
  expect(await engine.telegram.shown(bot)).toMatchObject({ configured: false, chat: null });
  await expect(engine.telegram.change(bot, { enabled: true }, rig.caller)).rejects.toMatchObject({
    code: 'telegram.not-set-up',
  });

  expect(await rig.setUp({ force: true })).toMatchObject({ enabled: true, warning: null });
  expect(rig.telegram.requestsOf('deleteWebhook')).toHaveLength(1);
  await rig.online();

  const other = await rig.make('Other');
  await expect(
    engine.telegram.change(other, { token: robot.token, chat_id: rig.chat.id }, rig.caller),
  ).rejects.toMatchObject({ code: 'telegram.token-used' });
});

it('the webhook of another program can be taken away before anything is saved', async () => {
  const rig = await telegramRig({ isSetUp: false });
  const { bot, engine, robot, caller } = rig;
  const draft = { token: robot.token };
  robot.setWebhook('https://n8n.example/webhook/1');
  rig.chat.says(rig.ada, 'hello bot');
  await expect(engine.telegram.chats(bot, draft, signal)).rejects.toMatchObject({
    code: 'telegram.webhook-hides',
  });
  await expect(engine.telegram.removeWebhook(bot, caller, signal)).rejects.toMatchObject({
    code: 'telegram.not-set-up',
  });

  await engine.telegram.removeWebhook(bot, caller, signal, draft);

  expect(await engine.telegram.check(bot, draft, signal)).toMatchObject({ webhook: null });
  expect(await engine.telegram.chats(bot, draft, signal)).toMatchObject([{ title: 'Ada Lovelace' }]);
  expect(await engine.telegram.shown(bot)).toMatchObject({ configured: false, token: null });
});

it('is stored with a warning where Telegram cannot be asked, and works as soon as it can', async () => {
  const rig = await telegramRig({ isSetUp: false });
  await rig.telegram.pause();
  const stored = await rig.setUp();
  expect(stored).toMatchObject({ enabled: true, configured: true, chat: { id: rig.chat.id } });
  expect(stored.warning).toContain('could not be reached');
  await rig.trouble('unreachable');
  rig.write('waits');
  await until('it to wait', async () => (await rig.engine.telegram.shown(rig.bot)).waiting === 1);
  await rig.telegram.resume();
  await until('it to go on', async () => {
    rig.clock.advance(60_000);
    return rig.chat.botTexts().length === 1;
  });
  rig.chat.says(rig.ada, 'hello');
  await until('the greeting', async () => {
    rig.clock.advance(60_000);
    return rig.texts().includes('[Telegram] Ada Lovelace:\nhello');
  });
  await rig.online();
});

it('an owner is told of a link that was not set in chat, and not of one that was', async () => {
  const rig = await telegramRig();
  const heard = () => rig.texts().filter((text) => text.includes('Telegram bridge of Helper'));
  expect(heard()).toEqual([]);
  const token = rig.robot.revoke();
  await rig.engine.telegram.change(rig.bot, { token }, HTTP);
  await until('the notice', () => heard().length === 1);
  expect(heard()[0]).toContain('@helper_bot');
  expect(heard()[0]).toContain('203.0.113.7');
  await rig.engine.telegram.change(rig.bot, { mode: 'forward' }, HTTP);
  expect(heard()).toHaveLength(1);
});

it('a new token of another Telegram bot starts from its own updates', async () => {
  const rig = await telegramRig();
  rig.chat.says(rig.ada, 'by the first');
  await rig.said('[Telegram] Ada Lovelace:\nby the first');
  const second = rig.telegram.addBot({ username: 'second_bot' });
  const chat = rig.telegram.privateChat(rig.ada, second);
  chat.says(rig.ada, 'by the second');
  await rig.engine.telegram.change(rig.bot, { token: second.token }, rig.caller);
  await rig.said('[Telegram] Ada Lovelace:\nby the second');
  expect((await rig.engine.telegram.shown(rig.bot)).username).toBe('second_bot');
});

it('what waits for a chat goes to no other one, and the audit log says so', async () => {
  const rig = await telegramRig();
  rig.chat.refuse(rig.robot, 'blocked');
  rig.write('for Ada alone');
  await rig.trouble('blocked');
  await rig.setUp({ chat_id: rig.otherChat.id });
  const { recent, waiting } = await rig.engine.telegram.shown(rig.bot);
  expect([waiting, recent[0]?.state]).toEqual([0, 'failed']);
  const dropped = (await rig.engine.audit.page({ limit: 10 })).find(
    ({ action }) => action === 'telegram.dropped',
  );
  expect(dropped).toMatchObject({ details: '1 for the chat before', actor: rig.caller.actor });
  rig.write('for who is there');
  await until('it', () => rig.otherChat.botTexts().length === 1);
  expect(rig.otherChat.botTexts()).toEqual([`[XMPP] ${YOU}:\nfor who is there`]);
});

it('shows who wrote to the Telegram bot, without taking anything, and says hello there', async () => {
  const rig = await telegramRig({ isSetUp: false });
  const draft = { token: rig.robot.token };
  rig.chat.says(rig.ada, 'for the picker');
  rig.otherChat.says(rig.stranger, 'me too');
  const { chats, check, hello } = rig.engine.telegram;
  expect((await chats(rig.bot, draft, signal)).map(({ title }) => title)).toEqual([
    'Mallory',
    'Ada Lovelace',
  ]);
  expect(rig.robot.unconfirmed()).toHaveLength(2);
  expect(await check(rig.bot, draft, signal)).toMatchObject({ username: 'helper_bot', webhook: null });
  await hello(rig.bot, { ...draft, chat_id: rig.chat.id }, signal);
  expect(rig.chat.botTexts()).toEqual([expect.stringContaining('This is Helper')]);
  await expect(hello(rig.bot, { ...draft, chat_id: '4711' }, signal)).rejects.toMatchObject({
    code: 'telegram.chat-unknown',
  });
  await rig.setUp();
  await rig.said('[Telegram] Ada Lovelace:\nfor the picker');
  await rig.quiet();
  expect((await chats(rig.bot, {}, signal)).map(({ title }) => title)).toEqual(['Mallory', 'Ada Lovelace']);
});

it('off and on, forward and bridge, and gone', async () => {
  const rig = await telegramRig();
  const { engine, bot, robot } = rig;
  await until('the long poll', () => robot.isPolled());
  await engine.store.write((tx) => engine.telegram.setEnabled(tx, bot, false, rig.caller));
  await until('the poll to end', () => !robot.isPolled());
  rig.write('while it is off');
  await rig.handled();
  await expect(
    engine.store.write((tx) => engine.telegram.send(tx, bot, { from: 'API', text: 'no' })),
  ).rejects.toMatchObject({ code: 'telegram.off' });

  await engine.store.write(async (tx) => {
    await engine.telegram.setMode(tx, bot, 'forward', rig.caller);
    await engine.telegram.setEnabled(tx, bot, true, rig.caller);
  });
  await rig.online();
  rig.chat.says(rig.ada, 'nobody hears that');
  await engine.store.write((tx) => engine.telegram.send(tx, bot, { from: 'API', text: 'forward' }));
  await rig.saidThere('[XMPP] API:\nforward');
  await rig.quiet();
  await engine.store.write((tx) => engine.telegram.setMode(tx, bot, 'bridge', rig.caller));
  rig.chat.says(rig.ada, 'this is heard');
  await rig.said('[Telegram] Ada Lovelace:\nthis is heard');
  expect(rig.texts()).toHaveLength(1);
  expect(rig.chat.botTexts()).toEqual(['[XMPP] API:\nforward']);

  await engine.store.write((tx) => engine.bots.setActive(tx, bot, false, rig.caller));
  await until('the poll to end with its bot', () => !robot.isPolled());
  const again = await engine.bots.find(bot.id);
  await engine.store.write((tx) => engine.bots.setActive(tx, again, true, rig.caller));
  await until('the poll to be back', () => robot.isPolled());
  await engine.store.write(async (tx) => void (await engine.dedicated.delete(tx, again, rig.caller)));
  await until('the poll to end for good', () => !robot.isPolled());
  const rows = await engine.store.read.selectFrom('telegram_bot').selectAll().execute();
  expect(rows).toEqual([]);
  expect(YOU).toBe(bot.owner);
});
