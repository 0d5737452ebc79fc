import { type Element, parse } from 'ltx';
import { bundleElement, readBundle } from '../../../src-main/gateways/omemo/bundle.ts';
import { deviceListElement, readDeviceList } from '../../../src-main/gateways/omemo/device-list.ts';
import {
  encryptedElement,
  encryptedIn,
  keysForDevice,
} from '../../../src-main/gateways/omemo/encrypted-element.ts';
import { emptyKeyMaterial, openPayload, sealPayload } from '../../../src-main/gateways/omemo/payload.ts';
import type { RatchetBackend } from '../../../src-main/gateways/omemo/ratchet-backend.ts';
import { openEnvelope, sealEnvelope } from '../../../src-main/gateways/omemo/sce-envelope.ts';
import { bundlePlace, DEVICES_NODE } from '../../../src-main/gateways/omemo/wire-names.ts';
import { xml } from '../../../src-main/gateways/xmpp/element.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { type RatchetPeer, ratchetPeer } from '../ratchet-peer.ts';
import type { ScriptedServer } from './scripted-server.ts';

/** A device of a person, which speaks one version of OMEMO with one bot, over a scripted server. */
export interface ScriptedDevice {
  readonly deviceId: number;
  readonly peer: RatchetPeer;
  /** Begins a session from what the bot publishes now. */
  begin(): Promise<void>;
  /** The finished stanza; undefined text: nothing is said. */
  write(text: string | undefined, id: string): Promise<Element>;
  /** Writes it and hands it to the server. */
  say(text: string, id: string): Promise<void>;
  /** What a stanza of the bot says to this device; undefined for nothing. Fails as the ratchet does. */
  read(stanza: string): Promise<string | undefined>;
  isMeant(stanza: string): boolean;
  /** What was said in the last message that it read, element by element; nothing in OMEMO 0.3. */
  lastContent(): readonly Element[];
}

export function scriptedDevice(
  server: ScriptedServer,
  backend: RatchetBackend,
  { jid, bot, isListed = true }: { jid: string; bot: string; isListed?: boolean },
): ScriptedDevice {
  const { version } = backend;
  // A bot may draw the same prekey for two sessions that it begins in a row: both are to be read here.
  const peer = ratchetPeer(backend, { preKeys: 20, keepsPreKeys: true });
  const { deviceId } = peer.own;
  const [own, botJid] = [bareJid(jid), bareJid(bot)];

  const place = bundlePlace(version, deviceId);
  server.publish(jid, place.node, { id: place.id, payload: bundleElement(version, peer.bundle()) });
  if (isListed) {
    const before = server.item(jid, DEVICES_NODE[version]);
    const listed = before ? readDeviceList(version, before) : [];
    const payload = deviceListElement(version, [...listed, { id: deviceId }]);
    server.publish(jid, DEVICES_NODE[version], { id: 'current', payload });
  }

  const theirDeviceId = () => {
    const list = server.item(bot, DEVICES_NODE[version]);
    const [device] = list ? readDeviceList(version, list) : [];
    if (!device) throw new Error('the bot has published no device');
    return device.id;
  };
  /** To this device the bot is whatever it publishes. */
  const other = {
    bundle() {
      const { node, id } = bundlePlace(version, theirDeviceId());
      const found = server.item(bot, node, id);
      if (!found) throw new Error('the bot has published no bundle');
      return readBundle(version, found);
    },
  } as RatchetPeer;
  const forUs = (stanza: string) => keysForDevice(encryptedIn(parse(stanza)), { jid: own, deviceId });
  let isBegun = false;
  let last: readonly Element[] = [];

  return {
    deviceId,
    peer,
    async begin() {
      await peer.start(other);
      isBegun = true;
    },
    async write(text, id) {
      if (!isBegun && !peer.record(other)) await this.begin();
      const content =
        version === 'legacy'
          ? Buffer.from(text ?? '')
          : sealEnvelope({ content: [xml('body', {}, text ?? '')], from: own, timeMs: Date.now() });
      const sealed = text === undefined ? undefined : sealPayload(version, content);
      const message = await peer.encrypt(other, sealed?.keyMaterial ?? emptyKeyMaterial(version));
      const element = encryptedElement({
        version,
        senderDeviceId: deviceId,
        keys: [{ jid: botJid, deviceId: theirDeviceId(), ...message }],
        payload: sealed?.payload,
        iv: sealed?.iv ?? (version === 'legacy' ? Buffer.alloc(12) : undefined),
      });
      const attributes = { from: `${jid}/phone`, to: bot, id, type: 'chat' };
      return xml('message', attributes, element, xml('origin-id', { xmlns: 'urn:xmpp:sid:0', id }));
    },
    async say(text, id) {
      server.deliver(bot, await this.write(text, id));
    },
    lastContent: () => last,
    isMeant: (stanza) => forUs(stanza).length > 0,
    async read(stanza) {
      const [found] = forUs(stanza);
      if (!found) throw new Error('there is no key for this device');
      const { plaintext: keyMaterial } = await peer.take(other, found.key);
      const { payload, iv } = found.message;
      if (!payload) return undefined;
      const opened = openPayload(version, { payload, iv, keyMaterial });
      if (version === 'legacy') return Buffer.from(opened).toString();
      const { content } = openEnvelope(opened, { from: botJid, to: own, isRoom: false });
      last = content;
      return content.find((one) => one.getName() === 'body')?.getText();
    },
  };
}
