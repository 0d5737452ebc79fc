import { expect, it } from 'vitest';
import { omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';

async function chat() {
  const server = new ScriptedServer();
  const device = await ownerDevice(server);
  const rig = await omemoRig({ server });
  let count = 0;
  /** The answers of the bot to what its owner types. */
  const type = async (text: string) => {
    count += 1;
    await device.say(text, `c${count}`);
    await rig.settled();
    // What was committed leaves in a moment.
    const { outbox, store } = rig.engine;
    for (let waiting = 1; waiting > 0; ) {
      await store.write(async () => undefined);
      waiting = (await outbox.waiting(rig.account.id, 0, 10)).length;
    }
    return rig.heardBy(device);
  };
  return { ...rig, type, owned: device };
}

it('answers /help and /start with what it can do, in the language of the installation', async () => {
  const { type, engine } = await chat();

  expect(await type('/help')).toEqual([expect.stringMatching(/^Ledger\n\n\/help - .*\n\/start/)]);
  await engine.store.write((tx) =>
    engine.settings.set(tx, 'language', 'de', { actor: 'test', from: 'test' }),
  );
  expect(await type('/hilfe')).toEqual([expect.stringMatching(/\/omemo .*Geräte/)]);
  expect(await type('/start')).toEqual([expect.stringContaining('Ledger')]);
});

it('gives every other slash text to its program', async () => {
  const { type, updates } = await chat();

  expect(await type('/weather Berlin')).toEqual([]);
  expect(await type('/helpme')).toEqual([]);
  expect(await updates()).toEqual(['/weather Berlin', '/helpme']);
});

it('takes no token, key or file for commands that are not there yet to the program', async () => {
  const { type, updates } = await chat();

  expect(await type('/ki token sk-secret')).toHaveLength(1);
  expect(await type('/api server cert x.pem')).toHaveLength(1);
  expect(await updates()).toEqual([]);
});

it('shows devices, and notes a refused command in the audit log without what was typed', async () => {
  const { type, owned, engine, bot } = await chat();

  expect(await type('/omemo')).toEqual([expect.stringContaining(String(owned.deviceId))]);
  expect(await type('/omemo trust 12345')).toEqual([expect.stringContaining('12345')]);
  const [newest] = await engine.audit.page({ limit: 1, botId: bot.id });
  expect(newest).toMatchObject({ action: 'menu.omemo', outcome: 'refused', botId: bot.id });
});

it('says nothing to anybody but the owner', async () => {
  const { device, server, settled, updates, engine, account } = await chat();
  const stranger = await device('omemo2', { jid: 'stranger@localhost' });
  const before = server.sent.length;

  await stranger.say('/info', 's1');
  await stranger.say('hello', 's2');
  await settled();

  expect(server.sent.slice(before)).toEqual([]);
  expect(await updates()).toEqual([]);
  expect(await engine.omemo.peers.devicesOf(account.id, 'stranger@localhost' as never)).toEqual([]);
});
