import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OMEMO_VERSIONS } from '../../../src-main/gateways/omemo/wire-names.ts';
import { DATABASE_FILE } from '../../../src-main/store/open.ts';
import { omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

it('comes back from a backup with its old identity, fresh prekeys and no sessions, and is understood', async () => {
  const server = new ScriptedServer();
  const device = await ownerDevice(server);
  const first = await omemoRig({ server });
  await device.say('before', 'm1');
  await first.settled();
  const bundleOf = ({ engine, account }: typeof first, version: 'legacy' | 'omemo2') =>
    engine.omemo.own.bundle(account.id, version);
  const hidden = await first.device('omemo2', { isListed: false });
  await hidden.say('/info', 'w1');
  await first.settled();
  const before = await Promise.all(OMEMO_VERSIONS.map((version) => bundleOf(first, version)));
  const elsewhere = testFolder();
  await first.engine.store.copyTo(join(elsewhere, DATABASE_FILE));
  await first.send('after the backup');
  expect(await first.heardBy(device)).toContain('after the backup');
  await first.stop();

  const second = await omemoRig({ server, dataDir: elsewhere, box: first.box });
  const { engine, account } = second;
  expect(await engine.omemo.peers.sessionsWith(account.id, 'nobody@localhost' as never)).toEqual([]);
  expect(await engine.store.write((tx) => engine.waitingCommands.devices(tx, account.id))).toEqual([]);
  for (const [index, version] of OMEMO_VERSIONS.entries()) {
    const [old, now] = [before[index], await bundleOf(second, version)];
    expect(Buffer.from(now.identityKey)).toEqual(Buffer.from(old?.identityKey ?? []));
    expect(now.preKeys).toHaveLength(100);
    const oldIds = old?.preKeys.map(({ id }) => id) ?? [];
    expect(Math.min(...now.preKeys.map(({ id }) => id))).toBeGreaterThan(Math.max(...oldIds) + 10_000);
  }

  await second.send('here again');
  expect(await first.heardBy(device)).toContain('here again');
  await device.say('welcome back', 'm2');
  await second.settled();
  await until('the answer', async () => (await second.updates()).includes('welcome back'));
});
