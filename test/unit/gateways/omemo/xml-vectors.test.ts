import { describe, expect, it } from 'vitest';
import { bundleDifferences, bundleElement, readBundle } from '../../../../src-main/gateways/omemo/bundle.ts';
import { keyPairOf } from '../../../../src-main/gateways/omemo/curve.ts';
import { deviceListElement, readDeviceList } from '../../../../src-main/gateways/omemo/device-list.ts';
import {
  encryptedElement,
  keysForDevice,
  readEncrypted,
} from '../../../../src-main/gateways/omemo/encrypted-element.ts';
import { legacyBackend } from '../../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { omemo2Backend } from '../../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { openPayload } from '../../../../src-main/gateways/omemo/payload.ts';
import type { OmemoVersion, OwnKeys } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { verify, verifyPublished } from '../../../../src-main/gateways/omemo/xeddsa.ts';
import type { Element } from '../../../../src-main/gateways/xmpp/element.ts';
import { parseDocument } from '../../../../src-main/gateways/xmpp/parse-document.ts';
import { PARSER_LIMITS } from '../../../../src-main/gateways/xmpp/stream-parser.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { vectorsOf } from '../../../support/omemo-vectors.ts';

interface XmlVector {
  device_list: string;
  device_ids: number[];
  bundle: string;
  bundle_prekey_count: number;
  message: string;
  recipient: {
    jid: string;
    device: number;
    identity: { priv: string; curve_pub: string; ed25519_pub: string };
    signed_prekey: { id: number; priv: string };
    prekeys: { id: number; priv: string }[];
  };
  plaintext: string;
  key_material: string;
}

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
function read(text: string): Element {
  return parseDocument(Buffer.from(text), PARSER_LIMITS) ?? expect.fail('this is not read');
}
/** The private side of the recipient. */
function keysOf({ device, identity, signed_prekey, prekeys }: XmlVector['recipient']): OwnKeys {
  const pair = (priv: string | undefined) =>
    priv === undefined ? undefined : keyPairOf(Buffer.from(priv, 'hex'));
  return {
    deviceId: device,
    identity: keyPairOf(Buffer.from(identity.priv, 'hex')),
    signedPreKey: async (id) => (id === signed_prekey.id ? pair(signed_prekey.priv) : undefined),
    preKey: async (id) => pair(prekeys.find((one) => one.id === id)?.priv),
  };
}
/** As it comes from the stream. */
const again = (element: Element) => read(element.toString());

const cases = vectorsOf<Record<OmemoVersion, XmlVector>>('xml').flatMap(([name, vector]) =>
  (['legacy', 'omemo2'] as const).map((version) => ({ name, version, vector: vector[version] })),
);

describe.each(cases)('$name, $version', ({ version, vector }) => {
  const { recipient } = vector;

  it('the list of devices', () => {
    const devices = readDeviceList(version, read(vector.device_list));

    expect(devices.map(({ id }) => id)).toEqual(vector.device_ids);
    expect(devices.map(({ label }) => label)).toEqual(
      [...vector.device_list.matchAll(/device id="\d+"(?: label="([^"]*)")?/g)].map(([, label]) => label),
    );
    expect(readDeviceList(version, again(deviceListElement(version, devices)))).toEqual(devices);
  });

  it('the bundle', () => {
    const bundle = readBundle(version, read(vector.bundle));

    expect(hex(bundle.identityKey)).toBe(recipient.identity.curve_pub);
    expect(bundle.signedPreKey.id).toBe(recipient.signed_prekey.id);
    expect(bundle.preKeys).toHaveLength(vector.bundle_prekey_count);
    expect(bundle.preKeys.map(({ id }) => id).sort()).toEqual(recipient.prekeys.map(({ id }) => id).sort());
    const { publicKey, signature } = bundle.signedPreKey;
    if (version === 'legacy') {
      const signed = Uint8Array.of(5, ...publicKey);
      expect(verify(bundle.identityKey, signed, signature)).toBe(true);
    } else {
      expect(hex(bundle.edIdentityKey)).toBe(recipient.identity.ed25519_pub);
      expect(verifyPublished(bundle.edIdentityKey ?? publicKey, publicKey, signature)).toBe(true);
    }
    const written = readBundle(version, again(bundleElement(version, bundle)));
    expect(written).toEqual(bundle);
    expect(bundleDifferences(bundle, written)).toEqual([]);
  });

  it('the message', async () => {
    const message = readEncrypted(read(vector.message));
    const own = { jid: bareJid(recipient.jid), deviceId: recipient.device };

    const [forUs, ...more] = keysForDevice([message], own);

    expect([forUs?.key.isKeyExchange, more]).toEqual([true, []]);
    expect(message.senderDeviceId).toBe(vector.device_ids[0]);
    const { payload, iv } = message;
    const published = () => Uint8Array.from(Buffer.from(recipient.identity.ed25519_pub, 'hex'));
    const backend = version === 'legacy' ? await legacyBackend() : omemo2Backend({ published });
    const key = forUs?.key ?? expect.fail('no key for us');
    const { plaintext: keyMaterial, begun } = await backend.decrypt(keysOf(recipient), undefined, key);
    expect(hex(keyMaterial)).toBe(vector.key_material);
    expect(recipient.prekeys.map(({ id }) => id)).toContain(begun?.preKeyId);
    const opened = openPayload(version, { payload: payload ?? expect.fail('no payload'), iv, keyMaterial });
    expect(Buffer.from(opened).toString()).toBe(vector.plaintext);
    expect(readEncrypted(again(encryptedElement(message)))).toEqual(message);
  });
});
