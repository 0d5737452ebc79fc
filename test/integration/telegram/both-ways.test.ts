import { expect, it } from 'vitest';
import { YOU } from '../../support/scripted/person-rig.ts';
import { answering, correcting, retracting, telegramRig } from '../../support/telegram/telegram-rig.ts';

it('what is said on one side is said on the other, under the name of who said it', async () => {
  const rig = await telegramRig();
  rig.chat.says(rig.ada, 'Hello there');
  await rig.said('[Telegram] Ada Lovelace:\nHello there');
  rig.write('Hello back');
  await rig.saidThere(`[XMPP] ${YOU}:\nHello back`);
  await rig.quiet();
  expect(rig.texts()).toEqual(['[Telegram] Ada Lovelace:\nHello there']);
  expect(rig.chat.botTexts()).toEqual([`[XMPP] ${YOU}:\nHello back`]);
  const { recent, last_received, last_sent, waiting, state } = await rig.engine.telegram.shown(rig.bot);
  expect(recent.map(({ to, from, text, state }) => ({ to, from, text, state }))).toEqual([
    { to: 'telegram', from: YOU, text: 'Hello back', state: 'done' },
    { to: 'xmpp', from: 'Ada Lovelace', text: 'Hello there', state: 'done' },
  ]);
  expect({ waiting, state }).toEqual({ waiting: 0, state: 'online' });
  expect([last_received, last_sent].every((at) => typeof at === 'number')).toBe(true);
});

it('a message of another chat never arrives, and is not stored', async () => {
  const rig = await telegramRig();
  rig.otherChat.says(rig.stranger, 'let me in, secretword');
  rig.chat.says(rig.ada, 'after it');
  await rig.said('[Telegram] Ada Lovelace:\nafter it');
  await rig.quiet();
  expect(rig.texts()).toHaveLength(1);
  expect(rig.server.sent.map(({ stanza }) => stanza).join()).not.toContain('secretword');
});

it('edits at Telegram are corrections here, replies are replies, in both directions', async () => {
  const rig = await telegramRig();
  const first = rig.chat.says(rig.ada, 'Helo');
  await rig.said('[Telegram] Ada Lovelace:\nHelo');
  rig.chat.edits(first.message_id, 'Hello');
  await rig.said('[Telegram] Ada Lovelace:\nHello');
  const [said, corrected] = rig.sent();
  expect(corrected?.getChild('replace')?.attrs.id).toBe(said?.attrs.id);

  const own = rig.write('a question', { more: answering(String(said?.attrs.id), YOU) });
  await rig.saidThere(`[XMPP] ${YOU}:\na question`);
  const question = rig.chat.history().at(-1);
  expect(question?.reply_to_message?.message_id).toBe(first.message_id);
  rig.chat.says(rig.ada, 'an answer', { replyTo: question?.message_id ?? 0 });
  await rig.said(`> a question\n[Telegram] Ada Lovelace:\nan answer`);
  const answer = rig.sent().at(-1);
  expect(answer?.getChild('reply')?.attrs).toMatchObject({ id: own, to: YOU });

  rig.write('the question', { more: correcting(own) });
  await rig.saidThere(`[XMPP] ${YOU}:\nthe question`);
  expect(rig.chat.history().find(({ message_id }) => message_id === question?.message_id)?.text).toBe(
    `[XMPP] ${YOU}:\nthe question`,
  );
  expect(rig.chat.botTexts()).toHaveLength(1);

  rig.write('', { more: retracting(own) });
  await rig.handled();
  await rig.quiet();
  expect(rig.chat.botTexts()).toEqual([]);
});

it('commands, and what an engine wrote, stay here', async () => {
  const rig = await telegramRig();
  rig.write('/help');
  rig.write('/unknowncommand of a program');
  rig.write('from another engine', { more: "<generated xmlns='urn:botmother:0'/>" });
  rig.write('a word');
  await rig.saidThere(`[XMPP] ${YOU}:\na word`);
  await rig.handled();
  await rig.quiet();
  expect(rig.chat.botTexts()).toEqual([`[XMPP] ${YOU}:\na word`]);
});

it('commands of people at Telegram are text, and nothing of theirs reaches the AI', async () => {
  const rig = await telegramRig();
  await rig.engine.ai.change(rig.bot, { provider: 'ollama', key: '-', model: 'llama3' }, rig.caller);
  rig.chat.says(rig.ada, '/token 1');
  await rig.said('[Telegram] Ada Lovelace:\n/token 1');
  rig.write('four?');
  await rig.saidThere('[XMPP] Helper:\nanswer to four?');
  await rig.quiet();
  expect(rig.ai.asked.map(({ turns }) => turns.at(-1)?.text)).toEqual(['four?']);
  expect(rig.chat.botTexts()).toEqual([`[XMPP] ${YOU}:\nfour?`, '[XMPP] Helper:\nanswer to four?']);
  expect(rig.texts()).toEqual(['[Telegram] Ada Lovelace:\n/token 1', 'answer to four?']);
});
