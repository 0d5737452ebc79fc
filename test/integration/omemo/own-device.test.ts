import { expect, it } from 'vitest';
import { OMEMO_VERSIONS } from '../../../src-main/gateways/omemo/wire-names.ts';
import { omemoKeysRepository } from '../../../src-main/store/omemo-keys-repository.ts';
import { type OmemoRig, omemoRig } from '../../support/scripted/omemo-rig.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

async function ownDevice() {
  const rig = await omemoRig();
  const { store, omemo } = rig.engine;
  const { id } = rig.account;
  const keys = omemoKeysRepository(store, rig.box);
  const free = async (version: 'legacy' | 'omemo2') =>
    (await keys.freePreKeys(id, version)).map((key) => key.id);
  /** As a key exchange does. */
  const use = (version: 'legacy' | 'omemo2', ids: readonly number[]) =>
    store.write(async (tx) => {
      for (const one of ids) await omemo.own.notePreKeyUsed(tx, id, version, one);
    });
  return {
    ...rig,
    keys,
    free,
    use,
    ensure: () => omemo.own.ensure(id),
    expire: () => store.write(omemo.expire),
  };
}

it('has a hundred prekeys for each version, under numbers of which none is given out twice', async () => {
  const { free, use, ensure } = await ownDevice();
  const first = { legacy: await free('legacy'), omemo2: await free('omemo2') };
  expect([first.legacy.length, first.omemo2.length]).toEqual([100, 100]);

  await use('legacy', first.legacy.slice(0, 20));
  await ensure();
  expect(await free('legacy')).toHaveLength(80);
  await use('legacy', first.legacy.slice(20, 21));
  await ensure();

  const now = await free('legacy');
  expect(now).toHaveLength(100);
  expect(await free('omemo2')).toEqual(first.omemo2);
  const all = new Set([...first.legacy, ...first.omemo2, ...now]);
  expect(all.size).toBe(221);
  expect(Math.min(...all)).toBeGreaterThan(0);
});

it('gets a new signed prekey each week, and keeps the old one for thirty days after that', async () => {
  const { clock, keys, account, ensure, expire, engine } = await ownDevice();
  const signed = async () => (await keys.signedPreKeys(account.id)).map(({ id }) => id);
  const [first = 0] = await signed();

  clock.jump(6 * DAY_MS);
  await ensure();
  expect(await signed()).toEqual([first]);
  clock.jump(2 * DAY_MS);
  await ensure();
  const [second = 0] = await signed();
  expect(await signed()).toEqual([second, first]);
  for (const version of OMEMO_VERSIONS) {
    expect((await engine.omemo.own.bundle(account.id, version)).signedPreKey.id).toBe(second);
  }

  clock.jump(29 * DAY_MS);
  await expire();
  expect(await signed()).toEqual([second, first]);
  clock.jump(2 * DAY_MS);
  await expire();
  expect(await signed()).toEqual([second]);
  // Who was away for months still has the key that others found last.
  clock.jump(90 * DAY_MS);
  await expire();
  expect(await signed()).toEqual([second]);
});

it('keeps a used prekey for a day: a copy of the message that used it may be on its way', async () => {
  const { clock, keys, account, use, free, expire, engine } = await ownDevice();
  const [id = 0] = await free('omemo2');
  await use('omemo2', [id]);
  const isKept = () =>
    engine.store.write(async (tx) => (await keys.preKey(tx, account.id, 'omemo2', id)) !== undefined);

  expect(await free('omemo2')).not.toContain(id);
  clock.jump(DAY_MS - 1_000);
  await expire();
  expect(await isKept()).toBe(true);
  clock.jump(2_000);
  await expire();
  expect(await isKept()).toBe(false);
});

it('loses old keys and forgotten commands by itself', async () => {
  const rig = await ownDevice();
  const { clock, keys, account, free, use, engine } = rig;
  const [id = 0] = await free('legacy');
  await use('legacy', [id]);
  await aWaitingCommand(rig);

  clock.jump(DAY_MS + 1_000);
  clock.advance(10 * 60 * 1_000);
  // Behind the unit of the housekeeping.
  const [left, kept] = await engine.store.write(async (tx) => [
    await engine.waitingCommands.devices(tx, account.id),
    await keys.preKey(tx, account.id, 'legacy', id),
  ]);

  expect([left, kept]).toEqual([[], undefined]);
});

async function aWaitingCommand({ engine, account, clock }: OmemoRig): Promise<void> {
  const name = { accountId: account.id, jid: account.jid, deviceId: 7 };
  const command = { id: 'c1', content: '<message/>', receivedAt: clock.now(), sentAt: clock.now() };
  await engine.store.write((tx) => engine.waitingCommands.add(tx, name, command));
  expect(await engine.store.write((tx) => engine.waitingCommands.devices(tx, account.id))).toHaveLength(1);
}
