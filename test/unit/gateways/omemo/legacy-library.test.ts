import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { ratchetPeer, talkingPeers } from '../../../support/ratchet-peer.ts';

const FATAL = ['uncaughtException', 'unhandledRejection'] as const;
const listeners = () => FATAL.map((event) => process.rawListeners(event));

it('costs nothing before it is used, and adds no listener that ends the process', async () => {
  const ours = () => undefined;
  process.on('unhandledRejection', ours);
  const before = listeners();

  const { legacyBackend } = await import('../../../../src-main/gateways/omemo/legacy/legacy-backend.ts');
  expect(isLoaded()).toBe(false);
  await legacyBackend();

  expect(isLoaded()).toBe(true);
  expect(listeners()).toEqual(before);
  await nextTurn();
  expect(listeners()).toEqual(before);
  process.off('unhandledRejection', ours);
});

it('settles every call before the event loop turns', async () => {
  const { legacyBackend } = await import('../../../../src-main/gateways/omemo/legacy/legacy-backend.ts');
  const backend = await legacyBackend();
  const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
  const bundle = bob.bundle();

  await inThisTurn('start', () => alice.start(bob));
  const first = await inThisTurn('first encryption', () => alice.encrypt(bob, 'one'));
  await inThisTurn('first decryption', () => bob.decrypt(alice, first));
  const answer = await inThisTurn('encryption', () => bob.encrypt(alice, 'two'));
  await inThisTurn('decryption', () => alice.decrypt(bob, answer));
  await inThisTurn('a second session', () => alice.start(bob));
  await bob.decrypt(alice, await alice.encrypt(bob, 'three'));
  await inThisTurn('decryption in an archived state', async () =>
    alice.decrypt(bob, await bob.encrypt(alice, 'four')),
  );

  const tampered = (await alice.encrypt(bob, 'five')).body.with(20, 0);
  const failures: (() => Promise<unknown>)[] = [
    () => bob.decrypt(alice, first),
    () => bob.decrypt(alice, { body: tampered, isKeyExchange: false }),
    () => bob.decrypt(alice, { body: tampered, isKeyExchange: true }),
    () => bob.decrypt(alice, { body: new Uint8Array(), isKeyExchange: false }),
    () => backend.startSession(alice.own, { ...bundle, preKeys: [] }),
    () => backend.startSession(alice.own, { ...bundle, identityKey: new Uint8Array(32) }),
  ];
  for (const [at, failure] of failures.entries()) {
    const outcome = await inThisTurn(`failure ${at}`, () => failure().then(String, () => 'failed'));
    expect([at, outcome]).toEqual([at, 'failed']);
  }
});

it('keeps nothing between calls: two sessions at once do not touch', async () => {
  const { legacyBackend } = await import('../../../../src-main/gateways/omemo/legacy/legacy-backend.ts');
  const backend = await legacyBackend();
  const pairs = await Promise.all(Array.from({ length: 8 }, () => talkingPeers(backend)));

  const heard = await Promise.all(
    pairs.map(async ({ alice, bob }, at) => {
      for (let turn = 0; turn < 5; turn += 1) {
        await bob.decrypt(alice, await alice.encrypt(bob, `${at}`));
        await alice.decrypt(bob, await bob.encrypt(alice, `${at}`));
      }
      return bob.decrypt(alice, await alice.encrypt(bob, `last of ${at}`));
    }),
  );

  expect(heard).toEqual(pairs.map((_, at) => `last of ${at}`));
});

/** Fails if the call needs as much as one turn of the event loop. */
async function inThisTurn<T>(name: string, call: () => Promise<T>): Promise<T> {
  let turned = false;
  const immediate = setImmediate(() => {
    turned = true;
  });
  const result = await call();
  expect([name, turned]).toEqual([name, false]);
  clearImmediate(immediate);
  return result;
}

function isLoaded(): boolean {
  return Object.keys(createRequire(import.meta.url).cache).some((path) =>
    path.includes('libsignal-protocol-typescript'),
  );
}
