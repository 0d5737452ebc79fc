import { expect, it } from 'vitest';
import { conversations } from '../../../src-main/engine/messages/conversations.ts';
import { omemoPeerRepository } from '../../../src-main/store/omemo-peer-repository.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { MINUTE, NOT_FOR_US, PRIVATE, personInRoom, ROOM, roomRig } from '../../support/scripted/room-rig.ts';
import { BOT } from '../../support/scripted/scripted-bot.ts';
import { until } from '../../support/until.ts';

const CLEAR = 'said while it was open';

it('says nothing in clear that waited for an open room which has become private meanwhile', async () => {
  const rig = await roomRig();
  await rig.comeIn();
  rig.room.remove(BOT, [332]);
  const [id, reaction] = [await rig.say(CLEAR), await rig.say('and more')];
  rig.room.features = PRIVATE;
  rig.clock.advance(6 * MINUTE);

  await until('the bot to be back', () => rig.room.entered === 2);
  await until('the message to be given up', async () => (await rig.stateOf(reaction)) === 'failed');
  expect(await rig.outcomeOf(id)).toMatchObject({
    state: 'failed',
    reason: expect.stringMatching(/private/),
  });
  expect(rig.server.sent.map(({ stanza }) => stanza).join()).not.toContain(CLEAR);
  expect(await rig.seen()).toMatchObject({ state: 'joined', isEncrypted: true });
});

it('goes on in a room that was configured anew and is as open as before', async () => {
  const rig = await roomRig();
  await rig.comeIn();

  rig.room.reconfigure([]);
  const id = await until('the room to be known again', () =>
    rig.say('still in clear').catch(() => undefined),
  );

  await rig.delivered(id);
});

it('looks again at a room that has been configured when the first look failed', async () => {
  const rig = await roomRig();
  await rig.comeIn();
  let isRefusing = true;
  const asked: string[] = [];
  rig.server.refuse = (_, iq) => {
    if (!isRefusing || iq.attrs.to !== ROOM) return undefined;
    asked.push(iq.toString());
    return 'resource-constraint';
  };
  rig.room.reconfigure([]);
  await until('a look', () => asked.length > 0);
  await expect(rig.say('too early')).rejects.toMatchObject({ code: 'room.not-back' });
  isRefusing = false;
  const id = await until('the room to be known again', () => {
    rig.clock.advance(MINUTE);
    return rig.say('known again').catch(() => undefined);
  });

  await rig.delivered(id);
});

it('does not take a routine call of joinRoom for leave to speak in clear in a room that was opened', async () => {
  const rig = await roomRig();
  rig.room.features = PRIVATE;
  await rig.join();
  await until('the room to be known', async () => (await rig.seen())?.isEncrypted === true);
  rig.room.refusal = () => 'service-unavailable';
  rig.room.remove(BOT, [332]);
  rig.room.features = [];
  rig.room.refusal = () => undefined;

  await expect(rig.join()).rejects.toMatchObject({ code: 'room.opened' });
  expect(await rig.seen()).toMatchObject({ state: 'out', reason: 'opened' });
  await expect(rig.say(CLEAR)).rejects.toMatchObject({ code: 'room.out' });
  expect(rig.room.nickOf(BOT)).toBeUndefined();

  await rig.join();
  await rig.delivered(await rig.say('in clear, as asked'));
});

it('takes a person out of a private room, where what was said is encrypted, when that is opened', async () => {
  const rig = await personInRoom();
  rig.room.features = PRIVATE;
  await rig.join();
  rig.room.say('anna', NOT_FOR_US);
  await until('the room to be spoken in encrypted', () =>
    rig.say('in clear?').then(
      () => false,
      (error: { code: string }) => error.code === 'omemo.no-device-in-room',
    ),
  );

  rig.room.reconfigure([]);

  await until('it to be out', async () => (await rig.seen())?.state === 'out');
  expect(await rig.seen()).toMatchObject({ reason: 'opened' });
  await expect(rig.say(CLEAR)).rejects.toMatchObject({ code: 'room.out' });
});

it('leaves a person in a room that is opened where nothing was ever encrypted', async () => {
  const rig = await personInRoom();
  rig.room.features = PRIVATE;
  await rig.join();
  await rig.delivered(await rig.say('in clear'));

  rig.room.reconfigure([]);
  const id = await until('the room to be known again', () => rig.say('as before').catch(() => undefined));

  await rig.delivered(id);
});

it('gives up what a person had to say in clear in a room that went on encrypted meanwhile', async () => {
  const rig = await personInRoom();
  rig.room.features = PRIVATE;
  await rig.join();
  await rig.delivered(await rig.say('in clear'));
  rig.room.remove('you@localhost', [332]);
  const id = await rig.say(CLEAR);
  rig.room.say('anna', NOT_FOR_US);
  rig.clock.advance(6 * MINUTE);

  await until('it to be given up', async () => (await rig.stateOf(id)) === 'failed');
  expect(rig.server.sent.map(({ stanza }) => stanza).join()).not.toContain(CLEAR);
});

it('does not forget that a room is encrypted, however many strangers write', async () => {
  const rig = await personInRoom();
  await rig.join();
  const peers = omemoPeerRepository(rig.engine.store, rig.box);
  const known = await conversations(peers, rig.clock);
  await rig.engine.store.write((tx) => known.note(tx, rig.account, bareJid(ROOM), true));
  rig.clock.advance(1_000);

  await rig.engine.store.write(async (tx) => {
    for (let number = 0; number < 600; number += 1)
      await known.note(tx, rig.account, bareJid(`stranger${number}@elsewhere.example`), true);
    await known.forgetStrangers(tx, rig.account, async () => false);
  });

  expect(known.isEncrypted(rig.account, bareJid(ROOM))).toBe(true);
  expect(known.isEncrypted(rig.account, bareJid('stranger0@elsewhere.example'))).toBe(false);
});
