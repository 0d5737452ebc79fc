import { beforeAll, expect, it, vi } from 'vitest';
import { legacyBackend } from '../../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { OmemoTrouble, type RatchetBackend } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { protobufFields } from '../../../support/protobuf-fields.ts';
import { ratchetPeer, talkingPeers } from '../../../support/ratchet-peer.ts';

let backend: RatchetBackend;
beforeAll(async () => {
  backend = await legacyBackend();
});

const kindOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no trouble',
    (error: unknown) => (error instanceof OmemoTrouble ? error.kind : error),
  );

it('refuses a key exchange that names no prekey, or a signed prekey that we never had', async () => {
  const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend, { preKeys: 1 })];
  await alice.start(bob);
  const { body } = await alice.encrypt(bob, 'hello');
  const withoutPreKey = replaced(body, [0x08, 1], [0x08, 0]);
  const withoutSignedPreKey = replaced(body, [0x30, 1], [0x30, 8]);

  for (const changed of [withoutPreKey, withoutSignedPreKey]) {
    expect(await kindOf(bob.decrypt(alice, { body: changed, isKeyExchange: true }))).toBe('unknown-prekey');
  }
});

it('lets a failure of the look-up through as it is: the message may be fine', async () => {
  const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
  await alice.start(bob);
  const message = await alice.encrypt(bob, 'hello');
  const disk = new Error('database is locked');
  const own = { ...bob.own, preKey: () => Promise.reject(disk) };

  await expect(backend.decrypt(own, undefined, message)).rejects.toBe(disk);
});

it('makes the state of a repeated key exchange the current one', async () => {
  const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
  await alice.start(bob);
  await bob.decrypt(alice, await alice.encrypt(bob, 'one'));
  await bob.start(alice);

  expect(await bob.decrypt(alice, await alice.encrypt(bob, 'two'))).toBe('two');

  expect((await bob.encrypt(alice, 'in the session of alice')).isKeyExchange).toBe(false);
});

it('refuses a key exchange under another name of its base key, even if its prekey is still there', async () => {
  const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend, { keepsPreKeys: true })];
  await alice.start(bob);
  const { body } = await alice.encrypt(bob, 'hello');
  await bob.decrypt(alice, { body, isKeyExchange: true });
  const baseKey = protobufFields(body.subarray(1)).bytes(2);
  const renamed = new Uint8Array(baseKey);
  renamed[32] = (renamed[32] ?? 0) | 0x80;

  const again = replaced(body, [...baseKey], [...renamed]);

  expect(await kindOf(bob.decrypt(alice, { body, isKeyExchange: true }))).toBe('duplicate');
  expect(await kindOf(bob.decrypt(alice, { body: again, isKeyExchange: true }))).toBe('malformed');
});

it('refuses a key exchange that names another identity than its session has', async () => {
  const [alice, bob, mallory] = [ratchetPeer(backend), ratchetPeer(backend), ratchetPeer(backend)];
  await alice.start(bob);
  await bob.decrypt(alice, await alice.encrypt(bob, 'one'));
  const { body } = await alice.encrypt(bob, 'two');

  const changed = replaced(body, [...alice.identity.publicKey], [...mallory.identity.publicKey]);

  expect(await kindOf(bob.decrypt(alice, { body: changed, isKeyExchange: true }))).toBe('bad-mac');
});

it('refuses another version byte, which the check of the message does not cover', async () => {
  const { alice, bob } = await talkingPeers(backend);
  const { body } = await alice.encrypt(bob, 'hello');

  for (const version of [0x32, 0x34, 0x43, 0xb3]) {
    const changed = Uint8Array.from([version, ...body.subarray(1)]);
    expect(await kindOf(bob.decrypt(alice, { body: changed, isKeyExchange: false }))).toBe('malformed');
  }
});

it('reads late messages of five turns ago, whatever the sender said of the length of that chain', async () => {
  const { alice, bob } = await talkingPeers(backend);
  const late = [
    await alice.encrypt(bob, 'late 0'),
    await alice.encrypt(bob, 'late 1'),
    await alice.encrypt(bob, 'late 2'),
  ];
  for (let turn = 0; turn < 5; turn += 1) {
    await alice.decrypt(bob, await bob.encrypt(alice, 'from bob'));
    await bob.decrypt(alice, await alice.encrypt(bob, 'from alice'));
  }

  expect(await bob.decrypt(alice, at(late, 1))).toBe('late 1');
  expect(await bob.decrypt(alice, at(late, 2))).toBe('late 2');
  expect(await bob.decrypt(alice, at(late, 0))).toBe('late 0');
  expect(await kindOf(bob.decrypt(alice, at(late, 1)))).toBe('duplicate');
});

it('skips a thousand messages but not one more, and keeps no more keys than that', {
  timeout: 60_000,
}, async () => {
  const { alice, bob } = await talkingPeers(backend);
  await bob.decrypt(alice, await alice.encrypt(bob, 'a new chain'));
  for (let lost = 0; lost < 1_000; lost += 1) await alice.encrypt(bob, 'lost');
  const after1000 = await alice.encrypt(bob, 'after 1000');
  const before = bob.record(alice)?.length ?? 0;

  expect(await bob.decrypt(alice, after1000)).toBe('after 1000');
  const grown = (bob.record(alice)?.length ?? 0) - before;
  expect(grown).toBeGreaterThan(32_000);

  for (let lost = 0; lost < 10; lost += 1) await alice.encrypt(bob, 'lost');
  await bob.decrypt(alice, await alice.encrypt(bob, 'after 10'));
  expect((bob.record(alice)?.length ?? 0) - before).toBeLessThanOrEqual(grown + 100);

  for (let lost = 0; lost < 1_001; lost += 1) await alice.encrypt(bob, 'lost');
  expect(await kindOf(bob.decrypt(alice, await alice.encrypt(bob, 'after 1001')))).toBe('too-far');
});

it('takes bytes that are no record for no session', async () => {
  const { alice, bob } = await talkingPeers(backend);
  const message = await alice.encrypt(bob, 'hello');
  const record = bob.record(alice) ?? new Uint8Array();
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

it('writes nothing to the console, whatever comes', async () => {
  const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const spies = methods.map((method) => vi.spyOn(console, method).mockImplementation(() => undefined));
  const { alice, bob } = await talkingPeers(backend);
  const [message, reply] = [await alice.encrypt(bob, 'hello'), await bob.encrypt(alice, 'hello')];
  const exchange = await (async () => {
    await alice.start(bob);
    return alice.encrypt(bob, 'anew');
  })();

  for (const { body, isKeyExchange } of [message, reply, exchange]) {
    for (let position = 0; position < body.length; position += 1) {
      for (const value of [0, 0x7f, 0xff]) {
        const changed = new Uint8Array(body);
        changed[position] = value;
        await bob.decrypt(alice, { body: changed, isKeyExchange }).catch(() => undefined);
        await bob.decrypt(alice, { body: changed, isKeyExchange: !isKeyExchange }).catch(() => undefined);
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
