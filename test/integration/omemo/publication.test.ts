import { describe, expect, it } from 'vitest';
import { bundleElement } from '../../../src-main/gateways/omemo/bundle.ts';
import { deviceListElement, readDeviceList } from '../../../src-main/gateways/omemo/device-list.ts';
import { omemo2Backend } from '../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { bundlePlace, DEVICES_NODE, OMEMO_VERSIONS } from '../../../src-main/gateways/omemo/wire-names.ts';
import { ratchetPeer } from '../../support/ratchet-peer.ts';
import { omemoRig } from '../../support/scripted/omemo-rig.ts';
import { personRig, YOU } from '../../support/scripted/person-rig.ts';
import { BOT } from '../../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

const NODES = (deviceId: number) =>
  (['legacy', 'omemo2'] as const).map((version) => ({
    version,
    bundle: `${BOT} ${bundlePlace(version, deviceId).node}`,
    list: `${BOT} ${DEVICES_NODE[version]}`,
  }));
const omemoOnly = (published: readonly string[]) => published.filter((one) => /omemo|axolotl/.test(one));

it('puts the bundle on the server before the device is on the list', async () => {
  const { server, engine, account } = await omemoRig();
  const { deviceId } = await engine.omemo.own.require(account.id);
  await until('all to be published', () => omemoOnly(server.published).length === 4);

  for (const { bundle, list } of NODES(deviceId)) {
    expect(server.published.indexOf(bundle)).toBeGreaterThanOrEqual(0);
    expect(server.published.indexOf(bundle)).toBeLessThan(server.published.indexOf(list));
  }
});

it('publishes nothing at a login where all is as it should be, and what is not again', async () => {
  const first = await omemoRig();
  const { server, dataDir, box, engine, account } = first;
  const { deviceId } = await engine.omemo.own.require(account.id);
  await until('all to be published', () => omemoOnly(server.published).length === 4);
  await first.stop();

  const second = await omemoRig({ server, dataDir, box });
  await until('both lists to be read', () =>
    Object.values(DEVICES_NODE).every((node) => second.asked.includes(`items ${node} of ${BOT}`)),
  );
  await second.stop();
  expect(omemoOnly(server.published)).toHaveLength(4);

  server.remove(BOT, bundlePlace('legacy', deviceId).node);
  const third = await omemoRig({ server, dataDir, box });
  await until('the bundle to be there', () => server.item(BOT, bundlePlace('legacy', deviceId).node));
  await third.stop();
  expect(omemoOnly(server.published).slice(4)).toEqual([`${BOT} ${bundlePlace('legacy', deviceId).node}`]);
});

it('does with one version what a server refuses of the other, and tries that again', async () => {
  const server = new ScriptedServer();
  let isRefusing = true;
  server.refuse = (_, iq) => {
    const node = String(iq.getChild('pubsub')?.getChild('publish')?.attrs.node);
    return isRefusing && node.startsWith('eu.siacs') ? 'forbidden' : undefined;
  };
  const { clock, engine, account } = await omemoRig({ server });
  await engine.omemo.published(account.id);
  await until('one version', () => server.item(BOT, DEVICES_NODE.omemo2));
  expect(server.item(BOT, DEVICES_NODE.legacy)).toBeUndefined();

  isRefusing = false;
  await until('the other one, later', () => {
    clock.advance(60_000);
    return server.item(BOT, DEVICES_NODE.legacy);
  });
});

it('stays away when it was withdrawn, whatever was planned before', async () => {
  const { server, engine, account, clock, asked } = await omemoRig();
  await until('all to be published', () => omemoOnly(server.published).length === 4);

  await engine.omemo.withdraw(account.id);
  const before = server.published.length;
  const askedBefore = asked.length;
  // As often as a signed prekey is looked at, twice.
  for (let times = 0; times < 2; times += 1) clock.advance(6 * 60 * 60 * 1_000);
  await engine.store.write(async () => undefined);

  expect(server.published.slice(before)).toEqual([]);
  expect(asked.slice(askedBefore).filter((one) => one.startsWith('items'))).toEqual([]);
  for (const node of Object.values(DEVICES_NODE)) {
    expect(server.item(BOT, node)?.getChildElements()).toEqual([]);
  }
});

const FOREIGN = 4711;

/** What another client of an account publishes, in both versions, beside what is there. */
function publishForeign(server: ScriptedServer, jid: string, { deviceId = FOREIGN, isListed = true } = {}) {
  const peer = ratchetPeer(omemo2Backend());
  for (const version of OMEMO_VERSIONS) {
    const { node, id } = bundlePlace(version, deviceId);
    server.publish(jid, node, { id, payload: bundleElement(version, peer.bundle()) });
    if (!isListed) continue;
    const payload = deviceListElement(version, [...listOf(server, jid, version), { id: deviceId }]);
    server.publish(jid, DEVICES_NODE[version], { id: 'current', payload });
  }
  return peer;
}
function listOf(server: ScriptedServer, jid: string, version: 'legacy' | 'omemo2') {
  const list = server.item(jid, DEVICES_NODE[version]);
  return list ? readDeviceList(version, list) : [];
}
const idsOn = (server: ScriptedServer, jid: string) =>
  OMEMO_VERSIONS.map((version) => listOf(server, jid, version).map(({ id }) => id));
const bundlesOf = (server: ScriptedServer, jid: string, deviceId: number) =>
  OMEMO_VERSIONS.map((version) => {
    const { node, id } = bundlePlace(version, deviceId);
    return server.item(jid, node, id) !== undefined;
  });

describe('under the account of a bot, which has no other client', () => {
  it('takes every other device off both lists, with its bundles', async () => {
    const server = new ScriptedServer();
    publishForeign(server, BOT);
    const { engine, account } = await omemoRig({ server });
    const { deviceId } = await engine.omemo.own.require(account.id);

    await until('it to be alone', () => idsOn(server, BOT).every((ids) => ids.join() === String(deviceId)));
    await until('the bundles to be gone', () => !bundlesOf(server, BOT, FOREIGN).includes(true));
    expect(bundlesOf(server, BOT, deviceId)).toEqual([true, true]);
  });

  it('is alone on its lists after its own keys were lost', async () => {
    const first = await omemoRig();
    const { server, dataDir, box, account } = first;
    const lost = await first.engine.omemo.own.require(account.id);
    await until('it to be listed', () => !idsOn(server, BOT).some((ids) => ids.length === 0));
    await first.engine.store.write((tx) => first.engine.omemo.reset(tx, account));
    await first.stop();

    const { engine } = await omemoRig({ server, dataDir, box });
    const { deviceId } = await engine.omemo.own.require(account.id);

    expect(deviceId).not.toBe(lost.deviceId);
    await until('it to be alone', () => idsOn(server, BOT).every((ids) => ids.join() === String(deviceId)));
    await until('the bundles to be gone', () => !bundlesOf(server, BOT, lost.deviceId).includes(true));
  });

  it('takes off what comes later too, but does not fight for ever', async () => {
    const { server, engine, account } = await omemoRig();
    const { deviceId } = await engine.omemo.own.require(account.id);
    await until('it to be listed', () => !idsOn(server, BOT).some((ids) => ids.length === 0));
    const announce = () => {
      const list = server.item(BOT, DEVICES_NODE.legacy);
      server.tell(
        BOT,
        `<message from='${BOT}' to='${BOT}/engine'><event xmlns='http://jabber.org/protocol/pubsub#event'>` +
          `<items node='${DEVICES_NODE.legacy}'><item id='current'>${list}</item></items></event></message>`,
      );
    };
    const legacy = () => idsOn(server, BOT)[OMEMO_VERSIONS.indexOf('legacy')];

    for (const foreign of [11, 12, 13]) {
      publishForeign(server, BOT, { deviceId: foreign });
      announce();
      await until('it to be gone', () => legacy()?.join() === String(deviceId));
    }
    publishForeign(server, BOT, { deviceId: 14 });
    const before = server.published.length;
    announce();
    await engine.store.write(async () => undefined);

    expect(legacy()).toEqual([deviceId, 14]);
    expect(server.published).toHaveLength(before);
  });

  it('puts its own keys back where others stand under its number', async () => {
    const first = await omemoRig();
    const { server, dataDir, box, account, engine } = first;
    const { deviceId } = await engine.omemo.own.require(account.id);
    await until('it to be listed', () => !idsOn(server, BOT).some((ids) => ids.length === 0));
    await first.stop();
    const own = OMEMO_VERSIONS.map((version) => bundleText(server, BOT, version, deviceId));
    publishForeign(server, BOT, { deviceId, isListed: false });

    await omemoRig({ server, dataDir, box });

    await until('its keys to be back', () =>
      OMEMO_VERSIONS.every((version, at) => bundleText(server, BOT, version, deviceId) === own[at]),
    );
  });
});

const bundleText = (server: ScriptedServer, jid: string, version: 'legacy' | 'omemo2', deviceId: number) => {
  const { node, id } = bundlePlace(version, deviceId);
  return String(server.item(jid, node, id));
};

describe('under the account of a person, who has other clients', () => {
  it('leaves the other devices where they are', async () => {
    const rig = await personRig();
    publishForeign(rig.server, YOU);
    await rig.start();
    const { deviceId } = await rig.engine.omemo.own.require(rig.account.id);

    await until('both to be listed', () =>
      idsOn(rig.server, YOU).every((ids) => ids.join() === `${FOREIGN},${deviceId}`),
    );
    expect(bundlesOf(rig.server, YOU, FOREIGN)).toEqual([true, true]);
  });

  it('takes another number where the keys of another device stand under its own, and keeps its keys', async () => {
    const first = await personRig();
    const { server, dataDir, box, account } = first;
    const phone = first.device();
    await first.start();
    const before = await first.engine.omemo.own.require(account.id);
    expect(await phone.read(await first.put(YOU, 'before'))).toBe('before');
    await until('it to be listed', () => idsOn(server, YOU).every((ids) => ids.includes(before.deviceId)));
    await first.stop();
    publishForeign(server, YOU, { deviceId: before.deviceId, isListed: false });
    const theirs = bundleText(server, YOU, 'legacy', before.deviceId);

    const second = await personRig({ server, dataDir, box });
    await second.start();
    const now = await second.engine.omemo.own.require(account.id);

    expect(now.deviceId).not.toBe(before.deviceId);
    expect(Buffer.from(now.keys.publicKey)).toEqual(Buffer.from(before.keys.publicKey));
    await until('the new number to be listed', () =>
      idsOn(server, YOU).every((ids) => ids.includes(before.deviceId) && ids.includes(now.deviceId)),
    );
    expect(bundleText(server, YOU, 'legacy', before.deviceId)).toBe(theirs);
    expect(bundlesOf(server, YOU, now.deviceId)).toEqual([true, true]);
    // Others know the sessions by the old number: there is a new one with each.
    expect(await phone.read(await second.put(YOU, 'after'))).toBe('after');
  });
});
