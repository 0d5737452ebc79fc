import { expect, it } from 'vitest';
import { WAITING_AT_MOST } from '../../../src-main/engine/telegram/telegram-drops.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import {
  correcting,
  retracting,
  type TelegramRig,
  telegramRig,
} from '../../support/telegram/telegram-rig.ts';
import { until } from '../../support/until.ts';

const isWaiting = (rig: TelegramRig, count: number) =>
  until(`${count} to wait`, async () => (await rig.engine.telegram.shown(rig.bot)).waiting === count);
const goesOn = (rig: TelegramRig, count: number) =>
  until(`${count} at Telegram`, () => {
    rig.clock.advance(60_000);
    return rig.chat.botTexts().length >= count;
  });

it.each(['before', 'middle'] as const)('a message whose answer is cut (%s) is there once', async (cut) => {
  const rig = await telegramRig();
  rig.chat.says(rig.ada, 'hello');
  await rig.said('[Telegram] Ada Lovelace:\nhello');
  for (const isDone of [true, false]) {
    rig.telegram.fault({ method: 'sendMessage', isDone, answer: { cut } });
    const text = `once ${isDone}`;
    rig.write(text);
    await rig.trouble('unreachable');
    // Somebody writes in between: the numbers go on.
    rig.chat.says(rig.ada, `meanwhile ${isDone}`);
    await rig.said(`[Telegram] Ada Lovelace:\nmeanwhile ${isDone}`);
    await goesOn(rig, isDone ? 1 : 2);
    await rig.quiet();
    await rig.trouble(undefined);
  }
  expect(rig.chat.botTexts()).toEqual([`[XMPP] ${YOU}:\nonce true`, `[XMPP] ${YOU}:\nonce false`]);
  // What was found can be corrected like any other.
  rig.write('twice', { more: correcting('m0') });
  await rig.saidThere(`[XMPP] ${YOU}:\ntwice`);
  expect(rig.chat.botTexts()).toHaveLength(2);
});

it('a long text is sent in parts, in order, and corrected in parts', async () => {
  const rig = await telegramRig();
  const line = 'Grüße 👩‍👩‍👧 שלום';
  const text = Array.from({ length: 600 }, (_, at) => `${line} ${at}`).join('\n');
  const id = rig.write(text);
  await rig.quiet();
  await until('all parts', () => rig.chat.botTexts().join('\n').includes(`${line} 599`));
  const parts = rig.chat.botTexts();
  expect(parts.length).toBeGreaterThan(2);
  expect(parts.every((part) => part.length <= 4096)).toBe(true);
  expect(parts.join('\n')).toBe(`[XMPP] ${YOU}:\n${text}`);
  rig.write('short', { more: correcting(id) });
  await until('the correction', () => rig.chat.botTexts().length === 1);
  expect(rig.chat.botTexts()).toEqual([`[XMPP] ${YOU}:\nshort`]);
  rig.write(text, { more: correcting(id) });
  await until('all of it again', () => rig.chat.botTexts().length === parts.length);
  expect(rig.chat.botTexts()).toEqual(parts);
});

it('what nobody has seen yet is changed or taken back before it is sent', async () => {
  const rig = await telegramRig();
  await rig.online();
  await rig.telegram.pause();
  rig.write('the first one is under way');
  await rig.trouble('unreachable');
  const secret = rig.write('my password is hunter2');
  const typo = rig.write('helo');
  await isWaiting(rig, 3);
  rig.write('', { more: retracting(secret) });
  rig.write('hello', { more: correcting(typo) });
  await rig.handled();
  await isWaiting(rig, 2);
  await rig.telegram.resume();
  await goesOn(rig, 2);
  await rig.quiet();
  expect(rig.chat.botTexts()).toEqual([
    `[XMPP] ${YOU}:\nthe first one is under way`,
    `[XMPP] ${YOU}:\nhello`,
  ]);
  expect(JSON.stringify(rig.telegram.requests)).not.toContain('hunter2');
  const { recent } = await rig.engine.telegram.shown(rig.bot);
  expect(JSON.stringify(recent)).not.toContain('hunter2');
});

it('what is corrected into a command is taken back there, and nothing of the command goes there', async () => {
  const rig = await telegramRig();
  const typo = rig.write('telegram setup 123456789:secret');
  await rig.saidThere(`[XMPP] ${YOU}:\ntelegram setup 123456789:secret`);
  rig.write(' /telegram setup 987654321:secret', { more: correcting(typo) });
  await until('it to be gone', () => rig.chat.botTexts().length === 0);
  await rig.telegram.pause();
  rig.write('under way');
  await rig.trouble('unreachable');
  const unsent = rig.write('telegram send hello');
  await isWaiting(rig, 2);
  rig.write('/telegram send hello', { more: correcting(unsent) });
  await isWaiting(rig, 1);
  await rig.telegram.resume();
  await goesOn(rig, 1);
  await rig.quiet();
  expect(rig.chat.botTexts()).toEqual([`[XMPP] ${YOU}:\nunder way`]);
  expect(JSON.stringify(rig.telegram.requests)).not.toMatch(/987654321:secret|send hello/);
});

it('what is taken back twice while it waits goes all the same', async () => {
  const rig = await telegramRig();
  const mistake = rig.write('a mistake');
  await rig.saidThere(`[XMPP] ${YOU}:\na mistake`);
  await rig.telegram.pause();
  rig.write('under way');
  await rig.trouble('unreachable');
  rig.write('', { more: retracting(mistake) });
  rig.write('', { more: retracting(mistake) });
  await rig.handled();
  await isWaiting(rig, 2);
  await rig.telegram.resume();
  await until('it to be gone', () => {
    rig.clock.advance(60_000);
    return rig.chat.botTexts().length === 1 && rig.chat.botTexts()[0]?.endsWith('under way');
  });
});

it('of a file its name goes to Telegram, never its address or key', async () => {
  const rig = await telegramRig();
  const key = 'ab'.repeat(44);
  rig.write(`aesgcm://files.example/abc/holiday.jpg#${key}`);
  rig.write('https://files.example/abc/report.pdf', {
    more: "<x xmlns='jabber:x:oob'><url>https://files.example/abc/report.pdf</url></x>",
  });
  rig.write(`look: aesgcm://files.example/abc/inside.jpg#${key}`);
  await until('three lines', () => rig.chat.botTexts().length === 3);
  expect(rig.chat.botTexts()[0]).toBe(`[XMPP] ${YOU}:\n[File holiday.jpg]`);
  expect(rig.chat.botTexts()[1]).toBe(`[XMPP] ${YOU}:\n[File report.pdf]`);
  expect(rig.chat.botTexts()[2]).toBe(`[XMPP] ${YOU}:\nlook: [File]`);
  expect(JSON.stringify(rig.telegram.requests)).not.toMatch(/aesgcm|files\.example|abab/);
});

it('styling becomes entities; a message that Telegram will never take is left out, and its owner told', async () => {
  const rig = await telegramRig();
  rig.write('*bold* and _slanted_');
  await until('it', () => rig.chat.botTexts().length === 1);
  const [styled] = rig.chat.history();
  expect(styled?.entities?.map(({ type }) => type)).toEqual(['bold', 'italic']);
  rig.telegram.fault({
    method: 'sendMessage',
    answer: { refuse: 400, description: 'Bad Request: message text is strange' },
  });
  rig.write('strange');
  rig.write('after it');
  await rig.saidThere(`[XMPP] ${YOU}:\nafter it`);
  await until('the notice', () => rig.texts().some((text) => text.includes('did not take a message')));
  expect(rig.chat.botTexts()).toHaveLength(2);
  const { recent, waiting } = await rig.engine.telegram.shown(rig.bot);
  expect(waiting).toBe(0);
  expect(recent.find(({ text }) => text === 'strange')?.state).toBe('failed');
});

it('what waits outlives a restart, in order', async () => {
  const rig = await telegramRig();
  await rig.online();
  await rig.telegram.pause();
  for (let count = 0; count < 5; count += 1) rig.write(`word ${count}`);
  await rig.handled();
  await isWaiting(rig, 5);
  await rig.stop();
  await rig.telegram.resume();
  const { server, dataDir, box, clock } = rig;
  const again = await telegramRig({ world: rig, server, dataDir, box, clock } as never);
  await goesOn(again, 5);
  await again.quiet();
  expect(again.chat.botTexts()).toEqual([0, 1, 2, 3, 4].map((count) => `[XMPP] ${YOU}:\nword ${count}`));
});

it('a message is there once also where much is said that the Telegram bot does not see', async () => {
  const rig = await telegramRig({ isSetUp: false });
  rig.robot.setReadsGroups(false);
  const group = rig.telegram.addChat({ kind: 'supergroup', title: 'Crowd', bots: [rig.robot] });
  await rig.setUp({ chat_id: group.id });
  rig.write('first');
  await until('it', () => group.botTexts().length === 1);
  for (let count = 0; count < 60; count += 1) group.says(rig.stranger, 'chatter');
  rig.telegram.fault({ method: 'sendMessage', isDone: true, answer: { cut: 'before' } });
  rig.write('second');
  await rig.trouble('unreachable');
  await until('it to go on', async () => {
    rig.clock.advance(60_000);
    return (await rig.engine.telegram.shown(rig.bot)).waiting === 0;
  });
  rig.write('third');
  await until('all three', () => group.botTexts().length === 3);
  expect(group.botTexts()).toEqual(['first', 'second', 'third'].map((text) => `[XMPP] ${YOU}:\n${text}`));
});

const DAY_MS = 24 * 60 * 60_000;
const droppedOf = async (rig: TelegramRig) => {
  const rows = await rig.engine.audit.page({ limit: 100 });
  return rows.filter(({ action }) => action === 'telegram.dropped').map(({ details }) => details);
};
const toldOf = (rig: TelegramRig, beginning: string) =>
  until(`to be told of "${beginning}"`, () => rig.texts().some((text) => text.includes(beginning)));

it('no more waits than there is room for: programs are refused, and the owner is told what was left out', async () => {
  const rig = await telegramRig();
  rig.chat.refuse(rig.robot, 'blocked');
  const first = rig.write('the first');
  await rig.trouble('blocked');
  const { store, telegram } = rig.engine;
  await store.write(async (tx) => {
    for (let count = 1; count < WAITING_AT_MOST; count += 1)
      await telegram.send(tx, rig.bot, { from: 'API', text: `filling ${count}` });
  });
  await isWaiting(rig, WAITING_AT_MOST);

  const one = store.write((tx) => telegram.send(tx, rig.bot, { from: 'API', text: 'too much' }));
  await expect(one).rejects.toMatchObject({ code: 'telegram.full', kind: 'limit' });
  rig.write('one too many');
  await toldOf(rig, 'This was not carried over:\none too many');
  expect(await droppedOf(rig)).toEqual(['too many wait']);
  const { recent, waiting } = await telegram.shown(rig.bot);
  expect(waiting).toBe(WAITING_AT_MOST);
  expect(recent[0]).toMatchObject({ text: 'one too many', state: 'failed' });

  // What was taken back makes room, and so does what is changed before it was sent.
  rig.write('', { more: retracting(first) });
  await isWaiting(rig, WAITING_AT_MOST - 1);
  rig.write('in time');
  await isWaiting(rig, WAITING_AT_MOST);
  expect(await droppedOf(rig)).toHaveLength(1);
});

it('what waits for longer than a week is left out, and its owner told; what was taken back still goes', async () => {
  const rig = await telegramRig();
  const mistake = rig.write('a mistake');
  await rig.saidThere(`[XMPP] ${YOU}:\na mistake`);
  rig.chat.refuse(rig.robot, 'blocked');
  rig.write('not for long');
  await rig.trouble('blocked');
  rig.write('', { more: retracting(mistake) });
  await isWaiting(rig, 2);
  const { store, telegram } = rig.engine;
  rig.clock.advance(6 * DAY_MS);
  await store.write((tx) => telegram.expire(tx));
  await isWaiting(rig, 2);
  rig.write('still in time');
  await isWaiting(rig, 3);

  rig.clock.advance(DAY_MS + 60_000);
  await store.write((tx) => telegram.expire(tx));

  await toldOf(rig, 'ID: 1):\nnot for long');
  expect(await droppedOf(rig)).toEqual(['1 too old']);
  rig.chat.readmit(rig.robot);
  rig.chat.says(rig.ada, 'welcome back');
  await rig.saidThere(`[XMPP] ${YOU}:\nstill in time`);
  await rig.quiet();
  expect(rig.chat.botTexts().join()).not.toContain('not for long');
  expect(rig.chat.botTexts().join()).not.toContain('a mistake');
});
