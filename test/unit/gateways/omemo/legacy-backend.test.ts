import { beforeAll, expect, it, vi } from 'vitest';
import { legacyBackend } from '../../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { OmemoTrouble, type RatchetBackend } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { acquainted, legacyPeer } from '../../../support/legacy-peer.ts';
import { protobufFields } from '../../../support/protobuf-fields.ts';

let backend: RatchetBackend;
beforeAll(async () => {
  backend = await legacyBackend();
});

const kindOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no trouble',
    (error: unknown) => (error instanceof OmemoTrouble ? error.kind : error),
  );

it('refuses a key exchange whose one-time prekey is gone, and says so', async () => {
  const [alice, bob] = [legacyPeer(backend), legacyPeer(backend, [5])];
  await alice.meet(bob.bundle());
  const message = await alice.say('hello');
  bob.preKeys.delete(5);

  expect(await kindOf(bob.hear(message))).toBe('unknown-prekey');
  expect(bob.record()).toBeUndefined();
});

it('refuses a key exchange that names no prekey, or a signed prekey that we never had', async () => {
  const [alice, bob] = [legacyPeer(backend), legacyPeer(backend, [5])];
  await alice.meet(bob.bundle());
  const { body } = await alice.say('hello');
  const withoutPreKey = replaced(body, [0x08, 5], [0x08, 0]);
  const withoutSignedPreKey = replaced(body, [0x30, 7], [0x30, 8]);

  for (const changed of [withoutPreKey, withoutSignedPreKey]) {
    expect(await kindOf(bob.hear({ body: changed, isKeyExchange: true }))).toBe('unknown-prekey');
  }
});

it('lets a failure of the look-up through as it is: the message may be fine', async () => {
  const [alice, bob] = [legacyPeer(backend), legacyPeer(backend)];
  await alice.meet(bob.bundle());
  const message = await alice.say('hello');
  const disk = new Error('database is locked');
  const own = { ...bob.own, preKey: () => Promise.reject(disk) };

  await expect(backend.decrypt(own, undefined, message)).rejects.toBe(disk);
});

it('makes the state of a repeated key exchange the current one', async () => {
  const [alice, bob] = [legacyPeer(backend), legacyPeer(backend)];
  await alice.meet(bob.bundle());
  await bob.hear(await alice.say('one'));
  await bob.meet(alice.bundle());

  expect(await bob.hear(await alice.say('two'))).toBe('two');

  expect((await bob.say('in the session of alice')).isKeyExchange).toBe(false);
});

it('refuses a key exchange under another name of its base key, even if its prekey is still there', async () => {
  const [alice, bob] = [legacyPeer(backend), legacyPeer(backend)];
  const kept = new Map(bob.preKeys);
  await alice.meet(bob.bundle());
  const { body } = await alice.say('hello');
  await bob.hear({ body, isKeyExchange: true });
  for (const [id, pair] of kept) bob.preKeys.set(id, pair);
  const baseKey = protobufFields(body.subarray(1)).bytes(2);
  const renamed = new Uint8Array(baseKey);
  renamed[32] = (renamed[32] ?? 0) | 0x80;

  const again = replaced(body, [...baseKey], [...renamed]);

  expect(await kindOf(bob.hear({ body, isKeyExchange: true }))).toBe('duplicate');
  expect(await kindOf(bob.hear({ body: again, isKeyExchange: true }))).toBe('malformed');
});

it('refuses a key exchange that names another identity than its session has', async () => {
  const [alice, bob, mallory] = [legacyPeer(backend), legacyPeer(backend), legacyPeer(backend)];
  await alice.meet(bob.bundle());
  await bob.hear(await alice.say('one'));
  const { body } = await alice.say('two');

  const changed = replaced(body, [...alice.identity.publicKey], [...mallory.identity.publicKey]);

  expect(await kindOf(bob.hear({ body: changed, isKeyExchange: true }))).toBe('bad-mac');
});

it('refuses another version byte, which the check of the message does not cover', async () => {
  const { alice, bob } = await acquainted(backend);
  const { body } = await alice.say('hello');

  for (const version of [0x32, 0x34, 0x43, 0xb3]) {
    const changed = Uint8Array.from([version, ...body.subarray(1)]);
    expect(await kindOf(bob.hear({ body: changed, isKeyExchange: false }))).toBe('malformed');
  }
});

it('reads late messages of five turns ago, whatever the sender said of the length of that chain', async () => {
  const { alice, bob } = await acquainted(backend);
  const late = [await alice.say('late 0'), await alice.say('late 1'), await alice.say('late 2')];
  for (let turn = 0; turn < 5; turn += 1) {
    await alice.hear(await bob.say('from bob'));
    await bob.hear(await alice.say('from alice'));
  }

  expect(await bob.hear(at(late, 1))).toBe('late 1');
  expect(await bob.hear(at(late, 2))).toBe('late 2');
  expect(await bob.hear(at(late, 0))).toBe('late 0');
  expect(await kindOf(bob.hear(at(late, 1)))).toBe('duplicate');
});

it('skips a thousand messages but not one more, and keeps no more keys than that', async () => {
  const { alice, bob } = await acquainted(backend);
  await bob.hear(await alice.say('a new chain'));
  for (let lost = 0; lost < 1_000; lost += 1) await alice.say('lost');
  const after1000 = await alice.say('after 1000');
  const before = bob.record()?.length ?? 0;

  expect(await bob.hear(after1000)).toBe('after 1000');
  const grown = (bob.record()?.length ?? 0) - before;
  expect(grown).toBeGreaterThan(32_000);

  for (let lost = 0; lost < 10; lost += 1) await alice.say('lost');
  await bob.hear(await alice.say('after 10'));
  expect((bob.record()?.length ?? 0) - before).toBeLessThanOrEqual(grown + 100);

  for (let lost = 0; lost < 1_001; lost += 1) await alice.say('lost');
  expect(await kindOf(bob.hear(await alice.say('after 1001')))).toBe('too-far');
});

it('takes bytes that are no record for no session', async () => {
  const { alice, bob } = await acquainted(backend);
  const message = await alice.say('hello');
  const record = bob.record() ?? new Uint8Array();
  const damaged = [
    new Uint8Array(),
    Uint8Array.of(9),
    record.subarray(0, -1),
    Uint8Array.from([...record, 0]),
  ];

  for (const bytes of damaged) {
    expect(await kindOf(backend.decrypt(bob.own, bytes, message))).toBe('no-session');
    expect(await kindOf(backend.encrypt(bob.own, bytes, Buffer.from('hello')))).toBe('no-session');
    await expect(backend.startSession(bob.own, alice.bundle(), bytes)).resolves.toBeInstanceOf(Uint8Array);
  }
});

it('takes every prekey but number 0, and that one only if there is no other', async () => {
  const alice = legacyPeer(backend);
  const used = async (ids: number[]) => {
    const record = await backend.startSession(alice.own, legacyPeer(backend, ids).bundle());
    const { message } = await backend.encrypt(alice.own, record, Buffer.from('hello'));
    return protobufFields(message.body.subarray(1)).number(1);
  };

  const seen = new Set<number>();
  while (seen.size < 2) seen.add(await used([0, 1, 2]));

  expect(seen).toEqual(new Set([1, 2]));
  expect(await used([0])).toBe(0);
});

it('refuses bundles with a wrong signature, without prekeys, or with keys that are none', async () => {
  const [alice, bob] = [legacyPeer(backend), legacyPeer(backend)];
  const good = bob.bundle();
  const { signedPreKey, preKeys } = good;
  const signature = new Uint8Array(signedPreKey.signature);
  signature[7] = (signature[7] ?? 0) ^ 1;
  const bad = [
    { ...good, preKeys: [] },
    { ...good, signedPreKey: { ...signedPreKey, signature } },
    { ...good, signedPreKey: { ...signedPreKey, signature: signature.subarray(1) } },
    { ...good, identityKey: legacyPeer(backend).identity.publicKey },
    { ...good, identityKey: good.identityKey.subarray(1) },
    { ...good, identityKey: new Uint8Array(32) },
    { ...good, preKeys: preKeys.map(({ id }) => ({ id, publicKey: new Uint8Array(32) })) },
  ];

  for (const bundle of bad) {
    expect(await kindOf(backend.startSession(alice.own, bundle))).toBe('bad-bundle');
  }
});

it('writes nothing to the console, whatever comes', async () => {
  const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const spies = methods.map((method) => vi.spyOn(console, method).mockImplementation(() => undefined));
  const { alice, bob } = await acquainted(backend);
  const [message, reply] = [await alice.say('hello'), await bob.say('hello')];
  const exchange = await (async () => {
    await alice.meet(bob.bundle());
    return alice.say('anew');
  })();

  for (const { body, isKeyExchange } of [message, reply, exchange]) {
    for (let position = 0; position < body.length; position += 1) {
      for (const value of [0, 0x7f, 0xff]) {
        const changed = new Uint8Array(body);
        changed[position] = value;
        await bob.hear({ body: changed, isKeyExchange }).catch(() => undefined);
        await bob.hear({ body: changed, isKeyExchange: !isKeyExchange }).catch(() => undefined);
      }
    }
  }

  expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
  for (const spy of spies) spy.mockRestore();
});

function at<T>(list: T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`There is no number ${index}.`);
  return found;
}

/** The bytes with one run of them replaced by another of the same length. */
function replaced(body: Uint8Array, from: number[], to: number[]): Uint8Array {
  const place = Buffer.from(body).indexOf(Buffer.from(from));
  if (place < 0) throw new Error('There is no such run of bytes.');
  const changed = new Uint8Array(body);
  changed.set(to, place);
  return changed;
}
