import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import {
  besideEncrypted,
  type EncryptedMessage,
  encryptedElement,
  encryptedIn,
  isEncrypted,
  keysForDevice,
  readEncrypted,
} from '../../../../src-main/gateways/omemo/encrypted-element.ts';
import { OmemoTrouble } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { readEncryptionHints } from '../../../../src-main/gateways/xmpp/xep-0380-encryption.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const LEGACY = 'eu.siacs.conversations.axolotl';
const OMEMO_2 = 'urn:xmpp:omemo:2';
const anna = bareJid('anna@example.org');
const bot = bareJid('bot@example.org');
const bytes = (...values: number[]) => Uint8Array.from(values);

const legacy = (inside: string, sid = '1') =>
  `<encrypted xmlns='${LEGACY}'><header sid='${sid}'>${inside}</header></encrypted>`;
const omemo2 = (inside: string, sid = '1') =>
  `<encrypted xmlns='${OMEMO_2}'><header sid='${sid}'>${inside}</header></encrypted>`;
const read = (text: string) => readEncrypted(parse(text));
const kindOf = (task: () => unknown) => {
  try {
    task();
  } catch (error) {
    return error instanceof OmemoTrouble ? error.kind : error;
  }
  return undefined;
};

const example: Record<string, EncryptedMessage> = {
  legacy: {
    version: 'legacy',
    senderDeviceId: 2 ** 31 - 1,
    keys: [
      { jid: undefined, deviceId: 1, body: bytes(0x33, 8), isKeyExchange: true },
      { jid: undefined, deviceId: 2, body: bytes(0x33, 10), isKeyExchange: false },
    ],
    payload: bytes(1, 2, 3),
    iv: new Uint8Array(12),
  },
  'legacy key transport': {
    version: 'legacy',
    senderDeviceId: 5,
    keys: [{ jid: undefined, deviceId: 1, body: bytes(0x33), isKeyExchange: false }],
    payload: undefined,
    iv: new Uint8Array(16),
  },
  'OMEMO 2': {
    version: 'omemo2',
    senderDeviceId: 5,
    keys: [
      { jid: anna, deviceId: 1, body: bytes(0x08, 1), isKeyExchange: true },
      { jid: anna, deviceId: 2, body: bytes(0x0a, 1), isKeyExchange: false },
      { jid: bot, deviceId: 1, body: bytes(0x0a, 1), isKeyExchange: false },
    ],
    payload: bytes(9),
    iv: undefined,
  },
};

describe('an encrypted message', () => {
  it.each(Object.entries(example))('is read as it was written (%s)', (_name, message) => {
    expect(readEncrypted(parse(encryptedElement(message).toString()))).toEqual(message);
  });

  it('has the keys of OMEMO 2 by JID', () => {
    const element = encryptedElement(example['OMEMO 2'] ?? expect.fail());

    const groups = element.getChild('header')?.getChildren('keys') ?? [];
    expect(groups.map((one) => [one.attrs.jid, one.getChildren('key').map((key) => key.attrs.rid)])).toEqual([
      [anna, ['1', '2']],
      [bot, ['1']],
    ]);
  });

  it.each([
    ['legacy', LEGACY],
    ['omemo2', OMEMO_2],
  ] as const)('says beside it what it is (%s)', (version, namespace) => {
    const stanza = xml('message', {}, ...besideEncrypted(version));

    expect(readEncryptionHints(stanza)).toEqual([namespace]);
    expect(stanza.getChild('encryption')?.attrs.name).toBe('OMEMO');
    expect(stanza.getChild('store')?.attrs.xmlns).toBe('urn:xmpp:hints');
  });

  it.each([
    ["prekey='true'", true],
    ["prekey='1'", true],
    ["prekey='false'", false],
    ["prekey='0'", false],
    ['', false],
  ])('begins a session in legacy with %s: %s', (mark, isKeyExchange) => {
    expect(read(legacy(`<key rid='7' ${mark}>MwgB</key>`)).keys[0]?.isKeyExchange).toBe(isKeyExchange);
  });

  it.each([
    ["kex='true'", 'CAE=', true],
    ['', 'CAE=', true],
    ["kex='0'", 'CAE=', true],
    ["kex='1'", 'CgE=', false],
    ["kex='1'", 'EAE=', true],
    ['', 'EAE=', false],
  ])('begins a session in OMEMO 2 by its first byte: %s %s', (mark, body, isKeyExchange) => {
    const message = read(omemo2(`<keys jid='${anna}'><key rid='7' ${mark}>${body}</key></keys>`));

    expect(message.keys[0]?.isKeyExchange).toBe(isKeyExchange);
  });

  it('may have its base64 in lines, and keys for what is no device', () => {
    const message = read(
      legacy(
        `<key rid='4294967295'>MwgB</key><key rid='0'>MwgB</key><key>!</key><key rid='7'>\n Mw\n gB </key>`,
      ),
    );

    expect(message.keys).toEqual([
      { jid: undefined, deviceId: 7, body: bytes(0x33, 8, 1), isKeyExchange: false },
    ]);
  });

  const many = (count: number) => "<key rid='7'>MwgB</key>".repeat(count);
  it.each([
    ['nothing inside', `<encrypted xmlns='${LEGACY}'/>`],
    ['another namespace', `<encrypted xmlns='urn:xmpp:omemo:1'><header sid='1'/></encrypted>`],
    ['another element', `<header xmlns='${LEGACY}' sid='1'/>`],
    ['no sender', legacy('', '')],
    ['sender 0', legacy('', '0')],
    ['a sender of 32 bits', legacy('', '2147483648')],
    ['a negative sender', legacy('', '-1')],
    ['a sender in hexadecimal', legacy('', '0x10')],
    [
      'a header of the other version',
      `<encrypted xmlns='${LEGACY}'><header xmlns='${OMEMO_2}' sid='1'/></encrypted>`,
    ],
    ['a key that is no base64', legacy("<key rid='7'>M*gB</key>")],
    ['a key of base64 with a cut end', legacy("<key rid='7'>MwgBM</key>")],
    ['a key in base64 for URLs', legacy("<key rid='7'>-_-_</key>")],
    ['an empty key', legacy("<key rid='7'/>")],
    ['a key that is too long', legacy(`<key rid='7'>${'A'.repeat(4 * 342)}</key>`)],
    ['too many keys', legacy(many(1_001))],
    ['an iv of a wrong length', legacy('<iv>AAAA</iv>')],
    [
      'a payload that is no base64',
      `<encrypted xmlns='${LEGACY}'><header sid='1'/><payload>?</payload></encrypted>`,
    ],
    [
      'a payload that is too long',
      `<encrypted xmlns='${OMEMO_2}'><header sid='1'/><payload>${'A'.repeat(4 * 87_383)}</payload></encrypted>`,
    ],
  ])('is refused with %s', (_name, text) => {
    expect(kindOf(() => read(text))).toBe('malformed');
  });

  it('may have a thousand keys', () => {
    expect(read(legacy(many(1_000))).keys).toHaveLength(1_000);
  });
});

describe('a stanza', () => {
  const stanza = (...parts: (string | Element)[]) =>
    xml('message', {}, ...parts.map((one) => (typeof one === 'string' ? parse(one) : one)));

  it('is encrypted by what is in it, not by what it says of itself', () => {
    expect(isEncrypted(stanza(legacy('')))).toBe(true);
    expect(isEncrypted(stanza(...besideEncrypted('omemo2')))).toBe(false);
  });

  it('is read in the version that has a key for us, whatever the hint says', () => {
    const both = stanza(
      legacy("<key rid='7'>MwgB</key>"),
      omemo2(
        `<keys jid='${anna}'><key rid='7'>CgE=</key></keys><keys jid='${bot}'><key rid='8'>CgE=</key></keys>`,
      ),
      ...besideEncrypted('omemo2'),
    );
    const versionsFor = (jid: typeof bot, deviceId: number) =>
      keysForDevice(encryptedIn(both), { jid, deviceId }).map(({ message }) => message.version);

    expect(versionsFor(bot, 7)).toEqual(['legacy']);
    expect(versionsFor(bot, 8)).toEqual(['omemo2']);
    expect(versionsFor(anna, 7)).toEqual(['omemo2', 'legacy']);
    expect(versionsFor(bot, 9)).toEqual([]);
  });

  it('may have two legacy keys with our number: the other is for a device of somebody else', () => {
    const twins = stanza(legacy("<key rid='7'>MwgB</key><key rid='7'>MwgC</key>"));

    expect(keysForDevice(encryptedIn(twins), { jid: bot, deviceId: 7 })).toHaveLength(2);
  });

  it('is tried with few keys, however many there are for our number', () => {
    const many = (key: string) => key.repeat(900);
    const flood = stanza(
      omemo2(`<keys jid='${bot}'>${many("<key rid='7'>CgE=</key>")}</keys>`),
      legacy(many("<key rid='7'>MwgB</key>")),
    );

    const tried = keysForDevice(encryptedIn(flood), { jid: bot, deviceId: 7 });

    expect(tried.map(({ message }) => message.version)).toEqual(['omemo2', 'legacy', 'legacy', 'legacy']);
  });

  it('is read where only one of two elements is broken, and refused where all are', () => {
    const good = legacy("<key rid='7'>MwgB</key>");

    expect(encryptedIn(stanza(omemo2('', '0'), good)).map(({ version }) => version)).toEqual(['legacy']);
    expect(kindOf(() => encryptedIn(stanza(omemo2('', '0'), legacy('', 'x'))))).toBe('malformed');
    expect(encryptedIn(stanza('<body>hello</body>'))).toEqual([]);
  });
});
