import { expect, it } from 'vitest';
import { SessionLost } from '../../../src-main/gateways/xmpp/session.ts';
import { NS_ARCHIVE } from '../../../src-main/gateways/xmpp/xep-0313-archive.ts';
import { MINUTE, NOT_FOR_US, PRIVATE, ROOM, roomRig } from '../../support/scripted/room-rig.ts';
import { BOT, OWNER } from '../../support/scripted/scripted-bot.ts';
import { until } from '../../support/until.ts';

it('reads in the next session what a lost one left unread, before what came later', async () => {
  const rig = await roomRig();
  await rig.comeIn();
  rig.room.lose(BOT);
  rig.room.say('anna', '<body>missed</body>');
  let lost = 0;
  rig.server.refuse = (_, iq) => {
    if (iq.attrs.to !== ROOM || !iq.getChild('query', NS_ARCHIVE) || lost > 0) return undefined;
    lost += 1;
    // Said while the archive is read, and held behind it.
    rig.room.say('anna', '<body>meanwhile</body>');
    throw new SessionLost('cut');
  };
  rig.cut(false);
  await until('the archive to be cut', () => lost === 1);
  rig.room.lose(BOT);
  rig.cut(false);

  await until('both', async () => (await rig.updates()).length === 2);
  expect(await rig.updates()).toEqual(['missed', 'meanwhile']);
});

it('tells the owner, and not more than once in a while, of what it cannot decrypt', async () => {
  const rig = await roomRig();
  const device = await rig.device();
  rig.announce('omemo2');
  await rig.engine.omemo.prepare(rig.account, rig.account.jid);
  rig.room.features = PRIVATE;
  rig.room.sit('anna', 'anna@localhost');
  await rig.join();
  await until('the room to be known', async () => (await rig.seen())?.isEncrypted === true);
  const before = rig.server.sent.length;

  for (let count = 0; count < 5; count += 1) rig.room.say('anna', NOT_FOR_US);
  const told: string[] = [];
  await until('the owner to be told', async () => {
    told.push(...(await rig.heardBy(device)).filter((text) => text.includes(ROOM)));
    return told.length > 0;
  });
  rig.room.say('anna', NOT_FOR_US);
  rig.room.say('anna', '<body>last</body>');
  await until('the last', async () => (await rig.updates()).includes('last'));
  told.push(...(await rig.heardBy(device)).filter((text) => text.includes(ROOM)));

  expect(told).toEqual([expect.stringMatching(/could not decrypt a message of anna in the room tea@/)]);
  expect(rig.server.sent.slice(before).filter(({ to }) => to === ROOM)).toEqual([]);

  rig.clock.advance(11 * MINUTE);
  await until('the owner to be told of the others', async () =>
    (await rig.heardBy(device)).some((text) => text.includes(ROOM)),
  );
  expect(rig.server.sent.slice(before).every(({ to }) => [OWNER, 'anna@localhost'].includes(to))).toBe(true);
});

it('shows nobody under a nickname that was given up', async () => {
  const rig = await roomRig();
  rig.room.sit('anna', 'anna@localhost');
  await rig.comeIn();
  rig.room.rename('anna', 'anne');
  rig.room.sit('anna', 'mallory@localhost');
  const nicks = async () => (await rig.seen())?.occupants.map(({ nick, jid }) => `${nick} ${jid}`).sort();
  await until('both to be there', async () => (await nicks())?.length === 3);

  expect(await nicks()).toEqual(['Ledger undefined', 'anna mallory@localhost', 'anne anna@localhost']);
  rig.room.rename('anna', 'bert');
  await until('the nickname to be free', async () => (await nicks())?.includes('bert mallory@localhost'));
  expect(await nicks()).toEqual(['Ledger undefined', 'anne anna@localhost', 'bert mallory@localhost']);
});
