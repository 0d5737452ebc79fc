import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { bundlePlace } from '../../../src-main/gateways/omemo/wire-names.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { type OmemoRig, omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { BOT, OWNER } from '../../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

const MINUTE_MS = 60_000;

async function bot(versions: readonly ('legacy' | 'omemo2')[] = ['omemo2']) {
  const server = new ScriptedServer();
  const devices = [];
  for (const version of versions) devices.push(await ownerDevice(server, version));
  const rig = await omemoRig({ server });
  const [device] = devices;
  if (!device) throw new Error('there is no device');
  return { ...rig, device, devices };
}

const record = ({ engine, account }: Pick<OmemoRig, 'engine' | 'account'>, deviceId: number) =>
  engine.store.write(async (tx) =>
    engine.omemo.peers.session(tx, {
      accountId: account.id,
      jid: OWNER as BareJid,
      deviceId,
      version: 'omemo2',
    }),
  );

describe('what a bot says', () => {
  it('is encrypted for each device in its version, in one stanza, and says nothing else', async () => {
    const { send, devices, heardBy, stanzas } = await bot(['omemo2', 'legacy']);
    await send('hello both');

    const [stanza = ''] = stanzas();
    expect(parse(stanza).getChildren('encrypted')).toHaveLength(2);
    expect(stanza).not.toContain('hello both');
    for (const device of devices) expect(await heardBy(device)).toEqual(['hello both']);
  });

  it('is refused while nobody could read it', async () => {
    const { send, stanzas, engine, account } = await omemoRig();

    await expect(send('hello')).rejects.toMatchObject({ code: 'omemo.no-device', slug: 'no_omemo_device' });
    expect(stanzas()).toEqual([]);
    expect(await engine.outbox.waiting(account.id, 0, 10)).toEqual([]);
  });

  it('goes in the older version where the newer bundle is missing or bad, and that is not asked for again soon', async () => {
    const server = new ScriptedServer();
    const [modern, older] = [await ownerDevice(server), await ownerDevice(server, 'legacy')];
    const { node } = bundlePlace('omemo2', modern.deviceId);
    server.remove(OWNER, node);
    const { send, heardBy, asked, clock } = await omemoRig({ server });
    const questions = () => asked.filter((one) => one === `items ${node} of ${OWNER}`).length;

    await send('one');
    await send('two');
    expect(await heardBy(older)).toEqual(['one', 'two']);
    expect(questions()).toBe(1);
    clock.advance(10 * MINUTE_MS + 1);
    await send('three');
    expect(questions()).toBe(2);
  });
});

describe('what a bot hears', () => {
  it('reaches the ratchet once, whichever copies of it come', async () => {
    const rig = await bot();
    const { device, server, settled, updates } = rig;
    const stanza = await device.write('once', 'm1');
    server.deliver(BOT, stanza);
    await settled();
    const before = await record(rig, device.deviceId);
    server.deliver(BOT, stanza);
    server.tell(BOT, stanza.toString());
    await settled();

    expect(await updates()).toEqual(['once']);
    expect(await record(rig, device.deviceId)).toEqual(before);
    await device.say('twice', 'm2');
    await settled();
    expect(await updates()).toEqual(['once', 'twice']);
  });

  it('changes nothing when it was tampered with', async () => {
    const rig = await bot();
    const { device, settled, updates, engine, account } = rig;
    await device.say('first', 'm1');
    await settled();
    const before = await record(rig, device.deviceId);
    const stanza = await device.write('second', 'm2');
    const payload = stanza.getChild('encrypted')?.getChild('payload');
    const text = payload?.getText() ?? '';
    payload?.children.splice(0, 1, `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`);
    const place = { from: OWNER as BareJid, to: BOT as BareJid, isRepairing: false };
    const opened = await engine.store.write((tx) => engine.omemo.open(tx, account, { stanza, ...place }));

    expect(opened).toMatchObject({ kind: 'trouble', why: 'bad-mac' });
    // What the ratchet carried was right, only the payload was not. It moves with what was said, or not at all.
    expect(await record(rig, device.deviceId)).toEqual(before);
    await device.say('third', 'm3');
    await settled();
    expect(await updates()).toEqual(['first', 'third']);
  });

  it('leaves ratchet and inbox as they were when its unit fails, and is heard then', async () => {
    const rig = await bot();
    const { device, settled, updates, engine, account, clock } = rig;
    await device.say('first', 'm1');
    await settled();
    const before = await record(rig, device.deviceId);
    // The disk fails at the very end of the unit.
    const { queue } = engine.updates;
    let failures = 0;
    engine.updates.queue = async (...given) => {
      await queue(...given);
      if (failures++ > 0) return;
      throw new Error('the disk is full');
    };
    await device.say('second', 'm2');
    await until('the failure', () => failures > 0);
    const seen = await record(rig, device.deviceId);
    expect([await engine.inbox.count(account.id), await updates()]).toEqual([1, ['first']]);
    expect(seen).toEqual(before);

    await until('another try', async () => {
      clock.advance(MINUTE_MS);
      return (await engine.inbox.count(account.id)) === 0;
    });
    await settled();
    expect(await updates()).toEqual(['first', 'second']);
    expect(await record(rig, device.deviceId)).not.toEqual(before);
  });

  it('is answered by an empty message when it begins a session and nobody says anything', async () => {
    const { device, settled, stanzas, clock, heardBy } = await bot();
    await device.say('hello', 'm1');
    await settled();
    expect(stanzas()).toEqual([]);
    clock.advance(2_000);
    await until('an answer', () => stanzas().length === 1);
    expect(await heardBy(device)).toEqual([]);
    expect(device.isMeant(stanzas()[0] ?? '')).toBe(true);
    expect(
      parse(stanzas()[0] ?? '')
        .getChild('encrypted')
        ?.getChild('payload'),
    ).toBeUndefined();
  });
});

describe('a session that does not work any more', () => {
  /** A device that has talked to the bot, whose messages the bot cannot read any more. */
  async function broken() {
    const rig = await bot();
    const { device, settled, engine, account, send, heardBy, clock, stanzas } = rig;
    await device.say('hello', 'm1');
    await settled();
    clock.advance(2_000);
    await until('the answer', () => stanzas().length === 1);
    await heardBy(device);
    await send('hello too');
    await heardBy(device);
    await device.say('and again', 'm2');
    await settled();
    const lose = () => engine.store.write((tx) => engine.omemo.peers.forgetSessions(tx, account.id));
    const transports = () => stanzas().filter((one) => !one.includes('<payload')).length;
    return { ...rig, lose, transports };
  }

  it('is begun anew once, with an empty message and one notice, and works from then on', async () => {
    const { lose, device, settled, transports, heardBy, updates } = await broken();
    const before = transports();
    await lose();
    await device.say('lost', 'm3');
    await device.say('lost too', 'm4');
    await settled();
    await until('a new session', () => transports() === before + 1);

    const told = await heardBy(device);
    expect(told.filter((text) => text.includes('could not be decrypted'))).toHaveLength(1);
    await device.say('found', 'm5');
    await settled();
    expect(await updates()).toEqual(['hello', 'and again', 'found']);
    expect(transports()).toBe(before + 1);
  });

  it('is begun anew once in ten minutes, then once in twenty', async () => {
    const { lose, device, settled, transports, clock, asked, engine, account } = await broken();
    const { node } = bundlePlace('omemo2', device.deviceId);
    const before = transports();
    const bundles = () => asked.filter((one) => one === `items ${node} of ${OWNER}`).length;
    let count = 10;
    /** The peer does not notice the new session, and goes on in the one that is gone. */
    const fail = async () => {
      await lose();
      await device.say('lost', `n${count++}`);
      await settled();
      // Behind the look whether it is this device's turn.
      for (let times = 0; times < 20; times += 1) await engine.store.write(async () => undefined);
    };
    const asks = async () => {
      const from = bundles();
      await fail();
      return bundles() - from;
    };
    await fail();
    await until('the first', () => transports() === before + 1);
    // `prepare` begins sessions for the notice as well; a renewal shows by its empty message.
    const renewals = async () => {
      const from = transports();
      await asks();
      return transports() - from;
    };
    expect(await renewals()).toBe(0);
    clock.advance(10 * MINUTE_MS + 1);
    expect(await renewals()).toBe(1);
    clock.advance(10 * MINUTE_MS + 1);
    expect(await renewals()).toBe(0);
    clock.advance(10 * MINUTE_MS + 1);
    expect(await renewals()).toBe(1);
    expect((await engine.omemo.peers.devicesOf(account.id, OWNER as BareJid))[0]?.repairs).toBe(3);
  });

  it('is begun anew once for all that came while the bot was away', async () => {
    const { lose, device, stop, server, dataDir, box, transports, heardBy } = await broken();
    await lose();
    await stop();
    const before = transports();
    for (const id of ['m3', 'm4', 'm5']) await device.say('while you were away', id);
    const back = await omemoRig({ server, dataDir, box });
    await back.settled();
    await until('a new session', () => transports() === before + 1);

    expect(await heardBy(device)).toEqual([expect.stringContaining('could not be decrypted')]);
    await device.say('found', 'm6');
    await back.settled();
    expect((await back.updates()).at(-1)).toBe('found');
    expect(transports()).toBe(before + 1);
  });
});

describe('new sessions', () => {
  it('are worked on five times a minute for one sender, and one line of the log says so', async () => {
    const server = new ScriptedServer();
    const { device, settled, updates, clock, engine, account } = await omemoRig({ server });
    const newcomers = [];
    for (let index = 0; index < 8; index += 1) newcomers.push(await device('omemo2', { isListed: false }));
    for (const [index, one] of newcomers.entries()) await one.say(`hello ${index + 1}`, `m${index + 1}`);
    await settled();
    expect(await updates()).toEqual(['hello 1', 'hello 2', 'hello 3', 'hello 4', 'hello 5']);
    expect(await engine.omemo.peers.devicesOf(account.id, OWNER as BareJid)).toHaveLength(5);

    clock.advance(MINUTE_MS);
    await newcomers[7]?.say('hello at last', 'm9');
    await settled();
    expect((await updates()).at(-1)).toBe('hello at last');
  });
});
