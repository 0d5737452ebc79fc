import { expect, it } from 'vitest';
import { bareJid } from '../../src-shared/jid.ts';
import { type OmemoRig, omemoRig } from '../support/scripted/omemo-rig.ts';
import { BOT } from '../support/scripted/scripted-bot.ts';
import { ScriptedRoom } from '../support/scripted/scripted-room.ts';
import { until } from '../support/until.ts';

const ROOM = 'tea@conference.localhost';
const CALLER = { actor: 'test', from: 'test' };
const MINUTE = 60_000;

async function inRoom() {
  const rig = await omemoRig();
  const room = new ScriptedRoom(rig.server, ROOM);
  await rig.engine.rooms.join(rig.bot, { room: ROOM }, CALLER);
  await until('the bot to be in the room', () => room.nickOf(BOT) !== undefined);
  // What it says goes out when it follows what is said there.
  const id = await send(rig, 'hello');
  await until('its greeting', async () => {
    return (await rig.engine.outgoing.messages.stateOf(rig.bot, id)).state === 'delivered';
  });
  return { ...rig, room };
}
const send = ({ engine, bot }: OmemoRig, text: string) =>
  engine.outgoing.messages.send(bot, { to: ROOM, text, type: 'groupchat' });
const cut = ({ engine }: OmemoRig, resumed: boolean) =>
  (engine.sessions.of(bareJid(BOT)) as unknown as { cut(resumed: boolean): void }).cut(resumed);

it('tells of each message once, and of none of its own', async () => {
  const rig = await inRoom();
  const { room, engine, bot } = rig;
  room.say('anna', '<body>one</body>');
  const id = await send(rig, 'mine');
  await until('the reflection', async () => {
    return (await engine.outgoing.messages.stateOf(bot, id)).state === 'delivered';
  });
  room.say('anna', '<body>two</body>');
  await until('both', async () => (await rig.updates()).length === 2);
  // A new session: the archive tells all of it again.
  cut(rig, false);
  room.lose(BOT);
  await until('the bot to be back', () => room.entered === 2);
  room.say('anna', '<body>three</body>');

  await until('the third', async () => (await rig.updates()).includes('three'));
  expect(await rig.updates()).toEqual(['one', 'two', 'three']);
});

it('does not join again when its stream goes on, unless the room has lost it', async () => {
  const rig = await inRoom();
  cut(rig, true);
  rig.room.say('anna', '<body>still here</body>');
  await until('the message', async () => (await rig.updates()).includes('still here'));
  expect(rig.room.entered).toBe(1);

  rig.room.lose(BOT);
  rig.room.say('anna', '<body>missed</body>');
  cut(rig, true);

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
  const id = await send(rig, 'said while away');
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
  await expect(send(rig, 'x')).rejects.toMatchObject({ code: 'room.out' });
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
  const id = await send(rig, 'too late');
  rig.clock.advance(6 * MINUTE);

  await until('the bot to be out', async () => (await rig.engine.rooms.list(rig.bot))[0]?.state === 'out');
  expect((await rig.engine.rooms.list(rig.bot))[0]).toMatchObject({ reason: 'refused' });
  expect(await rig.engine.outgoing.messages.stateOf(rig.bot, id)).toMatchObject({ state: 'failed' });
});

const PRIVATE = ['muc_membersonly', 'muc_nonanonymous'];

it('is out of a room that can no longer be encrypted, until somebody asks to join it as it is', async () => {
  const rig = await omemoRig();
  const { engine, bot } = rig;
  const room = new ScriptedRoom(rig.server, ROOM);
  room.features = PRIVATE;
  await engine.rooms.join(bot, { room: ROOM }, CALLER);
  await until('the room to be known', async () => (await engine.rooms.list(bot))[0]?.isEncrypted === true);

  room.reconfigure([]);

  await until('the bot to be out', async () => (await engine.rooms.list(bot))[0]?.state === 'out');
  expect((await engine.rooms.list(bot))[0]).toMatchObject({ reason: 'opened' });
  await expect(send(rig, 'in clear?')).rejects.toMatchObject({ code: 'room.out' });
  await until('it to have left', () => room.nickOf(BOT) === undefined);

  await engine.rooms.join(bot, { room: ROOM }, CALLER);
  const id = await send(rig, 'in clear');
  await until(
    'its word',
    async () => (await engine.outgoing.messages.stateOf(bot, id)).state === 'delivered',
  );
});

it('is out of a room that was opened while it was away', async () => {
  const rig = await omemoRig();
  const { engine, bot } = rig;
  const room = new ScriptedRoom(rig.server, ROOM);
  room.features = PRIVATE;
  await engine.rooms.join(bot, { room: ROOM }, CALLER);
  await until('the room to be known', async () => (await engine.rooms.list(bot))[0]?.isEncrypted === true);
  room.features = [];
  room.lose(BOT);

  cut(rig, false);

  await until('the bot to be out', async () => (await engine.rooms.list(bot))[0]?.state === 'out');
  expect((await engine.rooms.list(bot))[0]).toMatchObject({ reason: 'opened' });
});

it('comes back when its return was due while the stream was away', async () => {
  const rig = await inRoom();
  rig.room.refusal = () => 'service-unavailable';
  rig.room.remove(BOT, [332]);
  rig.room.refusal = () => undefined;
  cut(rig, true);

  await until('the bot to be back', () => rig.room.entered === 2);
});
