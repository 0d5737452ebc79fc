import { expect, it } from 'vitest';
import { YOU } from '../../support/scripted/person-rig.ts';
import { correcting, retracting, telegramRig } from '../../support/telegram/telegram-rig.ts';
import { until } from '../../support/until.ts';

const notices = (rig: Awaited<ReturnType<typeof telegramRig>>) =>
  rig.texts().filter((text) => !text.startsWith('['));

it('Telegram is left alone for as long as it asks for', async () => {
  const rig = await telegramRig();
  await rig.online();
  rig.telegram.fault({ method: 'sendMessage', answer: { refuse: 429, retryAfterS: 120 } });
  rig.write('too soon');
  await rig.trouble('rate');
  const { trouble } = await rig.engine.telegram.shown(rig.bot);
  expect(trouble?.retry_at).toBeGreaterThanOrEqual(Math.floor(rig.clock.now() / 1_000) + 120);
  rig.write('and more');
  await rig.handled();
  rig.clock.advance(119_000);
  await rig.handled();
  expect(rig.telegram.requestsOf('sendMessage')).toHaveLength(1);
  rig.clock.advance(60_000);
  await rig.saidThere(`[XMPP] ${YOU}:\nand more`);
  expect(rig.chat.botTexts()).toEqual([`[XMPP] ${YOU}:\ntoo soon`, `[XMPP] ${YOU}:\nand more`]);
  await rig.trouble(undefined);
  expect(notices(rig)).toEqual([]);
});

it('another reader is a trouble that its owner is told of once, and that ends by itself', async () => {
  const rig = await telegramRig();
  await until('the long poll', () => rig.robot.isPolled());
  const end = rig.telegram.fault({ method: 'getUpdates', times: Infinity, answer: { refuse: 409 } });
  rig.robot.readElsewhere();
  await rig.trouble('other-program');
  await until('the notice', () => notices(rig).length === 1);
  const polls = () => rig.telegram.requestsOf('getUpdates').length;
  const before = polls();
  await until('it to be tried again', () => {
    rig.clock.advance(10_000);
    return polls() > before + 2;
  });
  end();
  rig.chat.says(rig.ada, 'still here');
  await until('what was said meanwhile', () => {
    rig.clock.advance(600_000);
    return rig.texts().includes('[Telegram] Ada Lovelace:\nstill here');
  });
  await rig.online();
  expect(notices(rig)).toHaveLength(1);
  expect(notices(rig)[0]).toContain('Another program reads');
});

it('a webhook that another program sets is named, and can be taken away', async () => {
  const rig = await telegramRig();
  await until('the long poll', () => rig.robot.isPolled());
  rig.robot.setWebhook('https://n8n.example/webhook/1');
  await rig.trouble('webhook');
  expect((await rig.engine.telegram.shown(rig.bot)).webhook).toBe('n8n.example');
  await until('the notice', () => notices(rig).some((text) => text.includes('n8n.example')));
  await rig.engine.telegram.removeWebhook(rig.bot, rig.caller, new AbortController().signal);
  await rig.online();
  rig.chat.says(rig.ada, 'heard again');
  await rig.said('[Telegram] Ada Lovelace:\nheard again');
});

it('a token that was revoked ends the poll; with a new one everything that waited goes on', async () => {
  const rig = await telegramRig();
  await rig.online();
  const token = rig.robot.revoke();
  await rig.telegram.pause();
  await rig.telegram.resume();
  await until('the next poll', async () => {
    rig.clock.advance(60_000);
    return (await rig.engine.telegram.shown(rig.bot)).trouble?.kind === 'token';
  });
  await until('the notice', () => notices(rig).length === 1);
  const before = rig.telegram.requests.length;
  rig.write('it waits');
  await rig.handled();
  rig.clock.advance(24 * 60 * 60_000);
  await rig.engine.telegram.change(rig.bot, { token }, rig.caller);
  await rig.saidThere(`[XMPP] ${YOU}:\nit waits`);
  await rig.trouble(undefined);
  expect(rig.telegram.requestsOf('getUpdates').length - before).toBeLessThan(10);
  expect(notices(rig)).toHaveLength(1);
});

it('what waits for a chat that has blocked the Telegram bot goes on when somebody speaks there', async () => {
  const rig = await telegramRig();
  await rig.online();
  rig.chat.refuse(rig.robot, 'blocked');
  rig.write('one');
  await rig.trouble('blocked');
  await until('the notice', () => notices(rig).length === 1);
  const asked = () => rig.telegram.requestsOf('sendMessage').length;
  const before = asked();
  rig.write('two');
  await rig.handled();
  rig.clock.advance(1_000);
  expect(asked()).toBe(before);
  expect((await rig.engine.telegram.shown(rig.bot)).waiting).toBe(2);
  rig.chat.readmit(rig.robot);
  rig.chat.says(rig.ada, 'sorry');
  await rig.saidThere(`[XMPP] ${YOU}:\ntwo`);
  expect(rig.chat.botTexts()).toEqual([`[XMPP] ${YOU}:\none`, `[XMPP] ${YOU}:\ntwo`]);
  await rig.trouble(undefined);
});

it('the link follows a group that becomes a supergroup', async () => {
  const rig = await telegramRig({ isSetUp: false });
  const group = rig.telegram.addChat({ kind: 'group', title: 'Family', bots: [rig.robot] });
  await rig.setUp({ chat_id: group.id });
  group.says(rig.ada, 'in the group');
  await rig.said('[Telegram] Ada Lovelace:\nin the group');
  const after = group.migrate();
  rig.write('to all');
  await until('it in the supergroup', () => after.botTexts().length === 1);
  after.says(rig.ada, 'in the supergroup');
  await rig.said('[Telegram] Ada Lovelace:\nin the supergroup');
  expect((await rig.engine.telegram.shown(rig.bot)).chat).toMatchObject({
    id: after.id,
    kind: 'supergroup',
  });
});

it('a chat that is said to have become itself is no chat for now, and asked seldom', async () => {
  const rig = await telegramRig();
  await rig.online();
  const asked = () => rig.telegram.requestsOf('sendMessage').length;
  const isItself = { refuse: 400, migrateTo: Number(rig.chat.id) };
  rig.telegram.fault({ method: 'sendMessage', times: 3, answer: isItself });

  rig.write('hello?');

  await rig.trouble('chat');
  await rig.handled();
  expect(asked()).toBe(1);
  await until('it to be said after all', () => {
    rig.clock.advance(30 * 60_000);
    return rig.chat.botTexts().length === 1;
  });
  expect(asked()).toBe(4);
});

/** Linked with the first of two chats. */
async function betweenTwoChats() {
  const rig = await telegramRig({ isSetUp: false });
  const chat = (title: string) => rig.telegram.addChat({ kind: 'supergroup', title, bots: [rig.robot] });
  const [one, other] = [chat('One'), chat('Other')];
  await rig.setUp({ chat_id: one.id });
  return { rig, one, other, asked: () => rig.telegram.requestsOf('sendMessage').length };
}

it('a chat that is moved to and fro is followed with pauses, and its owner hears of it', async () => {
  const { rig, one, other, asked } = await betweenTwoChats();
  for (const to of [other, one, other, one])
    rig.telegram.fault({ method: 'sendMessage', answer: { refuse: 400, migrateTo: Number(to.id) } });

  rig.write('hello?');

  await until('it to be asked again', () => asked() >= 2);
  // Long enough for all that is asked without a pause.
  for (const word of ['a', 'b', 'c']) {
    one.says(rig.ada, word);
    await rig.said(`[Telegram] Ada Lovelace:\n${word}`);
  }
  expect(asked()).toBe(2);
  await until('the fourth', () => {
    rig.clock.advance(60_000);
    return asked() === 4;
  });
  await rig.trouble('chat');
  await until('it to be said after all', () => {
    rig.clock.advance(60_000);
    return one.botTexts().length === 1;
  });
  expect(asked()).toBe(5);
  await rig.trouble(undefined);
});

it('a chat that moves after other trouble is followed at once', async () => {
  const { rig, other, asked } = await betweenTwoChats();
  rig.telegram.fault({ method: 'sendMessage', times: 3, answer: { refuse: 429, retryAfterS: 1 } });
  rig.telegram.fault({ method: 'sendMessage', answer: { refuse: 400, migrateTo: Number(other.id) } });

  rig.write('hello?');

  await until('the fourth', () => {
    if (asked() < 4) rig.clock.advance(60_000);
    return asked() >= 4;
  });
  await until('it to be said', () => other.botTexts().length === 1);
  await rig.trouble(undefined);
});

it('what was said in a group before it became a supergroup comes, also where the first word there notices that', async () => {
  const rig = await telegramRig({ isSetUp: false });
  const group = rig.telegram.addChat({ kind: 'group', title: 'Family', bots: [rig.robot] });
  await rig.setUp({ chat_id: group.id });
  const mine = rig.write('at five');
  await until('it in the group', () => group.botTexts().length === 1);
  await until('the long poll', () => rig.robot.isPolled());
  const end = rig.telegram.fault({ method: 'getUpdates', times: Infinity, answer: { refuse: 502 } });
  const said = group.says(rig.ada, 'until tomorow');
  await rig.said('[Telegram] Ada Lovelace:\nuntil tomorow');
  await rig.trouble('failed');

  group.edits(said.message_id, 'until tomorrow');
  group.says(rig.ada, 'bye', { replyTo: said.message_id });
  const after = group.migrate();
  rig.write('at six', { more: correcting(mine) });
  rig.write('bye');
  await until('both in the supergroup', () => after.botTexts().length === 2);
  expect(after.botTexts()).toEqual([`[XMPP] ${YOU}:\nat six`, `[XMPP] ${YOU}:\nbye`]);
  // Under the number that the correction in the group has, too.
  after.says(rig.ada, 'are you all here?');
  end();
  await until('all of it', () => {
    rig.clock.advance(60_000);
    return rig.texts().includes('[Telegram] Ada Lovelace:\nare you all here?');
  });
  const from = '[Telegram] Ada Lovelace:\n';
  expect(rig.texts()).toEqual([
    `${from}until tomorow`,
    `${from}until tomorrow`,
    // It answers what was said in the group before.
    `> until tomorrow\n${from}bye`,
    `${from}are you all here?`,
  ]);
  const corrected = rig.sent().map((stanza) => stanza.getChild('replace')?.attrs.id);
  expect(corrected.filter(Boolean)).toEqual([rig.sent()[0]?.attrs.id]);
  // The news of the move, which came second, changes nothing any more.
  expect((await rig.engine.telegram.shown(rig.bot)).chat).toMatchObject({ id: after.id, title: 'Family' });
  rig.write('right', { more: correcting('m2') });
  await until('it to be changed there', () => after.botTexts()[1] === `[XMPP] ${YOU}:\nright`);
});

it('what is taken back of a group that became a supergroup stays there, which its owner is told once', async () => {
  const rig = await telegramRig({ isSetUp: false });
  const group = rig.telegram.addChat({ kind: 'group', title: 'Family', bots: [rig.robot] });
  await rig.setUp({ chat_id: group.id });
  const [first, second, third] = ['one', 'two', 'three'].map((text) => rig.write(text)) as [
    string,
    string,
    string,
  ];
  await until('all in the group', () => group.botTexts().length === 3);
  await until('the long poll', () => rig.robot.isPolled());
  rig.telegram.fault({ method: 'getUpdates', times: Infinity, answer: { refuse: 502 } });
  group.says(rig.ada, 'who is deaf?');
  await rig.trouble('failed');
  const after = group.migrate();
  const dropped = async () => {
    const rows = await rig.engine.audit.page({ limit: 100 });
    return rows.filter(({ action }) => action === 'telegram.dropped').map(({ details }) => details);
  };

  // This is how the move is noticed.
  rig.write('', { more: retracting(first) });
  rig.write('two, better', { more: correcting(second) });
  rig.write('after it');
  await until('what came after it', () => after.botTexts().length === 2);
  const asked = rig.telegram.requestsOf('deleteMessage');
  expect(asked.map(({ params }) => params.chat_id)).toEqual([group.id]);
  expect(await dropped()).toEqual(['taken back in the group before']);

  // What was said anew goes, and only that; once more changes nothing.
  rig.write('', { more: retracting(second) });
  rig.write('', { more: retracting(second) });
  rig.write('', { more: retracting(third) });
  rig.write('the end');
  await until('the end', () => after.botTexts().includes(`[XMPP] ${YOU}:\nthe end`));
  await rig.handled();
  expect(after.botTexts()).toEqual([`[XMPP] ${YOU}:\nafter it`, `[XMPP] ${YOU}:\nthe end`]);
  expect(rig.telegram.requestsOf('deleteMessage')).toHaveLength(2);
  expect(await dropped()).toHaveLength(3);
  expect(notices(rig)).toEqual([expect.stringContaining('before the group there became a supergroup')]);
  expect((await rig.engine.telegram.shown(rig.bot)).waiting).toBe(0);
});

it('an outage of Telegram loses nothing in either direction', async () => {
  const rig = await telegramRig();
  await rig.online();
  await rig.telegram.pause();
  rig.write('out there?');
  rig.chat.says(rig.ada, 'out here');
  await rig.trouble('unreachable');
  await rig.telegram.resume();
  await until('both', () => {
    rig.clock.advance(60_000);
    return rig.chat.botTexts().length > 0 && rig.texts().length > 0;
  });
  await rig.quiet();
  expect(rig.chat.botTexts()).toEqual([`[XMPP] ${YOU}:\nout there?`]);
  expect(rig.texts()).toEqual(['[Telegram] Ada Lovelace:\nout here']);
});
