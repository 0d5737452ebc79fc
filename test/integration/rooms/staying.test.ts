import { expect, it } from 'vitest';
import { commandRouter } from '../../../src-main/commands/router.ts';
import { CALLER, MINUTE, PRIVATE, ROOM, roomRig } from '../../support/scripted/room-rig.ts';
import { BOT } from '../../support/scripted/scripted-bot.ts';
import { until } from '../../support/until.ts';

async function inRoom() {
  const rig = await roomRig();
  await rig.comeIn();
  return rig;
}

it('tells of each message once, and of none of its own', async () => {
  const rig = await inRoom();
  const { room, engine, bot } = rig;
  room.say('anna', '<body>one</body>');
  const id = await rig.say('mine');
  await until('the reflection', async () => {
    return (await engine.outgoing.messages.stateOf(bot, id)).state === 'delivered';
  });
  room.say('anna', '<body>two</body>');
  await until('both', async () => (await rig.updates()).length === 2);
  // A new session: the archive tells all of it again.
  rig.cut(false);
  room.lose(BOT);
  await until('the bot to be back', () => room.entered === 2);
  room.say('anna', '<body>three</body>');

  await until('the third', async () => (await rig.updates()).includes('three'));
  expect(await rig.updates()).toEqual(['one', 'two', 'three']);
});

it('does not join again when its stream goes on, unless the room has lost it', async () => {
  const rig = await inRoom();
  rig.cut(true);
  rig.room.say('anna', '<body>still here</body>');
  await until('the message', async () => (await rig.updates()).includes('still here'));
  expect(rig.room.entered).toBe(1);

  rig.room.lose(BOT);
  rig.room.say('anna', '<body>missed</body>');
  rig.cut(true);

  await until('the bot to be back', () => rig.room.entered === 2);
  await until('what was missed', async () => (await rig.updates()).includes('missed'));
});

it('notices after a long silence that a room has lost it', async () => {
  const rig = await inRoom();
  rig.room.lose(BOT);
  rig.room.say('anna', '<body>anybody?</body>');

  rig.clock.advance(11 * MINUTE);

  await until('the bot to be back', () => rig.room.entered === 2);
  await until('what was missed', async () => (await rig.updates()).includes('anybody?'));
});

it.each([
  ['the end of the service', [332]],
  ['a broken connection', [307, 333]],
])('comes back after %s', async (_, codes) => {
  const rig = await inRoom();
  rig.room.remove(BOT, codes);
  const id = await rig.say('said while away');
  rig.clock.advance(6 * MINUTE);

  await until('the bot to be back', () => rig.room.entered === 2);
  await until('what was to be said', async () => {
    return (await rig.engine.outgoing.messages.stateOf(rig.bot, id)).state === 'delivered';
  });
});

it('stays out after a kick, and says nothing there', async () => {
  const rig = await inRoom();
  const { room, engine, bot } = rig;
  room.remove(BOT, [307]);
  await until('the bot to be out', async () => (await engine.rooms.list(bot))[0]?.state === 'out');
  rig.clock.advance(30 * MINUTE);

  expect(room.entered).toBe(1);
  expect((await engine.rooms.list(bot))[0]).toMatchObject({ state: 'out', reason: 'kicked' });
  await expect(rig.say('x')).rejects.toMatchObject({ code: 'room.out' });
});

it('waits for its nickname, then takes another', async () => {
  const rig = await inRoom();
  rig.room.refusal = (nick) => (nick === 'Ledger' ? 'conflict' : undefined);
  rig.room.remove(BOT, [332]);

  await until('the bot to be back', () => {
    rig.clock.advance(6 * MINUTE);
    return rig.room.entered === 2;
  });
  expect(rig.room.nickOf(BOT)).toBe('Ledger_2');
});

it('is out for good where it is refused, and what was to be said there fails', async () => {
  const rig = await inRoom();
  rig.room.refusal = () => 'registration-required';
  rig.room.remove(BOT, [332]);
  const id = await rig.say('too late');
  rig.clock.advance(6 * MINUTE);

  await until('the bot to be out', async () => (await rig.engine.rooms.list(rig.bot))[0]?.state === 'out');
  expect((await rig.engine.rooms.list(rig.bot))[0]).toMatchObject({ reason: 'refused' });
  expect(await rig.engine.outgoing.messages.stateOf(rig.bot, id)).toMatchObject({ state: 'failed' });
});

it('is out of a room that can no longer be encrypted, until somebody asks to join it as it is', async () => {
  const rig = await roomRig();
  const { engine, bot, room } = rig;
  room.features = PRIVATE;
  await engine.rooms.join(bot, { room: ROOM }, CALLER);
  await until('the room to be known', async () => (await engine.rooms.list(bot))[0]?.isEncrypted === true);

  room.reconfigure([]);

  await until('the bot to be out', async () => (await engine.rooms.list(bot))[0]?.state === 'out');
  expect((await engine.rooms.list(bot))[0]).toMatchObject({ reason: 'opened' });
  await expect(rig.say('in clear?')).rejects.toMatchObject({ code: 'room.out' });
  await until('it to have left', () => room.nickOf(BOT) === undefined);

  await engine.rooms.join(bot, { room: ROOM }, CALLER);
  const id = await rig.say('in clear');
  await until(
    'its word',
    async () => (await engine.outgoing.messages.stateOf(bot, id)).state === 'delivered',
  );
});

it('is out of a room that was opened while it was away', async () => {
  const rig = await roomRig();
  const { engine, bot, room } = rig;
  room.features = PRIVATE;
  await engine.rooms.join(bot, { room: ROOM }, CALLER);
  await until('the room to be known', async () => (await engine.rooms.list(bot))[0]?.isEncrypted === true);
  room.features = [];
  room.lose(BOT);

  rig.cut(false);

  await until('the bot to be out', async () => (await engine.rooms.list(bot))[0]?.state === 'out');
  expect((await engine.rooms.list(bot))[0]).toMatchObject({ reason: 'opened' });
});

it('comes back when its return was due while the stream was away', async () => {
  const rig = await inRoom();
  rig.room.refusal = () => 'service-unavailable';
  rig.room.remove(BOT, [332]);
  rig.room.refusal = () => undefined;
  rig.cut(true);

  await until('the bot to be back', () => rig.room.entered === 2);
});

it('shows everybody there that the bot is typing', async () => {
  const { server, engine, bot, room } = await inRoom();

  await engine.outgoing.chatStates.show(bot, { to: ROOM, state: 'composing', type: 'groupchat' });

  await until('the room to hear it', () => server.sent.some(({ stanza }) => stanza.includes('<composing')));
  const shown = server.sent.find(({ stanza }) => stanza.includes('<composing'));
  expect(shown).toMatchObject({ from: BOT, to: ROOM, stanza: expect.stringContaining('type="groupchat"') });
  expect(room.nickOf(BOT)).toBeDefined();
});

it('is shown where it stands, with what keeps it out, in /status', async () => {
  const { engine, bot, room, clock } = await inRoom();
  const menu = commandRouter(engine, () => 'http://localhost:7842/bot/');
  const password = 'you-pw';
  const signIn = { jid: bot.owner, password, service: undefined, ca: undefined, verify: false };
  await engine.accounts.add(signIn, CALLER);
  const owner = await engine.accounts.known(bot.owner);
  const status = async (language: 'en' | 'de') => {
    await engine.accounts.setLanguage(owner.jid, language, CALLER);
    const run = (text: string) =>
      engine.store.write((tx) => menu.run(tx, owner, text, { isEncrypted: false }));
    const texts = [await run('/status'), await run(`/status ${bot.id}`)].map(({ text }) => text.split('\n'));
    return texts.map((lines) => lines.find((line) => line.includes(ROOM)));
  };

  expect(await status('en')).toEqual(Array(2).fill(`Room: ${ROOM} (there)`));
  expect(await status('de')).toEqual(Array(2).fill(`Raum: ${ROOM} (drin)`));
  room.refusal = () => 'registration-required';
  room.remove(BOT, [332]);
  clock.advance(6 * MINUTE);
  await until('the bot to be out', async () => (await engine.rooms.list(bot))[0]?.state === 'out');

  const [english, german] = [await status('en'), await status('de')];
  for (const line of english) expect(line).toMatch(/^Room: \S+ \(out: .+\)$/);
  for (const line of german) expect(line).toMatch(/^Raum: \S+ \(draußen: .+\)$/);
});
