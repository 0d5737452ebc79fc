import { expect, it } from 'vitest';
import { readDeviceList } from '../../../src-main/gateways/omemo/device-list.ts';
import { bundlePlace, DEVICES_NODE, OMEMO_VERSIONS } from '../../../src-main/gateways/omemo/wire-names.ts';
import { leftDeviceRepository } from '../../../src-main/store/left-device-repository.ts';
import { LOCAL_TENANT } from '../../../src-shared/ids.ts';
import { type PersonRig, personRig, YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

const CALLER = { actor: 'test', from: 'test' };
const SIGN_IN = { jid: YOU, password: 'x', service: undefined, ca: undefined, verify: false };

const listed = ({ server }: PersonRig) =>
  OMEMO_VERSIONS.map((version) => {
    const list = server.item(YOU, DEVICES_NODE[version]);
    return list ? readDeviceList(version, list).map(({ id }) => id) : [];
  });
const bundles = ({ server }: PersonRig, deviceId: number) =>
  OMEMO_VERSIONS.filter((version) => {
    const { node, id } = bundlePlace(version, deviceId);
    return server.item(YOU, node, id);
  });
const noted = ({ engine }: PersonRig) => leftDeviceRepository(engine.store, LOCAL_TENANT).of(YOU);
const isOn = (rig: PersonRig, deviceId: number) => listed(rig).every((ids) => ids.includes(deviceId));
const isOff = (rig: PersonRig, deviceId: number) =>
  !listed(rig).flat().includes(deviceId) && bundles(rig, deviceId).length === 0;

/** An account with a device on the network, beside another client's; the engine is away now. */
async function away() {
  const first = await personRig();
  first.device();
  await first.start();
  const { deviceId } = await first.engine.omemo.own.require(first.account.id);
  await until('the device to be listed', () => isOn(first, deviceId));
  await first.stop();
  const { server, dataDir, box } = first;
  return { deviceId, again: () => personRig({ server, dataDir, box }) };
}

it('is taken off before an account that is online is removed', async () => {
  const rig = await personRig();
  const phone = rig.device();
  await rig.start();
  const { deviceId } = await rig.engine.omemo.own.require(rig.account.id);
  await until('the device to be listed', () => isOn(rig, deviceId));

  expect(await rig.engine.accounts.remove(YOU, false, CALLER)).toEqual({});

  expect(isOff(rig, deviceId)).toBe(true);
  expect(listed(rig)[0]).toEqual([phone.deviceId]);
  expect(await noted(rig)).toEqual([]);
});

it('of an account that was removed while it was away is told, and taken off when it signs in again', async () => {
  const { deviceId, again } = await away();
  const rig = await again();
  expect(await rig.engine.accounts.remove(YOU, false, CALLER)).toEqual({ deviceLeft: deviceId });
  expect([isOn(rig, deviceId), await noted(rig)]).toEqual([true, [deviceId]]);

  await rig.engine.accounts.add({ ...SIGN_IN, omemo: true }, CALLER);
  await rig.engine.start();

  await until('the old device to be gone', async () => isOff(rig, deviceId));
  const account = await rig.engine.accounts.known(YOU);
  const { deviceId: now } = await rig.engine.omemo.own.require(account.id);
  await until('the new one to be listed', () => isOn(rig, now));
  await until('nothing to be left', async () => (await noted(rig)).length === 0);
});

it('is taken off too where the account comes back without consent', async () => {
  const { deviceId, again } = await away();
  const rig = await again();
  await rig.engine.accounts.remove(YOU, false, CALLER);

  await rig.engine.accounts.add(SIGN_IN, CALLER);
  await rig.engine.start();

  await until(
    'the old device to be gone',
    async () => isOff(rig, deviceId) && (await noted(rig)).length === 0,
  );
});

it('goes at the next session when consent was taken back while the account was away', async () => {
  const { deviceId, again } = await away();
  const rig = await again();
  await rig.engine.accounts.setOmemo(YOU, false, CALLER);
  expect(isOn(rig, deviceId)).toBe(true);

  await rig.engine.start();

  await until('the device to be gone', () => isOff(rig, deviceId));
});

it('goes at the next session when it was replaced while the account was away', async () => {
  const { deviceId, again } = await away();
  const rig = await again();
  await rig.engine.omemoDevices.reset(rig.account, CALLER);
  expect(isOn(rig, deviceId)).toBe(true);

  await rig.engine.start();

  await until('the old device to be gone', () => isOff(rig, deviceId));
  const { deviceId: now } = await rig.engine.omemo.own.require(rig.account.id);
  await until('the new one to be listed', () => isOn(rig, now));
});

it('stays noted while the server does not take it off', async () => {
  const rig = await personRig();
  await rig.start();
  const { deviceId } = await rig.engine.omemo.own.require(rig.account.id);
  await until('the device to be listed', () => isOn(rig, deviceId));
  rig.server.refuse = (_, iq) => (iq.getChild('pubsub')?.getChild('publish') ? 'forbidden' : undefined);

  expect(await rig.engine.accounts.remove(YOU, false, CALLER)).toEqual({ deviceLeft: deviceId });
  expect(await noted(rig)).toEqual([deviceId]);
});
