import { describe, expect, it } from 'vitest';
import { bundlePlace, DEVICES_NODE } from '../../../src-main/gateways/omemo/wire-names.ts';
import { type OmemoRig, omemoRig, ownerDevice } from '../../support/scripted/omemo-rig.ts';
import { OWNER } from '../../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

/** From here on the owner's server answers nothing. */
function silence(server: ScriptedServer): void {
  const answer = server.answer.bind(server);
  const never = new Promise<never>(() => undefined);
  server.answer = ((jid: string, text: string) =>
    text.includes(`to="${OWNER}"`) ? never : answer(jid, text)) as ScriptedServer['answer'];
}

const transports = ({ stanzas }: OmemoRig) => stanzas().filter((one) => !one.includes('<payload'));

describe('the server of an owner', () => {
  it('that has died does not keep a message from going to devices that are known', async () => {
    const server = new ScriptedServer();
    const phone = await ownerDevice(server);
    const rig = await omemoRig({ server });
    await rig.send('one');
    rig.clock.advance(2 * 60 * 60 * 1_000);
    silence(server);

    const sent = Promise.all(['two', 'three', 'four'].map((text) => rig.send(text)));
    let isSent = false;
    void sent.then(() => {
      isSent = true;
    });
    await until('the messages to be sent', () => {
      rig.clock.advance(1_000);
      return isSent;
    });

    expect(await rig.heardBy(phone)).toEqual(['one', 'two', 'three', 'four']);
    expect(rig.asked.filter((one) => one === `items ${DEVICES_NODE.omemo2}`).length).toBeLessThanOrEqual(4);
  });

  it('that takes no device does not keep anybody waiting for it', async () => {
    const server = new ScriptedServer();
    server.refuse = (_, iq) => (iq.getChild('pubsub')?.getChild('publish') ? 'forbidden' : undefined);

    const { engine, account } = await omemoRig({ server });

    // Time stands still: there is nothing else that could end it.
    await engine.omemo.published(account.id);
  });

  it('is asked for a bundle again when the list was announced anew', async () => {
    const server = new ScriptedServer();
    const phone = await ownerDevice(server);
    const place = bundlePlace('omemo2', phone.deviceId);
    const bundle = server.item(OWNER, place.node, place.id);
    server.remove(OWNER, place.node);
    const rig = await omemoRig({ server });
    await expect(rig.send('one')).rejects.toMatchObject({ code: 'omemo.no-device' });

    if (bundle) server.publish(OWNER, place.node, { id: place.id, payload: bundle });
    rig.announce('omemo2');
    await until('the message to be sent', () =>
      rig.send('two').then(
        () => true,
        () => false,
      ),
    );

    expect(await rig.heardBy(phone)).toContain('two');
  });
});

describe('a session', () => {
  it('that is damaged is left out of a message, and another one takes its place', async () => {
    const server = new ScriptedServer();
    const [phone, desk] = [await ownerDevice(server), await ownerDevice(server)];
    const rig = await omemoRig({ server });
    await rig.send('one');
    const { peers } = rig.engine.omemo;
    const name = { accountId: rig.account.id, jid: OWNER as never, version: 'omemo2' as const };
    await rig.engine.store.write((tx) =>
      peers.saveSession(tx, { ...name, deviceId: desk.deviceId }, Uint8Array.of(9, 9), 0),
    );

    const stale = await rig.engine.store.write(async (tx) =>
      peers.sessionsWith(name.accountId, name.jid, tx),
    );
    expect(stale).toHaveLength(2);
    await rig.send('two');
    const meantForDesk = () => rig.stanzas().map((stanza) => desk.isMeant(stanza));
    expect(meantForDesk()).toEqual([true, false]);
    // Its bundle is fetched meanwhile. Not read: the new session may have drawn the prekey of the first one again.
    await until('a message for the desk', async () => {
      await rig.send('more');
      return meantForDesk().at(-1);
    });

    expect((await rig.heardBy(phone)).slice(0, 3)).toEqual(['one', 'two', 'more']);
  });

  it('that cannot even be opened is none', async () => {
    const server = new ScriptedServer();
    const phone = await ownerDevice(server);
    const rig = await omemoRig({ server });
    await rig.send('one');
    await rig.engine.store.write(async (tx) => {
      await tx.db
        .updateTable('omemo_session')
        .set({ record: Buffer.from('nonsense') })
        .execute();
    });

    await expect(rig.send('two')).rejects.toMatchObject({ code: 'omemo.no-device' });
    await until('another session', () =>
      rig.send('three').then(
        () => true,
        () => false,
      ),
    );

    expect(rig.stanzas().map((stanza) => phone.isMeant(stanza))).toEqual([true, true]);
  });
});

describe('an answer that says nothing', () => {
  it('comes for each message that repeats a key exchange, and is forgotten when it is sent', async () => {
    const server = new ScriptedServer();
    const phone = await ownerDevice(server);
    const rig = await omemoRig({ server });
    for (const [id, count] of [
      ['m1', 1],
      ['m2', 2],
    ] as const) {
      await phone.say('hello', id);
      await rig.settled();
      rig.clock.advance(3_000);
      await until('the answer', () => transports(rig).length === count);
    }

    const left = () =>
      rig.engine.store.read.selectFrom('outbox').selectAll().where('kind', '=', 'transport').execute();
    await until('the rows to be gone', async () => (await left()).length === 0);
  });

  it('comes once for a chain that has become long', async () => {
    const server = new ScriptedServer();
    const phone = await ownerDevice(server);
    const rig = await omemoRig({ server });
    await phone.say('hello', 'm0');
    await rig.settled();
    await rig.send('answer');
    expect(await rig.heardBy(phone)).toEqual(['answer']);
    const before = transports(rig).length;

    for (let count = 1; count <= 60; count += 1) await phone.write('lost', `lost${count}`);
    for (const id of ['m1', 'm2', 'm3']) {
      await phone.say('late', id);
      await rig.settled();
      rig.clock.advance(3_000);
    }
    await rig.send('the end');

    expect(transports(rig).length - before).toBe(1);
  });
});
