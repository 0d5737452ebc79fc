import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { bundleDifferences, bundleElement, readBundle } from '../../../../src-main/gateways/omemo/bundle.ts';
import { checkBundle, fetchBundle, publishBundle } from '../../../../src-main/gateways/omemo/bundle-node.ts';
import { generateKeyPair } from '../../../../src-main/gateways/omemo/curve.ts';
import { OmemoTrouble, type PeerBundle } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { edOfCurve } from '../../../../src-main/gateways/omemo/xeddsa.ts';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { StanzaError } from '../../../../src-main/gateways/xmpp/session.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const own = bareJid('bot@example.org');
const key = () => generateKeyPair().publicKey;
const bundle: PeerBundle = {
  identityKey: key(),
  edIdentityKey: undefined,
  signedPreKey: { id: 3, publicKey: key(), signature: new Uint8Array(64).fill(9) },
  preKeys: [
    { id: 0, publicKey: key() },
    { id: 2 ** 31 - 1, publicKey: key() },
  ],
};
const kindOf = (task: () => unknown) => {
  try {
    task();
  } catch (error) {
    return error instanceof OmemoTrouble ? error.kind : error;
  }
  return undefined;
};
const versions = ['legacy', 'omemo2'] as const;
/** The text of our bundle after a change. */
const changed = (version: (typeof versions)[number], from: string | RegExp, to: string) => {
  const text = bundleElement(version, bundle).toString();
  const other = text.replaceAll(new RegExp(from, 'g'), to);
  expect(other).not.toBe(text);
  return readBundle(version, parse(other));
};

describe('a bundle', () => {
  it.each(versions)('is read as it was written (%s)', (version) => {
    const read = readBundle(version, parse(bundleElement(version, bundle).toString()));

    const edIdentityKey = version === 'omemo2' ? edOfCurve(bundle.identityKey) : undefined;
    expect(read).toEqual({ ...bundle, edIdentityKey });
    expect(bundleDifferences(bundle, read)).toEqual([]);
  });

  it('keeps the sign of an identity that another program published', () => {
    const edIdentityKey = edOfCurve(bundle.identityKey, 1);
    const read = readBundle(
      'omemo2',
      parse(bundleElement('omemo2', { ...bundle, edIdentityKey }).toString()),
    );

    expect(read.edIdentityKey).toEqual(edIdentityKey);
    expect(read.identityKey).toEqual(bundle.identityKey);
    expect(bundleDifferences(bundle, read)).toEqual(['identity']);
  });

  it.each([
    ['legacy', 'signedPreKeyPublic'],
    ['legacy', 'signedPreKeySignature'],
    ['legacy', 'identityKey'],
    ['legacy', 'prekeys'],
    ['legacy', 'preKeyPublic'],
    ['legacy', 'signedPreKeyId'],
    ['legacy', 'preKeyId'],
    ['legacy', 'bundle'],
    ['legacy', 'eu.siacs'],
    ['omemo2', '\\bspk\\b'],
    ['omemo2', '\\bspks\\b'],
    ['omemo2', '\\bik\\b'],
    ['omemo2', 'prekeys'],
    ['omemo2', '\\bpk\\b'],
    ['omemo2', 'omemo:2'],
  ] as const)('is refused without its part (%s: %s)', (version, part) => {
    expect(kindOf(() => changed(version, part, 'other'))).toBe('bad-bundle');
  });

  it.each([
    ['legacy', 'a key of another type', /<identityKey>B/, '<identityKey>A'],
    ['legacy', 'a key that is too short', /<identityKey>B.../, '<identityKey>'],
    ['legacy', 'a signature that is too short', /<signedPreKeySignature>..../, '<signedPreKeySignature>'],
    ['legacy', 'a signed prekey without number', / signedPreKeyId="3"/, ''],
    ['legacy', 'a signed prekey with a broken number', / signedPreKeyId="3"/, ' signedPreKeyId="3.0"'],
    ['omemo2', 'a key that is no base64', /<spk id="3">/, '<spk id="3">?'],
    ['omemo2', 'an identity that is no point', /<ik>[^<]*/, `<ik>${Buffer.alloc(32, 2).toString('base64')}`],
    [
      'omemo2',
      'an identity of low order',
      /<ik>[^<]*/,
      `<ik>${Buffer.alloc(32).fill(1, 0, 1).toString('base64')}`,
    ],
  ] as const)('is refused with what is no key (%s: %s)', (version, _name, from, to) => {
    expect(kindOf(() => changed(version, from, to))).toBe('bad-bundle');
  });

  it('does without prekeys that are none, or there twice, as long as one is left', () => {
    const element = bundleElement('omemo2', bundle);
    const list = element.getChild('prekeys');
    const [first, second] = bundle.preKeys;
    list?.append(xml('pk', { id: '0' }, Buffer.from(second?.publicKey ?? []).toString('base64')));
    for (const id of ['1', '-1', 'x', undefined]) list?.append(xml('pk', { id }, 'AAAA'));
    list?.append(xml('other', { id: '9' }));

    expect(readBundle('omemo2', element).preKeys).toEqual([first, second]);
    list?.append(...Array.from({ length: 1_000 }, () => xml('pk', { id: '1' })));
    expect(kindOf(() => readBundle('omemo2', element))).toBe('bad-bundle');
  });

  it('differs in what is not the same, whatever the order', () => {
    const { signedPreKey, preKeys } = bundle;
    const [first] = preKeys;
    const differing: [Partial<PeerBundle>, string[]][] = [
      [{ preKeys: preKeys.toReversed() }, []],
      [{ preKeys: first ? [first] : [] }, ['prekeys']],
      [{ preKeys: preKeys.map((one) => ({ ...one, publicKey: key() })) }, ['prekeys']],
      [{ signedPreKey: { ...signedPreKey, id: 4 } }, ['signed prekey']],
      [{ signedPreKey: { ...signedPreKey, signature: new Uint8Array(64) } }, ['signed prekey']],
      [{ identityKey: key() }, ['identity']],
    ];

    const found = differing.map(([change]) => bundleDifferences(bundle, { ...bundle, ...change }));

    expect(found).toEqual(differing.map(([, parts]) => parts));
  });
});

/** Answers in the given order; a text is an error. */
function server(...answers: (Element | string)[]) {
  const asked: Element[] = [];
  return {
    asked,
    jid: own,
    async request(iq: Element) {
      asked.push(iq);
      const answer = answers.shift() ?? xml('iq', { type: 'result' });
      if (typeof answer === 'string') throw new StanzaError(answer, 'cancel', '');
      return answer;
    },
  };
}
const items = (node: string, ...found: Element[]) =>
  xml(
    'iq',
    {},
    xml('pubsub', { xmlns: 'http://jabber.org/protocol/pubsub' }, xml('items', { node }, ...found)),
  );

describe('the node of a bundle', () => {
  const LEGACY_NODE = 'eu.siacs.conversations.axolotl.bundles:7';
  const SHARED_NODE = 'urn:xmpp:omemo:2:bundles';

  it('has in legacy one item with any id, in OMEMO 2 one for each device', async () => {
    const legacy = server(items(LEGACY_NODE, xml('item', { id: 'xyz' }, bundleElement('legacy', bundle))));
    const omemo2 = server(
      items(
        SHARED_NODE,
        xml('item', { id: '8' }, xml('other')),
        xml('item', { id: '7' }, bundleElement('omemo2', bundle)),
      ),
    );

    expect((await fetchBundle(legacy, own, 7, 'legacy'))?.preKeys).toHaveLength(2);
    expect((await fetchBundle(omemo2, own, 7, 'omemo2'))?.preKeys).toHaveLength(2);
  });

  it.each(['item-not-found', 'forbidden'])('is not there (%s)', async (condition) => {
    expect(await fetchBundle(server(condition), own, 7, 'legacy')).toBeUndefined();
  });

  it('is no bundle where it is empty, and a failure where the server does not tell', async () => {
    const empty = items(LEGACY_NODE, xml('item', { id: 'current' }));

    await expect(fetchBundle(server(empty), own, 7, 'legacy')).rejects.toMatchObject({ kind: 'bad-bundle' });
    await expect(fetchBundle(server('remote-server-timeout'), own, 7, 'legacy')).rejects.toMatchObject({
      condition: 'remote-server-timeout',
    });
  });

  it('is compared with what should be there', async () => {
    const check = (answer: Element | string) =>
      checkBundle(server(answer), { version: 'legacy', deviceId: 7, bundle });
    const other = bundleElement('legacy', { ...bundle, identityKey: key() });

    expect(
      await check(items(LEGACY_NODE, xml('item', { id: 'a' }, bundleElement('legacy', bundle)))),
    ).toEqual([]);
    expect(await check(items(LEGACY_NODE, xml('item', { id: 'a' }, other)))).toEqual(['identity']);
    expect(await check(items(LEGACY_NODE, xml('item', { id: 'a' }, xml('bundle'))))).toEqual(['unreadable']);
    expect(await check('item-not-found')).toEqual(['missing']);
    await expect(check('internal-server-error')).rejects.toBeInstanceOf(StanzaError);
  });

  it('is made for many items, with a number where the server does not know "max"', async () => {
    const refusing = server('resource-constraint', 'not-acceptable', 'resource-constraint');

    await publishBundle(refusing, { version: 'omemo2', deviceId: 7, bundle });

    const sizes = refusing.asked.map((iq) => /max_items"><value>([^<]*)/.exec(iq.toString())?.[1]);
    expect(sizes).toEqual(['max', 'max', '1000', '1000', undefined]);
  });

  it('is not published where the node cannot be made as it must be', async () => {
    const refusing = server('resource-constraint', 'forbidden');

    await expect(publishBundle(refusing, { version: 'omemo2', deviceId: 7, bundle })).rejects.toMatchObject({
      condition: 'forbidden',
    });
    expect(refusing.asked).toHaveLength(2);
  });
});
