import { expect, it } from 'vitest';
import { YOU } from '../../support/scripted/person-rig.ts';
import type { BotApi } from '../../support/telegram/bot-api-server.ts';
import type { TelegramTestBot } from '../../support/telegram/bots.ts';
import { type TelegramRig, telegramRig, telegramWorld } from '../../support/telegram/telegram-rig.ts';
import { until } from '../../support/until.ts';

const notices = (rig: TelegramRig) => rig.texts().filter((text) => !text.startsWith('['));

/** What another program asks of Telegram as a bot of its own. */
async function asks<Result>({ apiRoot }: BotApi, { token }: TelegramTestBot, method: string, params: object) {
  const answer = await fetch(`${apiRoot}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
  return ((await answer.json()) as { result: Result }).result;
}

it('two programs that poll with one token end each other, are each told why, and the one that stays hears all', async () => {
  const world = await telegramWorld();
  const one = await telegramRig({ world });
  await until('the long poll', () => one.robot.isPolled());
  const two = await telegramRig({ world });
  await one.trouble('other-program');
  await until('the other one to be sent away', async () => {
    one.clock.advance(10_000);
    return (await two.engine.telegram.shown(two.bot)).trouble?.kind === 'other-program';
  });
  await until('both to be told', () => [one, two].every((rig) => notices(rig).length === 1));
  for (const rig of [one, two]) expect(notices(rig)[0]).toContain('Another program reads');

  one.chat.says(one.ada, 'for one of us');
  const heard = (rig: TelegramRig) => rig.texts().includes('[Telegram] Ada Lovelace:\nfor one of us');
  await until('one of them to hear it', () => {
    for (const rig of [one, two]) rig.clock.advance(10_000);
    return heard(one) || heard(two);
  });

  await two.stop();
  one.chat.says(one.ada, 'for who is left');
  await until('all to be well', async () => {
    one.clock.advance(60_000);
    const isHeard = one.texts().includes('[Telegram] Ada Lovelace:\nfor who is left');
    return isHeard && (await one.engine.telegram.shown(one.bot)).state === 'online';
  });
  expect(notices(one)).toHaveLength(1);
});

it('of the linked channel all posts come, also of other bots, and of other channels none', async () => {
  const rig = await telegramRig({ isSetUp: false });
  const herald = rig.telegram.addBot({ username: 'herald_bot' });
  const channel = rig.telegram.addChat({ kind: 'channel', title: 'News', bots: [rig.robot, herald] });
  const elsewhere = rig.telegram.addChat({ kind: 'channel', title: 'Elsewhere', bots: [rig.robot] });
  await rig.setUp({ chat_id: channel.id });
  elsewhere.says(rig.ada, 'not for you');
  channel.says(rig.ada, 'of a person');
  const post = { chat_id: channel.id, text: 'of a bto' };
  const { message_id } = await asks<{ message_id: number }>(rig.telegram, herald, 'sendMessage', post);
  await rig.said('[Telegram] News:\nof a bto');
  rig.write('mine');
  await until('it in the channel', () => channel.botTexts().length === 2);
  await asks(rig.telegram, herald, 'editMessageText', { ...post, message_id, text: 'of a bot' });
  await rig.said('[Telegram] News:\nof a bot');
  await rig.quiet();

  const words = ['of a person', 'of a bto', 'of a bot'];
  expect(rig.texts()).toEqual(words.map((text) => `[Telegram] News:\n${text}`));
  const third = rig.sent()[2];
  expect(third?.getChild('replace')?.attrs.id).toBe(rig.sent()[1]?.attrs.id);
  expect(channel.botTexts()).toEqual(['of a bot', `[XMPP] ${YOU}:\nmine`]);
});

it('two bridges in one channel carry each post over once, and nothing goes round', async () => {
  const world = await telegramWorld();
  const one = await telegramRig({ world, isSetUp: false });
  const herald = one.telegram.addBot({ username: 'herald_bot' });
  const channel = one.telegram.addChat({ kind: 'channel', title: 'News', bots: [one.robot, herald] });
  await one.setUp({ chat_id: channel.id });
  const two = await telegramRig({ world, isSetUp: false });
  await two.setUp({ token: herald.token, chat_id: channel.id });
  await two.online();
  one.write('hello');
  await two.said(`[Telegram] News:\n[XMPP] ${YOU}:\nhello`);
  two.write('hello yourself');
  await one.said(`[Telegram] News:\n[XMPP] ${YOU}:\nhello yourself`);
  for (const rig of [one, two]) await rig.quiet();

  expect(channel.botTexts()).toEqual([`[XMPP] ${YOU}:\nhello`, `[XMPP] ${YOU}:\nhello yourself`]);
  for (const rig of [one, two]) expect(rig.texts()).toHaveLength(1);
});
