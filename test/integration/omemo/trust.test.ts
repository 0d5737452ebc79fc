import { describe, expect, it } from 'vitest';
import { deviceListElement } from '../../../src-main/gateways/omemo/device-list.ts';
import { bundlePlace, DEVICES_NODE } from '../../../src-main/gateways/omemo/wire-names.ts';
import { omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { OWNER } from '../../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

const CALLER = { actor: OWNER, from: 'test' };

/** A bot whose owner had one device when it was made, and has another one now. */
async function twoDevices() {
  const server = new ScriptedServer();
  const first = await ownerDevice(server);
  const rig = await omemoRig({ server });
  await rig.send('begin');
  expect(await rig.heardBy(first)).toEqual(['begin']);
  const second = await rig.device('omemo2');
  rig.announce('omemo2');
  const trust = async () =>
    (await rig.engine.omemo.peers.allDevices(rig.account.id)).map((one) => [one.deviceId, one.trust]);
  await until('the second device to be known', async () => (await trust()).length === 2);
  const judge = (judgement: 'trusted' | 'distrusted', deviceId = second.deviceId) =>
    rig.engine.store.write((tx) =>
      rig.engine.omemoDevices.setTrust(tx, rig.account, { deviceId, trust: judgement }, CALLER),
    );
  return { ...rig, first, second, trust, judge };
}

describe('the devices of an owner', () => {
  it('are trusted when they were there with the bot; a later one is new, and the owner is told', async () => {
    const { first, second, trust, heardBy, stanzas } = await twoDevices();
    await until('the notice', () => stanzas().length > 1);

    expect(await trust()).toEqual([
      [first.deviceId, 'trusted'],
      [second.deviceId, 'new'],
    ]);
    expect(await heardBy(first)).toEqual([expect.stringContaining(String(second.deviceId))]);
  });

  it('may chat before they are approved; their commands wait, and run when they are, however late', async () => {
    const { first, second, heardBy, settled, updates, judge, clock, stanzas } = await twoDevices();
    await until('the notice', () => stanzas().length > 1);
    await heardBy(first);
    await second.say('hello', 'm1');
    await second.say('/info', 'm2');
    await settled();
    expect(await updates()).toEqual(['hello']);
    expect(await heardBy(first)).toEqual([expect.stringContaining(String(second.deviceId))]);

    clock.jump(20 * 60 * 1_000);
    await judge('trusted');
    await until('the answer', async () => (await heardBy(first)).some((text) => text.startsWith('Bot: ')));
    expect(await updates()).toEqual(['hello']);
  });

  it('are asked nothing that came encrypted to come encrypted again, once they are approved', async () => {
    const { first, second, heardBy, settled, judge, stanzas } = await twoDevices();
    await until('the notice', () => stanzas().length > 1);
    await second.say('/omemo trust 12345', 'm1');
    await settled();
    await heardBy(first);

    await judge('trusted');

    await until('the answer', async () =>
      (await heardBy(first)).some((text) => text.includes('no device 12345')),
    );
  });

  it('lose their commands, and are neither heard nor written to, once they are distrusted', async () => {
    const { first, second, heardBy, settled, updates, judge, stanzas, send } = await twoDevices();
    await until('the notice', () => stanzas().length > 1);
    await second.say('/info', 'm1');
    await settled();
    await judge('distrusted');
    await second.say('let me in', 'm2');
    await settled();
    await judge('trusted');
    await settled();

    expect(await updates()).toEqual([]);
    expect((await heardBy(first)).some((text) => text.startsWith('Bot: '))).toBe(false);
    await judge('distrusted');
    await send('for one');
    expect(second.isMeant(stanzas().at(-1) ?? '')).toBe(false);
    expect(await heardBy(first)).toContain('for one');
  });

  it('get what they asked for, also when they were approved while the bot was away', async () => {
    const { first, second, heardBy, settled, judge, engine, bot, online, stanzas } = await twoDevices();
    await until('the notice', () => stanzas().length > 1);
    await second.say('/info', 'm1');
    await settled();
    await heardBy(first);
    const setActive = (isActive: boolean) =>
      engine.store.write(async (tx) =>
        engine.bots.setActive(tx, await engine.bots.find(bot.id), isActive, CALLER),
      );
    await setActive(false);
    await until('the bot to be away', () => engine.sessions.stateOf(bot.jid as never) === 'offline');
    await judge('trusted');
    await setActive(true);
    await online();

    await until('the answer', async () => (await heardBy(first)).some((text) => text.startsWith('Bot: ')));
  });

  it('may not take the number of another one', async () => {
    const { first, settled, updates, device, server, account, engine } = await twoDevices();
    await first.say('mine', 'm1');
    await settled();
    const thief = await device('omemo2', { isListed: false });
    Object.assign(thief.peer.own, { deviceId: first.deviceId });
    const stanza = await thief.write('yours', 'm2');
    stanza.getChild('encrypted')?.getChild('header')?.attr('sid', String(first.deviceId));
    server.deliver('bot_ledger_0001@localhost', stanza);
    await settled();

    expect(await updates()).toEqual(['mine']);
    const [known] = await engine.omemo.peers.devicesOf(account.id, OWNER as never);
    expect(Buffer.from(known?.identityKey ?? [])).toEqual(Buffer.from(first.peer.identity.publicKey));
    await first.say('still mine', 'm3');
    await settled();
    expect(await updates()).toEqual(['mine', 'still mine']);
  });
});

it('keeps the command of a device that nobody could answer', async () => {
  const server = new ScriptedServer();
  const rig = await omemoRig({ server });
  const hidden = await rig.device('omemo2', { isListed: false });

  await hidden.say('/info', 'm1');
  await rig.settled();

  const waiting = await rig.engine.store.write((tx) =>
    rig.engine.waitingCommands.devices(tx, rig.account.id),
  );
  expect(waiting).toEqual([{ jid: OWNER, deviceId: hidden.deviceId }]);
});

it('outlives a new device that nobody can write to', async () => {
  const server = new ScriptedServer();
  const rig = await omemoRig({ server });
  await rig.send('nobody').catch(() => undefined);
  server.publish(OWNER, DEVICES_NODE.omemo2, {
    id: 'current',
    payload: deviceListElement('omemo2', [{ id: 77 }]),
  });
  rig.announce('omemo2');

  const known = async () => (await rig.engine.omemo.peers.allDevices(rig.account.id)).length;
  await until('the device to be known', async () => (await known()) === 1);
  await until('its bundle to be looked for', () =>
    rig.asked.includes(`items ${bundlePlace('omemo2', 77).node} of ${OWNER}`),
  );
  await rig.engine.store.write(async () => undefined);
  expect(rig.stanzas()).toEqual([]);
});

it('trusts what it saw at its first look, which is not over while a list cannot be read', async () => {
  const server = new ScriptedServer();
  let isDown = true;
  server.refuse = (_, iq) => {
    const node = iq.getChild('pubsub')?.getChild('items')?.attrs.node;
    return isDown && iq.attrs.to === OWNER && node === DEVICES_NODE.legacy
      ? 'internal-server-error'
      : undefined;
  };
  const [modern, older] = [await ownerDevice(server), await ownerDevice(server, 'legacy')];
  const rig = await omemoRig({ server });
  await rig.send('one');
  isDown = false;
  await rig.send('two');

  const devices = await rig.engine.omemo.peers.allDevices(rig.account.id);
  expect(devices.map(({ deviceId, trust }) => [deviceId, trust])).toEqual([
    [modern.deviceId, 'trusted'],
    [older.deviceId, 'trusted'],
  ]);
  expect(await rig.heardBy(modern)).toEqual(['one', 'two']);
  expect(await rig.heardBy(older)).toEqual(['two']);
  // A list that is down again takes nobody's devices away.
  isDown = true;
  rig.clock.advance(2 * 60 * 60 * 1_000);
  await rig.send('three');
  expect(await rig.heardBy(older)).toEqual(['three']);
});
