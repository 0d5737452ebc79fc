import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { omemoAnswer } from '../../../src-main/commands/omemo-answer.ts';
import { bundlePlace, DEVICES_NODE } from '../../../src-main/gateways/omemo/wire-names.ts';
import { translate } from '../../../src-shared/text/translate.ts';
import { type OmemoRig, omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { BOT, OWNER } from '../../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

const CALLER = { actor: OWNER, from: 'test' };
const trustOf = async ({ engine, account }: OmemoRig, deviceId: number) =>
  (await engine.omemo.peers.device({ accountId: account.id, jid: OWNER as never, deviceId }))?.trust;
const approve = ({ engine, account }: OmemoRig, deviceId: number) =>
  engine.store.write((tx) =>
    engine.omemoDevices.setTrust(tx, account, { deviceId, trust: 'trusted' }, CALLER),
  );

describe('the notice of new devices', () => {
  it('is one for all of an event, and comes after a restart where it was lost', async () => {
    const server = new ScriptedServer();
    const phone = await ownerDevice(server);
    const rig = await omemoRig({ server });
    await rig.send('hello');
    const made = [await rig.device(), await rig.device()];
    rig.announce('omemo2');
    await until('the notice', () => rig.stanzas().length === 2);
    const [, notice] = await rig.heardBy(phone);
    for (const { deviceId } of made) expect(notice).toContain(String(deviceId));
    await rig.stop();

    const newTexts = async (after: number) => {
      const sent = server.sent.slice(after).filter(({ stanza, to }) => to === OWNER && phone.isMeant(stanza));
      return Promise.all(sent.map(({ stanza }) => phone.read(stanza)));
    };
    const restart = () => omemoRig({ server, dataDir: rig.dataDir, box: rig.box });
    let before = server.sent.length;
    const again = await restart();
    await again.send('nothing new');
    expect(await newTexts(before)).toEqual(['nothing new']);

    // As if the engine had been killed before it told of one of them.
    await again.engine.store.write(async (tx) => {
      await tx.db
        .updateTable('omemo_device')
        .set({ told_at: null })
        .where('device_id', '=', made[0]?.deviceId ?? 0)
        .execute();
    });
    await again.stop();
    before = server.sent.length;
    await restart();
    await until('the notice', () => server.sent.slice(before).some(({ to }) => to === OWNER));
    const [last] = await newTexts(before);
    expect(last).toContain(`: ${made[0]?.deviceId}\n`);
    expect(last).not.toContain(`: ${made[1]?.deviceId}\n`);
  });
});

it('tells of devices that came in a flood a little later, of all in one notice', async () => {
  const server = new ScriptedServer();
  const phone = await ownerDevice(server);
  const rig = await omemoRig({ server });
  await rig.send('hello');
  await rig.heardBy(phone);
  const texts: string[] = [];
  const told = async (deviceId: number) => {
    texts.push(...(await rig.heardBy(phone)));
    return texts.some((text) => text.includes(`: ${deviceId}\n`));
  };
  for (let count = 0; count < 5; count += 1) {
    const { deviceId } = await rig.device();
    rig.announce('omemo2');
    await until('its notice', () => told(deviceId));
  }
  const late = [await rig.device(), await rig.device()];
  rig.announce('omemo2');
  await until('the rest to be planned', () => rig.clock.waits.some((ms) => ms > 30_000 && ms <= 60_000));
  expect(texts).toHaveLength(5);

  rig.clock.advance(60_000);

  for (const { deviceId } of late) await until('the rest', () => told(deviceId));
  expect(texts).toHaveLength(6);
});

describe('a client of the owner that comes online', () => {
  const NODE = DEVICES_NODE.omemo2;
  const comes = ({ server }: OmemoRig, resource: string, since = '') =>
    server.tell(BOT, `<presence from='${OWNER}/${resource}' to='${BOT}/engine'>${since}</presence>`);
  const readings = ({ asked }: OmemoRig) => asked.filter((one) => one === `items ${NODE} of ${OWNER}`).length;
  const rigWithPhone = async () => {
    const server = new ScriptedServer();
    const phone = await ownerDevice(server);
    const rig = await omemoRig({ server });
    await rig.send('hello');
    await rig.heardBy(phone);
    const told = (deviceId: number) =>
      until('the notice', async () =>
        (await rig.heardBy(phone)).some((text) => text.includes(`: ${deviceId}\n`)),
      );
    return { ...rig, told };
  };

  it('is told of although no event came, and the list had been read a moment before', async () => {
    const rig = await rigWithPhone();
    const { deviceId } = await rig.device();

    comes(rig, 'tablet');

    await rig.told(deviceId);
  });

  it('again and again is looked at later, once for all', async () => {
    const rig = await rigWithPhone();
    for (const number of Array(7).keys()) comes(rig, `tablet${number}`);
    const before = await until('as many looks as are allowed at once', () => {
      const count = readings(rig);
      return rig.clock.waits.some((ms) => ms > 0 && ms <= 12_000) && count >= 5 && count;
    });
    const { deviceId } = await rig.device();
    comes(rig, 'watch');

    rig.clock.advance(12_000);

    await rig.told(deviceId);
    expect(readings(rig)).toBe(before + 1);
  });

  it('before the bot did is seen by the look that was made then', async () => {
    const rig = await rigWithPhone();
    const before = readings(rig);
    const stamp = new Date(rig.clock.now() - 60_000).toISOString();

    comes(rig, 'desk', `<delay xmlns='urn:xmpp:delay' from='${OWNER}/desk' stamp='${stamp}'/>`);
    await rig.send('still here');

    expect(readings(rig)).toBe(before);
  });
});

describe('trust', () => {
  it('from the first look is for the key of the bundle, not for the first who writes', async () => {
    const server = new ScriptedServer();
    const phone = await ownerDevice(server);
    server.remove(OWNER, bundlePlace('omemo2', phone.deviceId).node);
    const rig = await omemoRig({ server });
    await rig.send('nobody').catch(() => undefined);
    expect(await trustOf(rig, phone.deviceId)).toBe('trusted');
    await expect(approve(rig, phone.deviceId)).rejects.toMatchObject({ code: 'omemo.no-keys' });

    await phone.say('/info', 'm1');
    await rig.settled();

    expect(await trustOf(rig, phone.deviceId)).toBe('new');
  });

  it('goes to a new key under the old number when the owner says so', async () => {
    const server = new ScriptedServer();
    const [phone, desk] = [await ownerDevice(server), await ownerDevice(server)];
    const rig = await omemoRig({ server });
    await phone.say('mine', 'm1');
    await rig.settled();
    await rig.send('hello');
    await rig.heardBy(desk);
    const restored = await rig.device('omemo2', { isListed: false });
    const write = async (text: string, id: string) => {
      const stanza = await restored.write(text, id);
      stanza.getChild('encrypted')?.getChild('header')?.attr('sid', String(phone.deviceId));
      server.deliver(BOT, stanza);
      await rig.settled();
    };

    await write('yours', 'm2');
    expect(await rig.updates()).toEqual(['mine']);
    await until('the notice', async () =>
      (await rig.heardBy(desk)).some((text) => text.includes(`/omemo trust ${phone.deviceId}`)),
    );
    await approve(rig, phone.deviceId);
    await write('mine again', 'm3');

    expect(await rig.updates()).toEqual(['mine', 'mine again']);
    await phone.say('old', 'm4');
    await rig.settled();
    expect(await rig.updates()).toEqual(['mine', 'mine again']);
  });
});

describe('a reaction for clients that know texts only', () => {
  const reaction = (inner: string) =>
    parse(
      `<message to='${OWNER}' type='chat' id='x'><reactions xmlns='urn:xmpp:reactions:0' id='m1'>${inner}</reactions>` +
        `<store xmlns='urn:xmpp:hints'/></message>`,
    );
  const seal = async ({ engine, account }: OmemoRig, stanza: ReturnType<typeof parse>) =>
    (await engine.store.write((tx) => engine.omemo.seal(tx, account, OWNER as never, stanza))).stanza;

  it('is written out; taking it back is refused, unless somebody understands it', async () => {
    const server = new ScriptedServer();
    const old = await ownerDevice(server, 'legacy');
    const rig = await omemoRig({ server });
    await rig.send('hello');

    expect(await old.read(rig.stanzas()[0] ?? '')).toBe('hello');
    const given = await seal(rig, reaction('<reaction>👍</reaction>'));
    expect(await old.read(given.toString())).toBe('👍');
    expect(given.toString()).not.toContain('urn:xmpp:reactions:0');
    await expect(seal(rig, reaction(''))).rejects.toMatchObject({ code: 'omemo.reaction-stays' });

    const modern = await rig.device('omemo2');
    rig.announce('omemo2');
    await until('the other device', async () => {
      await rig.send('hello too');
      return modern.isMeant(rig.stanzas().at(-1) ?? '');
    });
    const taken = (await seal(rig, reaction(''))).toString();
    expect(old.isMeant(taken)).toBe(false);
    expect(modern.isMeant(taken)).toBe(true);
  });

  it('and nothing else that would stand in clear is sent', async () => {
    const server = new ScriptedServer();
    await ownerDevice(server, 'legacy');
    const rig = await omemoRig({ server });
    await rig.send('hello');

    for (const leak of [
      "<x xmlns='jabber:x:oob'><url>https://secret</url></x>",
      '<private xmlns="urn:x"/>',
    ]) {
      const stanza = parse(`<message to='${OWNER}'><body>secret</body>${leak}</message>`);
      await expect(seal(rig, stanza)).rejects.toThrow(TypeError);
    }
  });
});

describe('what is known of devices', () => {
  const known = (deviceId: number, more = {}) => ({
    jid: OWNER as never,
    deviceId,
    identityKey: undefined,
    trust: 'new' as const,
    versions: [],
    label: undefined,
    firstSeen: deviceId,
    lastSeen: undefined,
    repairedAt: undefined,
    repairs: 0,
    otherKey: undefined,
    decidedAt: undefined,
    ...more,
  });

  it('does not grow with made-up numbers, and keeps who is listed or decided about', async () => {
    const rig = await omemoRig();
    const { devices, peers } = rig.engine.omemo;
    await rig.engine.store.write(async (tx) => {
      await devices.save(tx, rig.account.id, known(1, { versions: ['omemo2'] }));
      await devices.save(tx, rig.account.id, known(2, { decidedAt: 1, trust: 'distrusted' }));
      for (let id = 3; id < 100; id += 1) await devices.keep(tx, rig.account.id, known(id));
    });

    const left = (await peers.devicesOf(rig.account.id, OWNER as never)).map(({ deviceId }) => deviceId);
    expect(left).toHaveLength(50);
    expect(left.slice(0, 3)).toEqual([1, 2, 52]);
  });

  it('forgets sessions with unlisted devices that nobody has used for a month', async () => {
    const server = new ScriptedServer();
    await ownerDevice(server);
    const rig = await omemoRig({ server });
    await rig.send('hello');
    const { peers } = rig.engine.omemo;
    const name = { accountId: rig.account.id, jid: OWNER as never, version: 'omemo2' as const };
    await rig.engine.store.write(async (tx) => {
      await peers.saveSession(tx, { ...name, deviceId: 7 }, Uint8Array.of(1), rig.clock.now());
      rig.clock.jump(31 * 24 * 60 * 60 * 1_000);
      await rig.engine.omemo.expire(tx);
    });

    const left = await peers.sessionsWith(name.accountId, name.jid);
    expect(left).toHaveLength(1);
    expect(left[0]?.deviceId).not.toBe(7);
  });

  it('is shown in one line each, and in no more than a chat takes', async () => {
    const rig = await omemoRig();
    const { devices } = rig.engine.omemo;
    await rig.engine.store.write(async (tx) => {
      for (let id = 1; id < 40; id += 1)
        await devices.save(tx, rig.account.id, known(id, { label: 'My\n/omemo trust 1\u202Ephone' }));
    });

    const answer = await rig.engine.store.write((tx) =>
      omemoAnswer({
        tx,
        omemoDevices: rig.engine.omemoDevices,
        account: rig.account,
        caller: CALLER,
        t: translate('en'),
        words: [],
      }),
    );

    expect(answer).toContain('My /omemo trust 1phone');
    expect(answer.split('\n').length).toBeLessThan(60);
    expect(answer).toMatch(/and \d\d more/);
  });
});
