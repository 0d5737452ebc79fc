import { describe, expect, it } from 'vitest';
import { omemo2Backend } from '../../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import {
  bytesField,
  joined,
  numberField,
  readProtobuf,
} from '../../../../src-main/gateways/omemo/omemo2/protobuf.ts';
import { MAX_SKIPPED } from '../../../../src-main/gateways/omemo/omemo2/receiving-chains.ts';
import {
  MAX_ARCHIVED,
  MAX_RECORD_BYTES,
  readRecord,
  writeRecord,
} from '../../../../src-main/gateways/omemo/omemo2/session-record.ts';
import { readState } from '../../../../src-main/gateways/omemo/omemo2/session-state.ts';
import { OmemoTrouble } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { edOfCurve } from '../../../../src-main/gateways/omemo/xeddsa.ts';
import { type RatchetPeer, ratchetPeer, talkingPeers } from '../../../support/ratchet-peer.ts';

const backend = omemo2Backend();

/** How many keys of missing messages all states of a record hold. */
const storedKeys = (peer: RatchetPeer, other: RatchetPeer): number =>
  readRecord(peer.record(other) ?? new Uint8Array())
    .flatMap((state) => readState(state).receiving)
    .reduce((sum, { skipped }) => sum + skipped.length, 0);

const troubleOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'none',
    (error: unknown) => (error instanceof OmemoTrouble ? error.kind : String(error)),
  );

/** Messages that never arrive. */
async function lose(from: RatchetPeer, to: RatchetPeer, count: number): Promise<void> {
  for (let lost = 0; lost < count; lost += 1) await from.encrypt(to, 'lost');
}

describe('a key exchange', () => {
  it('is known by its first byte, whatever the mark says', async () => {
    const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
    await alice.start(bob);
    const exchange = await alice.encrypt(bob, 'begins');

    expect(await bob.decrypt(alice, { ...exchange, isKeyExchange: false })).toBe('begins');

    await alice.decrypt(bob, await bob.encrypt(alice, 'answers'));
    const plain = await alice.encrypt(bob, 'goes on');
    expect(await bob.decrypt(alice, { ...plain, isKeyExchange: true })).toBe('goes on');
    expect([exchange.body[0], plain.body[0]]).toEqual([0x08, 0x0a]);
  });

  it('may have its fields in another order', async () => {
    const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
    await alice.start(bob);
    const { body } = await alice.encrypt(bob, 'begins');
    const fields = readProtobuf(body);
    const bytes = (field: number) => fields.bytes(field) ?? new Uint8Array();

    const shuffled = joined([
      ...bytesField(5, bytes(5)),
      ...bytesField(3, bytes(3)),
      ...numberField(2, fields.number(2) ?? 0),
      ...bytesField(4, bytes(4)),
      ...numberField(1, fields.number(1) ?? 0),
    ]);

    expect(await bob.decrypt(alice, { body: shuffled, isKeyExchange: true })).toBe('begins');
  });

  it('that a session began with is not taken for another when its identity is changed', async () => {
    const bob = ratchetPeer(backend, { keepsPreKeys: true });
    const alice = ratchetPeer(backend);
    await alice.start(bob);
    await bob.take(alice, await alice.encrypt(bob, 'begins'));
    const { body } = await alice.encrypt(bob, 'again');
    const fields = readProtobuf(body);
    const bytes = (field: number) => fields.bytes(field) ?? new Uint8Array();

    const other = joined([
      ...numberField(1, fields.number(1) ?? 0),
      ...numberField(2, fields.number(2) ?? 0),
      ...bytesField(3, edOfCurve(ratchetPeer(backend).identity.publicKey)),
      ...bytesField(4, bytes(4)),
      ...bytesField(5, bytes(5)),
    ]);

    expect(await troubleOf(bob.take(alice, { body: other, isKeyExchange: true }))).toBe('bad-mac');
    expect(await bob.decrypt(alice, { body, isKeyExchange: true })).toBe('again');
  });
});

describe('a key under another name', () => {
  /** The top bit is not part of the point: X25519 takes the renamed key for the same. */
  const renamed = (key: Uint8Array) => {
    const copy = new Uint8Array(key);
    copy[31] = (copy[31] ?? 0) | 0x80;
    return copy;
  };
  const replaced = (bytes: Uint8Array, part: Uint8Array, by: Uint8Array) => {
    const at = Buffer.from(bytes).indexOf(part);
    expect(at).toBeGreaterThan(0);
    return new Uint8Array(Buffer.concat([bytes.slice(0, at), by, bytes.slice(at + part.length)]));
  };

  it('makes no new key exchange of an old one, even if its prekey is still there', async () => {
    const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend, { keepsPreKeys: true })];
    await alice.start(bob);
    const { body } = await alice.encrypt(bob, 'hello');
    await bob.decrypt(alice, { body, isKeyExchange: true });
    const ephemeral = readProtobuf(body).bytes(4) ?? new Uint8Array();

    const again = replaced(body, ephemeral, renamed(ephemeral));

    expect(await troubleOf(bob.decrypt(alice, { body, isKeyExchange: true }))).toBe('duplicate');
    expect(await troubleOf(bob.decrypt(alice, { body: again, isKeyExchange: true }))).toBe('malformed');
  });

  it('is no ratchet key either', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const message = await alice.encrypt(bob, 'hello');
    const inner = readProtobuf(message.body).bytes(2) ?? new Uint8Array();
    const ratchetKey = readProtobuf(inner).bytes(3) ?? new Uint8Array();

    const body = replaced(message.body, ratchetKey, renamed(ratchetKey));

    expect(await troubleOf(bob.decrypt(alice, { ...message, body }))).toBe('malformed');
  });
});

describe('a damaged record', () => {
  const damages: [string, (record: Uint8Array) => Uint8Array][] = [
    ['of another format', (record) => Uint8Array.of(9, ...record.slice(1))],
    ['that is cut', (record) => record.slice(0, 40)],
    ['with a state that is cut', () => Uint8Array.of(1, 3, 1, 2, 3)],
    ['that is empty', () => new Uint8Array()],
  ];

  it.each(damages)('%s counts as none', async (_how, damage) => {
    const { alice, bob } = await talkingPeers(backend);
    const message = await alice.encrypt(bob, 'hello');
    bob.setRecord(alice, damage(bob.record(alice) ?? new Uint8Array()));

    expect(await troubleOf(bob.decrypt(alice, message))).toBe('no-session');
    expect(await troubleOf(bob.encrypt(alice, 'hello'))).toBe('no-session');
    const stranger = ratchetPeer(backend);
    await stranger.start(bob);
    const damaged = bob.record(alice);
    const taken = await backend.decrypt(bob.own, damaged, await stranger.encrypt(bob, 'begins'));
    expect(Buffer.from(taken.plaintext).toString()).toBe('begins');
    await bob.start(alice);
    expect(await alice.decrypt(bob, await bob.encrypt(alice, 'healed'))).toBe('healed');
  });
});

describe('an identity', () => {
  it('may be published with either sign bit by either side', async () => {
    const withSign = (sign: 0 | 1) =>
      omemo2Backend({ published: (identity) => edOfCurve(identity.publicKey, sign) });
    for (const [ours, theirs] of [
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      const [alice, bob] = [ratchetPeer(withSign(ours)), ratchetPeer(withSign(theirs))];
      const bundle = { ...bob.bundle(), edIdentityKey: edOfCurve(bob.identity.publicKey, theirs) };
      alice.setRecord(bob, await withSign(ours).startSession(alice.own, bundle));

      const { plaintext, identityKey } = await bob.take(alice, await alice.encrypt(bob, 'signed'));

      expect(Buffer.from(plaintext).toString()).toBe('signed');
      expect(Buffer.from(identityKey)).toEqual(Buffer.from(alice.identity.publicKey));
      expect(await alice.decrypt(bob, await bob.encrypt(alice, 'too'))).toBe('too');
    }
  });

  it('is needed as it was published', async () => {
    const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];

    const begun = backend.startSession(alice.own, { ...bob.bundle(), edIdentityKey: undefined });

    expect(await troubleOf(begun)).toBe('bad-bundle');
  });
});

describe('keys of missing messages', () => {
  it('are kept for a thousand of a session, the newest of them', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const early = await alice.encrypt(bob, 'early');
    await lose(alice, bob, 700);
    await bob.decrypt(alice, await alice.encrypt(bob, 'here'));
    expect(storedKeys(bob, alice)).toBe(701);
    const later = await alice.encrypt(bob, 'later');
    await lose(alice, bob, 700);
    await bob.decrypt(alice, await alice.encrypt(bob, 'here'));

    expect(storedKeys(bob, alice)).toBe(MAX_SKIPPED);
    expect(await bob.decrypt(alice, later)).toBe('later');
    expect(await troubleOf(bob.take(alice, early))).toBe('duplicate');
    expect(bob.record(alice)?.length).toBeLessThan(MAX_RECORD_BYTES / 2);
  });

  it('take a thousand at once, and not one more', async () => {
    const { alice, bob } = await talkingPeers(backend);
    await lose(alice, bob, 1_000);
    const just = await alice.encrypt(bob, 'just');
    const tooFar = await alice.encrypt(bob, 'too far');

    expect(await troubleOf(bob.take(alice, tooFar))).toBe('too-far');
    expect(await bob.decrypt(alice, just)).toBe('just');
    expect(await bob.decrypt(alice, tooFar)).toBe('too far');
  });

  it('go with the sixth chain', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const late = await alice.encrypt(bob, 'late');
    for (let turn = 0; turn < 5; turn += 1) {
      await alice.decrypt(bob, await bob.encrypt(alice, 'turn'));
      await bob.decrypt(alice, await alice.encrypt(bob, 'turn'));
    }
    const before = bob.record(alice);
    expect(await bob.decrypt(alice, late)).toBe('late');

    bob.setRecord(alice, before);
    await alice.decrypt(bob, await bob.encrypt(alice, 'turn'));
    await bob.decrypt(alice, await alice.encrypt(bob, 'turn'));

    expect(await troubleOf(bob.take(alice, late))).toBe('bad-mac');
  });
});

describe('a record', () => {
  const state = (length: number) => new Uint8Array(length);

  it('holds the current state and forty more, and no more bytes than it may', () => {
    const many = Array.from({ length: 60 }, () => state(300));
    const large = Array.from({ length: 5 }, () => state(MAX_RECORD_BYTES / 4));

    expect(readRecord(writeRecord(state(10), many))).toHaveLength(1 + MAX_ARCHIVED);
    expect(readRecord(writeRecord(state(10), large))).toHaveLength(4);
  });

  it('is of some hundred bytes', async () => {
    const { alice, bob } = await talkingPeers(backend);

    expect(alice.record(bob)?.length).toBeLessThan(600);
  });
});
