import { expect, it } from 'vitest';
import { CALLER, MINUTE, personInRoom, ROOM, roomRig } from '../../support/scripted/room-rig.ts';
import { BOT } from '../../support/scripted/scripted-bot.ts';
import { until } from '../../support/until.ts';

it('says so when the room does not confirm that it was left, and is out all the same', async () => {
  const rig = await roomRig();
  await rig.comeIn();
  rig.room.isDeaf = true;

  let refusal: unknown;
  rig.leave().catch((error: unknown) => {
    refusal = error;
  });
  await until('it to give up waiting for the room', () => {
    rig.clock.advance(11_000);
    return refusal !== undefined;
  });

  expect(refusal).toMatchObject({
    code: 'room.leave-unconfirmed',
    message: expect.stringContaining(`${ROOM} and does not go back`),
  });
  expect(await rig.seen()).toBeUndefined();
  await expect(rig.leave()).rejects.toMatchObject({ code: 'room.not-joined' });
});

it('leaves no ghost when it is taken out while it comes back', async () => {
  const rig = await roomRig();
  await rig.comeIn();
  rig.room.isHeld = true;
  rig.room.remove(BOT, [332]);
  await until('it to ask for entry', async () => {
    rig.clock.advance(MINUTE / 4);
    return (await rig.seen())?.state === 'joining';
  });

  const leaving = rig.leave();
  await new Promise((resolve) => setImmediate(resolve));
  rig.room.release();
  await leaving;

  await until('it to be gone', () => rig.room.nickOf(BOT) === undefined);
  expect(await rig.seen()).toBeUndefined();
});

it('keeps the password that let it in, whatever another call gives', async () => {
  const rig = await roomRig();
  await rig.join({ password: 'sesame' });
  await rig.join({ password: 'wrong' });
  const passwords: (string | undefined)[] = [];
  rig.server.onPresence = (_, presence) =>
    void passwords.push(
      presence.getChild('x', 'http://jabber.org/protocol/muc')?.getChildText('password') ?? undefined,
    );
  rig.room.remove(BOT, [332]);
  rig.clock.advance(6 * MINUTE);

  await until('the bot to be back', () => rig.room.entered === 2);
  expect(passwords).toEqual(['sesame']);
});

it('comes back by itself when somebody asked for it to come back and the room refused that once', async () => {
  const rig = await roomRig();
  await rig.comeIn();
  rig.room.refusal = () => 'service-unavailable';
  rig.room.remove(BOT, [332]);
  await expect(rig.join()).rejects.toMatchObject({ code: 'room.full' });
  rig.room.refusal = () => undefined;
  await until('the bot to be back', () => {
    rig.clock.advance(MINUTE);
    return rig.room.entered === 2;
  });

  rig.room.say('anna', '<body>welcome</body>');
  await until('what is said there', async () => (await rig.updates()).includes('welcome'));
  expect(rig.room.entered).toBe(2);
});

it('answers who asks to join while it comes back when that has ended', async () => {
  const rig = await roomRig();
  await rig.comeIn();
  rig.room.isHeld = true;
  rig.room.remove(BOT, [332]);
  await until('it to ask for entry', async () => {
    rig.clock.advance(MINUTE / 4);
    return (await rig.seen())?.state === 'joining';
  });
  rig.room.refusal = () => 'registration-required';

  const joining = rig.join().catch((error: { code: string }) => error.code);
  await new Promise((resolve) => setImmediate(resolve));
  rig.room.release();

  expect(await joining).toBe('room.members-only');
});

it('lets no bot speak, nor send files, in a room that another bot of its account is in', async () => {
  const rig = await personInRoom();
  const { engine, bot, other } = rig;
  await rig.join();
  const message = { to: ROOM, text: 'x', type: 'groupchat' as const };

  await expect(engine.outgoing.messages.send(other, message)).rejects.toMatchObject({
    code: 'room.not-there',
  });
  await expect(engine.files.sending.check(other, message)).rejects.toMatchObject({ code: 'room.not-there' });
  await engine.store.write((tx) => engine.bots.setActive(tx, bot, false, CALLER));
  await until('the account to leave', () => rig.room.nickOf('you@localhost') === undefined);
  await expect(engine.files.sending.check(bot, message)).rejects.toMatchObject({ code: 'room.not-back' });
});

it('enters once when a bot is switched on and asks to join at the same moment', async () => {
  const rig = await personInRoom();
  const { engine, bot } = rig;
  const switchTo = (isActive: boolean) =>
    engine.store.write((tx) => engine.bots.setActive(tx, bot, isActive, CALLER));
  await rig.join();
  await switchTo(false);
  await until('the account to leave', () => rig.room.nickOf('you@localhost') === undefined);
  await until('it to be over', async () => (await rig.seen())?.state === 'away');

  const switched = switchTo(true);
  await Promise.all([switched, switched.then(() => rig.join())]);
  const id = await rig.say('once');
  await rig.delivered(id);

  expect(rig.room.entered).toBe(2);
  expect(rig.server.sent.filter(({ stanza }) => stanza.includes(id))).toHaveLength(1);
});

it('takes nothing back in a room that it has left', async () => {
  const rig = await roomRig();
  await rig.join();
  const id = await rig.say('hello');
  await rig.delivered(id);
  await rig.leave();

  await expect(rig.engine.outgoing.retractions.retract(rig.bot, id)).rejects.toMatchObject({
    code: 'room.not-there',
  });
});
