import { parse } from 'ltx';
import { expect, it } from 'vitest';
import { refuse } from '../../../src-shared/errors.ts';
import { describeInChat } from '../../../src-shared/text/describe-refusal.ts';
import { CALLER, ROOM, type RoomRig, roomRig } from '../../support/scripted/room-rig.ts';
import { BOT, OWNER } from '../../support/scripted/scripted-bot.ts';
import { until } from '../../support/until.ts';

const invite = ({ server }: RoomRig, id: string) =>
  server.deliver(
    BOT,
    parse(
      `<message xmlns='jabber:client' from='${OWNER}/phone' to='${BOT}' id='${id}'>` +
        `<x xmlns='jabber:x:conference' jid='${ROOM}'/></message>`,
    ),
  );

it('does not follow its owner in clear unless it listens to that, and says so', async () => {
  const rig = await roomRig();
  const device = await rig.device();
  rig.announce('omemo2');
  const heard: string[] = [];
  const tells = (words: RegExp) =>
    until(`the owner to be told ${words}`, async () => {
      heard.push(...(await rig.heardBy(device)));
      return heard.some((text) => words.test(text));
    });

  invite(rig, 'one');
  await tells(/does not follow your invitation to tea@.*allow_plaintext/);
  expect(rig.room.entered).toBe(0);

  await rig.engine.store.write((tx) =>
    rig.engine.botSettings.set(tx, rig.bot, 'allow_plaintext', true, CALLER),
  );
  invite(rig, 'two');
  await tells(/followed your invitation to tea@/);
  expect(rig.room.nickOf(BOT)).toBe('Ledger');
});

it('says why it could not follow its owner, in the language of the owner', async () => {
  const rig = await roomRig();
  const { engine, room } = rig;
  const device = await rig.device();
  rig.announce('omemo2');
  await engine.store.write(async (tx) => {
    await engine.botSettings.set(tx, rig.bot, 'allow_plaintext', true, CALLER);
    await engine.settings.set(tx, 'language', 'de', CALLER);
  });
  room.refusal = () => 'forbidden';

  invite(rig, 'one');

  const heard: string[] = [];
  await until('the owner to be told', async () => {
    heard.push(...(await rig.heardBy(device)));
    return heard.some((text) => /konnte deiner Einladung in tea@.* nicht folgen: /.test(text));
  });
  expect(heard.join()).toContain(describeInChat(refuse('room.banned', { room: ROOM, jid: BOT }), 'de'));
});
