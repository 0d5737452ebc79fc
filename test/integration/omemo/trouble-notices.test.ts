import { expect, it } from 'vitest';
import { accountRepository } from '../../../src-main/store/account-repository.ts';
import { LOCAL_TENANT } from '../../../src-shared/ids.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { type OmemoRig, omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { OWNER } from '../../support/scripted/scripted-bot.ts';
import type { ScriptedDevice } from '../../support/scripted/scripted-device.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

const HOUR_MS = 60 * 60_000;
const FIXED = 'A message to this bot could not be decrypted. Please send it again.';

/** Something that this bot cannot read, from that device. */
async function sayUnreadable({ server, account, settled }: OmemoRig, device: ScriptedDevice, id: string) {
  const stanza = await device.write('lost', id);
  for (const key of stanza.getChild('encrypted')?.getChild('header')?.getChildren('keys') ?? [])
    for (const one of key.getChildren('key')) one.children = [Buffer.from('nonsense').toString('base64')];
  server.deliver(account.jid, stanza);
  await settled();
}

it('names the device whose message was lost, where that can be said encrypted', async () => {
  const server = new ScriptedServer();
  const device = await ownerDevice(server);
  const rig = await omemoRig({ server });
  await device.say('hello', 'm1');
  await rig.settled();

  await sayUnreadable(rig, device, 'm2');

  const [told] = (await rig.heardBy(device)).filter((text) => text.startsWith(FIXED));
  expect(told).toContain(`your device ${device.deviceId} (`);
  const identity = Buffer.from(device.peer.own.identity.publicKey).toString('hex').slice(0, 8);
  expect(told).toContain(`(${identity})`);
  expect(rig.stanzas().join('')).not.toContain('decrypted');
});

it('tells of a device of the owner that begins too many sessions, once', async () => {
  const server = new ScriptedServer();
  const phone = await ownerDevice(server);
  const rig = await omemoRig({ server });
  await phone.say('hello', 'm0');
  await rig.settled();
  const newcomers = [];
  for (let index = 0; index < 5; index += 1) newcomers.push(await rig.device('omemo2', { isListed: false }));
  for (const [index, one] of newcomers.entries()) await one.say(`hello ${index}`, `m${index + 1}`);
  await rig.settled();
  const last = newcomers[4];

  await last?.say('and once more', 'm9');
  await rig.settled();

  const told = (await rig.heardBy(phone)).filter((text) => text.includes('too often'));
  expect(told).toEqual([expect.stringContaining(`your device ${last?.deviceId} (`)]);
});

it('says a fixed text in clear where nobody could read more, and names the device in the chat of the owner with themselves', async () => {
  const rig = await omemoRig();
  const { engine, box, server, clock, bot } = rig;
  const id = await engine.store.write((tx) =>
    accountRepository(engine.store, box, LOCAL_TENANT).insert(tx, {
      jid: bareJid(OWNER),
      password: 'x',
      service: undefined,
      ca: undefined,
      isOperator: true,
      hasOmemo: false,
      createdAt: clock.now(),
    }),
  );
  engine.events.emit('account.added', { accountId: id, jid: bareJid(OWNER) });
  await until('the owner to be online', () => engine.sessions.stateOf(bareJid(OWNER)) === 'online');
  const device = await rig.device('omemo2', { isListed: false });
  const told = () =>
    server.sent.filter(({ from, to }) => from === OWNER && to === OWNER).map(({ stanza }) => stanza);

  await sayUnreadable(rig, device, 'm1');
  await until('the owner to be told', () => told().length === 1);
  expect(rig.stanzas()).toEqual([expect.stringContaining(`<body>${FIXED}</body>`)]);
  expect(told()[0]).toContain(`A message to ${bot.name} (ID: ${bot.id}) could not be decrypted.`);
  expect(told()[0]).toContain(`your device ${device.deviceId} (`);

  // The chat is told once in ten minutes, the owner once in an hour.
  clock.advance(HOUR_MS / 4);
  await sayUnreadable(rig, device, 'm2');
  await until('the chat to be told', () => rig.stanzas().length === 2);
  expect(told()).toHaveLength(1);
  clock.advance(HOUR_MS);
  await sayUnreadable(rig, device, 'm3');
  await until('the owner to be told', () => told().length === 2);
});
