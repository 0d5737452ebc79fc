import { parse } from 'ltx';
import { expect, it } from 'vitest';
import type { OmemoVersion } from '../../../src-main/gateways/omemo/ratchet-backend.ts';
import { NS_QUICK_RESPONSE } from '../../../src-main/gateways/xmpp/xep-0439-quick-response.ts';
import { omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';

async function chat(version: OmemoVersion = 'omemo2') {
  const server = new ScriptedServer();
  const device = await ownerDevice(server, version);
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

  expect(await type('/help')).toEqual([
    expect.stringMatching(/^Ledger\n═+\n[\s\S]*\n4\. \/help - .*\n.*\n5\. \/start/),
  ]);
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

it('offers what can be chosen inside of the encryption, and nowhere else', async () => {
  const { type, owned, stanzas } = await chat();

  const [text] = await type('/api');

  const offers = owned
    .lastContent()
    .filter((one) => one.getNS() === NS_QUICK_RESPONSE)
    .map(({ name, attrs }) => [name, attrs.value, attrs.label]);
  expect(offers).toContainEqual(['response', '/api messages', 'Send and receive messages']);
  expect(new Set(offers.map(([, value]) => value)).size).toBe(offers.length);
  for (const [, value] of offers) expect(text).toContain(`${value} - `);
  expect(stanzas().join()).not.toContain('quick-response');
});

it('leaves that out for devices that could only be told in clear', async () => {
  const { type, stanzas } = await chat('legacy');

  expect(await type('/api')).toEqual([expect.stringContaining('1. /api auth - Authentication')]);
  expect(stanzas().join()).not.toContain('quick-response');
  const outside = stanzas().flatMap((one) =>
    parse(one)
      .getChildElements()
      .map(({ name }) => name),
  );
  expect([...new Set(outside)]).not.toContain('response');
});

it('takes a number alone for what the menu before it offers, until something else is said', async () => {
  const { type, updates, send, owned, heardBy } = await chat();

  expect(await type('1')).toEqual([]);
  expect(await type('/api')).toEqual([expect.stringContaining('2. /api messages')]);
  expect(await type(' 2 ')).toEqual([expect.stringMatching(/^Send and receive messages\n/)]);
  // That page offers the way back and nothing else.
  expect(await type('2')).toEqual([]);
  expect(await updates()).toEqual(['1', '2']);
  expect(await type('1')).toEqual([]);

  await type('/api');
  await send('Which of the two?');
  await heardBy(owned);
  expect(await type('1')).toEqual([]);
  await type('/api');
  expect(await type('hello')).toEqual([]);
  expect(await type('1')).toEqual([]);
  expect((await updates()).slice(3)).toEqual(['1', 'hello', '1']);
});

it('keeps a menu open for some minutes only', async () => {
  const { type, clock, updates } = await chat();

  await type('/api');
  clock.jump(4 * 60 * 1_000);
  expect(await type('1')).toEqual([expect.stringMatching(/^Authentication\n/)]);
  clock.jump(6 * 60 * 1_000);
  expect(await type('1')).toEqual([]);
  expect(await updates()).toEqual(['1']);
});
