import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { attribute, child, childElements, type Element, isElement, xml } from '../xmpp/element.ts';
import { hint } from '../xmpp/xep-0334-hints.ts';
import { encryptionHint } from '../xmpp/xep-0380-encryption.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { OmemoTrouble, type OmemoVersion, type RatchetMessage } from './ratchet-backend.ts';
import { NS_OMEMO, OMEMO_VERSIONS, readDeviceId } from './wire-names.ts';

/** The key of a message for one device, encrypted by the ratchet with it. */
export interface EncryptedKey extends RatchetMessage {
  /** Whose device it is; legacy does not say. */
  jid: BareJid | undefined;
  deviceId: number;
}

/** An `<encrypted>` element of either version. */
export interface EncryptedMessage {
  version: OmemoVersion;
  senderDeviceId: number;
  keys: readonly EncryptedKey[];
  /** Undefined where only the ratchet is to move (key transport, empty message). */
  payload: Uint8Array | undefined;
  /** Legacy only. */
  iv: Uint8Array | undefined;
}

/** A room of two hundred people with five devices each. */
const MAX_KEYS = 1_000;
/** A key exchange takes about 180 bytes. */
const MAX_KEY_BYTES = 1_024;
const MAX_PAYLOAD_BYTES = 256 * 1024;
/** 12 is usual; older clients send 16. */
const IV_LENGTHS = [12, 16];
/** First bytes of OMEMO 2: field 1 of OMEMOKeyExchange is a number, that of OMEMOAuthenticatedMessage bytes. */
const KEY_EXCHANGE_START = 0x08;
const MESSAGE_START = 0x0a;

/** The element that carries a message (XEP-0384, "sending a message"). */
export function encryptedElement(message: EncryptedMessage): Element {
  const { version, senderDeviceId, keys, payload, iv } = message;
  const isLegacy = version === 'legacy';
  const inHeader = isLegacy ? keys.map(legacyKey) : keysByJid(keys);
  if (isLegacy && iv) inHeader.push(xml('iv', {}, toBase64(iv)));
  return xml(
    'encrypted',
    { xmlns: NS_OMEMO[version] },
    xml('header', { sid: String(senderDeviceId) }, ...inHeader),
    payload && xml('payload', {}, toBase64(payload)),
  );
}

/** What goes beside it: what the message is encrypted by (XEP-0380), and that archives shall keep it (XEP-0334). */
export const besideEncrypted = (version: OmemoVersion): Element[] => [
  encryptionHint({ namespace: NS_OMEMO[version], name: 'OMEMO' }),
  hint('store'),
];

const legacyKey = ({ deviceId, isKeyExchange, body }: EncryptedKey) =>
  xml('key', { rid: String(deviceId), prekey: isKeyExchange ? 'true' : undefined }, toBase64(body));

function keysByJid(keys: readonly EncryptedKey[]): Element[] {
  const groups = Map.groupBy(keys, ({ jid }) => jid);
  return [...groups].map(([jid, ofJid]) => {
    if (jid === undefined) throw new TypeError('a key of OMEMO 2 names its JID');
    const elements = ofJid.map(({ deviceId, isKeyExchange, body }) =>
      xml('key', { rid: String(deviceId), kex: isKeyExchange ? 'true' : undefined }, toBase64(body)),
    );
    return xml('keys', { jid }, ...elements);
  });
}

const versionOf = (element: Element): OmemoVersion | undefined =>
  OMEMO_VERSIONS.find((version) => isElement(element, 'encrypted', NS_OMEMO[version]));

/** Reads an `<encrypted>` element; fails with `malformed`. Keys for what cannot be a device are left out. */
export function readEncrypted(element: Element): EncryptedMessage {
  const version = versionOf(element);
  if (!version) throw malformed('no encrypted message');
  const namespace = NS_OMEMO[version];
  const header = child(element, 'header', namespace);
  const senderDeviceId = header && readDeviceId(attribute(header, 'sid'));
  if (!header || senderDeviceId === undefined) throw malformed('no sender device');
  const payloadText = child(element, 'payload', namespace)?.getText();
  return {
    version,
    senderDeviceId,
    keys: version === 'legacy' ? readLegacyKeys(header) : readKeysByJid(header),
    payload: payloadText === undefined ? undefined : bytesOf(payloadText, 'payload', MAX_PAYLOAD_BYTES),
    iv: version === 'legacy' ? readIv(header) : undefined,
  };
}

function readIv(header: Element): Uint8Array | undefined {
  const text = child(header, 'iv', NS_OMEMO.legacy)?.getText();
  if (text === undefined) return undefined;
  const iv = bytesOf(text, 'iv', Math.max(...IV_LENGTHS));
  if (!IV_LENGTHS.includes(iv.length)) throw malformed('an iv of a wrong length');
  return iv;
}

function readLegacyKeys(header: Element): EncryptedKey[] {
  return limited(elementsOf(header, 'key', NS_OMEMO.legacy)).flatMap((key) => {
    const deviceId = readDeviceId(attribute(key, 'rid'));
    if (deviceId === undefined) return [];
    return [{ jid: undefined, deviceId, body: bodyOf(key), isKeyExchange: isSet(attribute(key, 'prekey')) }];
  });
}

function readKeysByJid(header: Element): EncryptedKey[] {
  const all = elementsOf(header, 'keys', NS_OMEMO.omemo2).flatMap((group) =>
    elementsOf(group, 'key', NS_OMEMO.omemo2).map((key) => ({ key, address: attribute(group, 'jid') })),
  );
  return limited(all).flatMap(({ key, address }) => {
    const jid = bareOf(address);
    const deviceId = readDeviceId(attribute(key, 'rid'));
    if (deviceId === undefined || jid === undefined) return [];
    const body = bodyOf(key);
    return [{ jid, deviceId, body, isKeyExchange: beginsSession(body, attribute(key, 'kex')) }];
  });
}

/** The first byte tells: some senders forget the attribute when they repeat a key exchange. */
function beginsSession(body: Uint8Array, kex: string | undefined): boolean {
  if (body[0] === KEY_EXCHANGE_START) return true;
  return body[0] !== MESSAGE_START && isSet(kex);
}

/** The forms of an `xs:boolean` that is true. */
const isSet = (text: string | undefined) => text === 'true' || text === '1';

const elementsOf = (parent: Element, name: string, namespace: string) =>
  childElements(parent).filter((one) => isElement(one, name, namespace));

function limited<T>(keys: T[]): T[] {
  if (keys.length > MAX_KEYS) throw malformed('too many keys');
  return keys;
}

function bodyOf(key: Element): Uint8Array {
  const body = bytesOf(key.getText(), 'key', MAX_KEY_BYTES);
  if (body.length === 0) throw malformed('an empty key');
  return body;
}

function bytesOf(text: string, what: string, maxBytes: number): Uint8Array {
  const bytes = fromBase64(text, maxBytes);
  if (!bytes) throw malformed(`a ${what} that is not base64, or too long`);
  return bytes;
}

const malformed = (what: string) => new OmemoTrouble('malformed', `The encrypted message has ${what}.`);

/** Whether a stanza is encrypted by OMEMO; what it says about that itself (XEP-0380) does not count. */
export const isEncrypted = (stanza: Element): boolean =>
  childElements(stanza).some((one) => versionOf(one) !== undefined);

/**
 * The encrypted messages in a stanza, one of each version at most, OMEMO 2 first. One that cannot be read is no reason to
 * lose the other: fails with `malformed` only where none can be.
 */
export function encryptedIn(stanza: Element): EncryptedMessage[] {
  const messages: EncryptedMessage[] = [];
  let trouble: OmemoTrouble | undefined;
  for (const version of OMEMO_VERSIONS) {
    const element = child(stanza, 'encrypted', NS_OMEMO[version]);
    try {
      if (element) messages.push(readEncrypted(element));
    } catch (error) {
      if (!(error instanceof OmemoTrouble)) throw error;
      trouble = error;
    }
  }
  if (trouble && messages.length === 0) throw trouble;
  return messages;
}

/** A message with a key in it that is, or in legacy may be, for our device. */
export interface ForUs {
  message: EncryptedMessage;
  key: EncryptedKey;
}

/** A sender has one key for our device; in legacy, others of the addressees may have the same number. */
const TRIED: Readonly<Record<OmemoVersion, number>> = { omemo2: 1, legacy: 3 };

/**
 * What a device can try to decrypt, the likeliest first. Legacy names no JIDs, and devices of two accounts may have the
 * same number: then there is more than one, but never many, because each costs work.
 */
export const keysForDevice = (
  messages: readonly EncryptedMessage[],
  own: { jid: BareJid; deviceId: number },
): ForUs[] =>
  messages.flatMap((message) =>
    message.keys
      .filter(({ jid, deviceId }) => deviceId === own.deviceId && (jid === undefined || jid === own.jid))
      .slice(0, TRIED[message.version])
      .map((key) => ({ message, key })),
  );
