import { expect, it } from 'vitest';
import { bundlePlace, DEVICES_NODE } from '../../../src-main/gateways/omemo/wire-names.ts';
import { omemoRig } from '../../support/scripted/omemo-rig.ts';
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
