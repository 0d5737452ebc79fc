import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src-main/base/clock.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { bundleDifferences } from '../../../src-main/gateways/omemo/bundle.ts';
import {
  checkBundle,
  deleteBundle,
  fetchBundle,
  publishBundle,
} from '../../../src-main/gateways/omemo/bundle-node.ts';
import { generateKeyPair } from '../../../src-main/gateways/omemo/curve.ts';
import {
  type DeviceListEvent,
  fetchDeviceList,
  fetchDeviceLists,
  followDeviceLists,
  publishDeviceList,
} from '../../../src-main/gateways/omemo/device-list-node.ts';
import { type Listing, ownDeviceList, RE_ADDS } from '../../../src-main/gateways/omemo/own-device-list.ts';
import type { PeerBundle } from '../../../src-main/gateways/omemo/ratchet-backend.ts';
import { bundlePlace, DEVICES_NODE, OMEMO_VERSIONS } from '../../../src-main/gateways/omemo/wire-names.ts';
import { sign } from '../../../src-main/gateways/omemo/xeddsa.ts';
import { xml } from '../../../src-main/gateways/xmpp/element.ts';
import { sessionPool } from '../../../src-main/gateways/xmpp/session-pool.ts';
import { ensureNode } from '../../../src-main/gateways/xmpp/xep-0060-pubsub.ts';
import { publishPep } from '../../../src-main/gateways/xmpp/xep-0163-pep.ts';
import { type BareJid, bareJid } from '../../../src-shared/jid.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd, startProsody, type XmppServer } from '../../support/servers/servers.ts';
import { until } from '../../support/until.ts';

const servers = [
  { name: 'ejabberd', start: startEjabberd, needs: ['server'] as const },
  { name: 'Prosody', start: startProsody, needs: ['prosody'] as const },
];

async function signIn(server: XmppServer, jid: BareJid, resource: string) {
  const pool = sessionPool({ clock: systemClock, logger: silentLogger });
  const ca = readFileSync(server.caFile, 'utf8');
  const session = pool.start({ jid, resource, password: () => 'secret', service: server.service, ca });
  session.onMessage(async () => undefined);
  await until(`${jid} online`, () => session.state === 'online');
  return { session, close: () => pool.stopAll() };
}

/** A bundle as the ratchet would make it for OMEMO 2; the server does not look at it. */
function someBundle(): PeerBundle {
  const identity = generateKeyPair();
  const { publicKey } = generateKeyPair();
  const preKeys = Array.from({ length: 100 }, (_, at) => ({
    id: at + 1,
    publicKey: generateKeyPair().publicKey,
  }));
  const signedPreKey = { id: 1, publicKey, signature: sign(identity, publicKey) };
  return { identityKey: identity.publicKey, edIdentityKey: undefined, signedPreKey, preKeys };
}

describe.each(servers)('OMEMO on a real $name', ({ start, needs }) => {
  const isMissing = lacks(...needs);
  let server: Awaited<ReturnType<typeof start>>;
  let stranger: Awaited<ReturnType<typeof signIn>>;
  let people = 0;

  /** A fresh account; nobody knows it. */
  async function newcomer() {
    people += 1;
    const name = `anna${people}`;
    await server.register(name, 'secret');
    const jid = bareJid(`${name}@localhost`);
    const join = async (resource: string) => {
      const { session, close } = await signIn(server, jid, resource);
      onTestFinished(close);
      return session;
    };
    return { jid, join, session: await join('one') };
  }

  beforeAll(async () => {
    if (isMissing) return;
    server = await start();
    await server.register('stranger', 'secret');
    stranger = await signIn(server, bareJid('stranger@localhost'), 'one');
  });
  afterAll(async () => {
    await stranger?.close();
    await server?.[Symbol.asyncDispose]();
  });

  it.skipIf(isMissing)(
    'a stranger reads what a fresh account publishes, and no more after it is gone',
    async () => {
      const { jid, session } = await newcomer();
      const bundle = someBundle();
      const device = { id: 2 ** 31 - 1, label: 'Grüße & <mehr>' };

      expect(await fetchDeviceLists(stranger.session, jid)).toEqual({ legacy: [], omemo2: [] });
      for (const version of OMEMO_VERSIONS) {
        const place = { version, deviceId: device.id, bundle };
        const list = ownDeviceList({ session, clock: systemClock, version, device });
        expect(await fetchBundle(stranger.session, jid, device.id, version)).toBeUndefined();
        expect(await checkBundle(session, place)).toEqual(['missing']);
        await publishBundle(session, place);
        expect([await list.add(), await list.add()]).toEqual(['listed', 'unchanged']);
        expect(await checkBundle(session, place)).toEqual([]);

        const seen = await fetchBundle(stranger.session, jid, device.id, version);

        expect(seen && bundleDifferences(bundle, seen)).toEqual([]);
        const listed = version === 'legacy' ? { id: device.id } : device;
        expect(await fetchDeviceList(stranger.session, jid, version)).toEqual([listed]);
        await list.remove();
        await deleteBundle(session, place);
        await deleteBundle(session, place);
        expect(await fetchBundle(stranger.session, jid, device.id, version)).toBeUndefined();
      }
      expect(await fetchDeviceLists(stranger.session, jid)).toEqual({ legacy: [], omemo2: [] });
    },
  );

  it.skipIf(isMissing)(
    'two devices of one account keep their bundles and places, in both versions',
    async () => {
      const { jid, session: first, join } = await newcomer();
      const second = await join('two');
      const devices = [
        { id: 1, session: first, bundle: someBundle() },
        { id: 2, session: second, bundle: someBundle() },
      ];
      for (const version of OMEMO_VERSIONS) {
        for (const { id, session, bundle } of devices) {
          await publishBundle(session, { version, deviceId: id, bundle });
          await ownDeviceList({ session, clock: systemClock, version, device: { id } }).add();
        }
        // Once more, as after a prekey was used.
        await publishBundle(first, { version, deviceId: 1, bundle: devices[0]?.bundle ?? someBundle() });

        for (const { id, bundle } of devices) {
          const seen = await fetchBundle(stranger.session, jid, id, version);
          expect(seen && bundleDifferences(bundle, seen), `${version} of ${id}`).toEqual([]);
        }
        expect(await fetchDeviceList(stranger.session, jid, version)).toEqual([{ id: 1 }, { id: 2 }]);
      }
      await deleteBundle(first, { version: 'omemo2', deviceId: 1 });
      expect(await fetchBundle(stranger.session, jid, 1, 'omemo2')).toBeUndefined();
      expect(await fetchBundle(stranger.session, jid, 2, 'omemo2')).toBeDefined();
    },
  );

  it.skipIf(isMissing)(
    'nodes that another client made for itself are opened, and keep what is in them',
    async () => {
      const { jid, session } = await newcomer();
      const bundle = someBundle();
      for (const version of OMEMO_VERSIONS) {
        const place = bundlePlace(version, 7);
        // As a server makes them without options: for one item, and for those who get our presence.
        for (const node of [place.node, DEVICES_NODE[version]]) {
          await ensureNode(session, { node, options: { access: 'presence', persist: true, maxItems: 1 } });
        }
        const list = xml(version === 'legacy' ? 'list' : 'devices', {
          xmlns: DEVICES_NODE[version].replace(/.device(s|list)$/, ''),
        });
        list.append(xml('device', { id: '3' }));
        await publishPep(session, {
          node: DEVICES_NODE[version],
          payload: list,
          options: { access: 'presence', persist: true },
        });
        // Prosody would answer the same if there were no list.
        const hidden = fetchDeviceList(stranger.session, jid, version);
        if (server.kind === 'prosody') expect(await hidden).toBeUndefined();
        else await expect(hidden).rejects.toMatchObject({ condition: 'not-authorized' });

        await ownDeviceList({ session, clock: systemClock, version, device: { id: 7 } }).add();
        for (const deviceId of [7, 8, 9]) await publishBundle(session, { version, deviceId, bundle });

        expect(await fetchDeviceList(stranger.session, jid, version)).toEqual([{ id: 3 }, { id: 7 }]);
        for (const deviceId of [7, 8, 9]) {
          const seen = await fetchBundle(stranger.session, jid, deviceId, version);
          expect(seen && bundleDifferences(bundle, seen), `${version} of ${deviceId}`).toEqual([]);
        }
      }
    },
  );

  it.skipIf(isMissing)(
    'a device that another client takes off the list puts itself back, but not for ever',
    async () => {
      const { jid, session, join } = await newcomer();
      const other = await join('two');
      for (const version of OMEMO_VERSIONS) {
        const own = ownDeviceList({ session, clock: systemClock, version, device: { id: 5 } });
        const became: Listing[] = [];
        const events: DeviceListEvent[] = [];
        const stop = followDeviceLists(session, (event) => {
          if (event.version !== version || event.devices?.some(({ id }) => id === 5)) return;
          events.push(event);
          void own.changed(event.devices).then((listing) => became.push(listing));
        });
        await own.add();

        for (let time = 1; time <= RE_ADDS.count; time += 1) {
          await publishDeviceList(other, version, [{ id: 100 + time }]);
          await until(`${version}: the device is back, ${time}`, async () => {
            const list = await fetchDeviceList(stranger.session, jid, version);
            return list?.length === 2 && list.some(({ id }) => id === 5);
          });
        }
        await publishDeviceList(other, version, [{ id: 200 }]);
        await until(`${version}: it gives up`, () => became.includes('given up'));

        expect(await fetchDeviceList(stranger.session, jid, version)).toEqual([{ id: 200 }]);
        expect(events.every(({ owner }) => owner === jid)).toBe(true);
        stop();
      }
    },
  );

  it.skipIf(isMissing)('two devices that come at once both end up on the list', async () => {
    const { jid, session: first, join } = await newcomer();
    const second = await join('two');
    const sides = [
      { id: 11, session: first },
      { id: 12, session: second },
    ].map(({ id, session }) => {
      const own = ownDeviceList({ session, clock: systemClock, version: 'omemo2', device: { id } });
      followDeviceLists(session, ({ version, devices }) => {
        if (version === 'omemo2') void own.changed(devices);
      });
      return own;
    });

    await Promise.all(sides.map((own) => own.add()));

    await until('both are listed', async () => {
      const list = await fetchDeviceList(stranger.session, jid, 'omemo2');
      return list?.length === 2;
    });
  });
});
