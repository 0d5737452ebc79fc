import { describe, expect, it } from 'vitest';
import { generateKeyPair } from '../../../../src-main/gateways/omemo/curve.ts';
import { legacyBackend } from '../../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { omemo2Backend } from '../../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { OmemoTrouble, type RatchetMessage } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { seededRandom } from '../../../support/random.ts';
import { type RatchetPeer, ratchetPeer, talkingPeers } from '../../../support/ratchet-peer.ts';

/**
 * What every backend must do, whatever its version. `unauthenticated`: how many bytes of a key exchange may be changed
 * without harm, because nothing vouches for them and nothing is done with them.
 */
const BACKENDS = [
  { version: 'omemo2', backend: omemo2Backend(), unauthenticated: 0 },
  { version: 'legacy', backend: await legacyBackend(), unauthenticated: 16 },
];

/** The trouble it fails with; 'none' where it does not. */
const troubleOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof OmemoTrouble) return error.kind;
      throw error;
    },
  );

interface InFlight {
  from: RatchetPeer;
  to: RatchetPeer;
  text: string;
  message: RatchetMessage;
}

// The library takes its time for what the own ratchet does in seconds.
describe.each(BACKENDS)('$version', { timeout: 120_000 }, ({ backend, unauthenticated }) => {
  it('repeats the key exchange until it is answered', async () => {
    const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
    await alice.start(bob);

    const first = await alice.encrypt(bob, 'one');
    const second = await alice.encrypt(bob, 'two');
    const begun = await bob.take(alice, first);
    const repeated = await bob.take(alice, second);
    const answer = await bob.encrypt(alice, 'three');
    await alice.decrypt(bob, answer);
    const third = await alice.encrypt(bob, 'four');

    expect([first, second, answer, third].map(({ isKeyExchange }) => isKeyExchange)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(begun.begun?.preKeyId).toBeTypeOf('number');
    expect(repeated.begun).toBeUndefined();
    expect(Buffer.from(begun.identityKey)).toEqual(Buffer.from(alice.identity.publicKey));
    expect([begun.counter, repeated.counter]).toEqual([0, 1]);
    expect(await bob.decrypt(alice, third)).toBe('four');
    expect(bob.preKeyIds()).toHaveLength(4);
  });

  it('loses none of 240 messages when both begin at once, in any order of delivery', async () => {
    let delivered = 0;
    for (let seed = 1; seed <= 24; seed += 1) {
      const random = seededRandom(seed);
      const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
      await Promise.all([alice.start(bob), bob.start(alice)]);
      const inFlight: InFlight[] = [];
      for (let left = 10; left > 0 || inFlight.length > 0; ) {
        if (left > 0 && (inFlight.length < 2 || random.next() < 0.5)) {
          const [from, to] = left % 2 === 0 ? [alice, bob] : [bob, alice];
          const text = `${seed}/${left}`;
          inFlight.push({ from, to, text, message: await from.encrypt(to, text) });
          left -= 1;
        } else {
          const [next] = inFlight.splice(random.between(0, inFlight.length - 1), 1);
          if (!next) break;
          const { from, to, text, message } = next;
          delivered += (await to.decrypt(from, message)) === text ? 1 : 0;
        }
      }
      // They have found together: what follows is no key exchange.
      for (const [from, to] of [
        [alice, bob],
        [bob, alice],
        [alice, bob],
        [bob, alice],
      ] as const) {
        await to.decrypt(from, await from.encrypt(to, 'settled'));
      }
      expect((await alice.encrypt(bob, 'plain')).isKeyExchange).toBe(false);
      expect((await bob.encrypt(alice, 'plain')).isKeyExchange).toBe(false);
    }
    expect(delivered).toBe(240);
  });

  it('has a record that does not grow over 3 000 turns', { timeout: 300_000 }, async () => {
    const { alice, bob } = await talkingPeers(backend);
    const sizes: number[] = [];

    for (let turn = 0; turn < 3_000; turn += 1) {
      const [from, to] = turn % 2 === 0 ? [alice, bob] : [bob, alice];
      // Every tenth is lost, so that there are keys to keep as well.
      if (turn % 10 === 0) await from.encrypt(to, 'lost');
      await to.decrypt(from, await from.encrypt(to, `turn ${turn}`));
      if (turn % 100 === 99) sizes.push(alice.record(bob)?.length ?? 0, bob.record(alice)?.length ?? 0);
    }

    expect(Math.max(...sizes)).toBeLessThan(4_096);
    expect(Math.max(...sizes.slice(-20))).toBeLessThanOrEqual(Math.max(...sizes.slice(0, 20)) + 64);
  });

  it('refuses a message with any byte changed, and takes it as it was afterwards', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const [stranger, repeating] = [ratchetPeer(backend), ratchetPeer(backend)];
    await repeating.start(bob);
    await bob.take(repeating, await repeating.encrypt(bob, 'hello'));
    await stranger.start(bob);
    const messages = [
      [alice, await alice.encrypt(bob, 'in a known chain')],
      [stranger, await stranger.encrypt(bob, 'a key exchange')],
      [repeating, await repeating.encrypt(bob, 'a repeated key exchange')],
    ] as const;

    for (const [from, message] of messages) {
      const { plaintext } = await backend.decrypt(bob.own, bob.record(from), message);
      const before = Buffer.from(bob.record(from) ?? []);
      const harmless: number[] = [];
      for (let index = 0; index < message.body.length; index += 1) {
        const body = new Uint8Array(message.body);
        body[index] = (body[index] ?? 0) ^ 0x01;
        const attempt = backend.decrypt(bob.own, bob.record(from), { ...message, body });
        if ((await troubleOf(attempt)) !== 'none') continue;
        expect(Buffer.from((await attempt).plaintext)).toEqual(Buffer.from(plaintext));
        harmless.push(index);
      }
      expect(harmless.length).toBeLessThanOrEqual(message.isKeyExchange ? unauthenticated : 0);
      expect(Buffer.from(bob.record(from) ?? [])).toEqual(before);
      expect(await bob.decrypt(from, message)).toBe(Buffer.from(plaintext).toString());
    }
  });

  it('refuses a message with any byte missing at its end', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const message = await alice.encrypt(bob, 'whole');

    for (let length = 0; length < message.body.length; length += 1) {
      const body = message.body.slice(0, length);
      expect(await troubleOf(bob.take(alice, { ...message, body })), `${length} bytes`).not.toBe('none');
    }

    expect(await bob.decrypt(alice, message)).toBe('whole');
  });

  it('takes messages in any order, across turns, each of them once', async () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const random = seededRandom(seed);
      const { alice, bob } = await talkingPeers(backend);
      const late: [string, RatchetMessage][] = [];
      for (let turn = 0; turn < 4; turn += 1) {
        const now: [string, RatchetMessage][] = [];
        for (let count = 0; count < 5; count += 1) {
          const text = `${turn}/${count}`;
          now.push([text, await alice.encrypt(bob, text)]);
        }
        const held = now.splice(random.between(0, 4), 1);
        for (const [text, message] of now.reverse()) expect(await bob.decrypt(alice, message)).toBe(text);
        late.push(...held);
        await alice.decrypt(bob, await bob.encrypt(alice, 'turn'));
      }

      for (const [text, message] of late.reverse()) expect(await bob.decrypt(alice, message)).toBe(text);

      for (const [, message] of late) expect(await troubleOf(bob.take(alice, message))).toBe('duplicate');
    }
  });

  it('knows a message that it has had, and one that begins a session too', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const message = await alice.encrypt(bob, 'once');
    const stranger = ratchetPeer(backend);
    await stranger.start(bob);
    const exchange = await stranger.encrypt(bob, 'once');
    await bob.take(alice, message);
    await bob.take(stranger, exchange);

    expect(await troubleOf(bob.take(alice, message))).toBe('duplicate');
    expect(await troubleOf(bob.take(stranger, exchange))).toBe('duplicate');
  });

  it('refuses to skip more messages than are lost in earnest', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const before = alice.record(bob);
    await alice.encrypt(bob, 'lost');
    const near = await alice.encrypt(bob, 'near');
    alice.setRecord(bob, before);
    let far = near;
    for (let count = 0; count < 1_100; count += 1) far = await alice.encrypt(bob, 'far');

    expect(await troubleOf(bob.take(alice, far))).toBe('too-far');
    expect(await bob.decrypt(alice, near)).toBe('near');
  });

  it('skips no more for all the messages of one budget together', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const budget = { left: 30 };
    for (let lost = 0; lost < 20; lost += 1) await alice.encrypt(bob, 'lost');
    const late = await alice.encrypt(bob, 'late');
    const attempt = () => backend.decrypt(bob.own, bob.record(alice), late, budget);

    expect(await troubleOf(attempt())).toBe('none');
    expect(budget.left).toBe(10);
    expect(await troubleOf(attempt())).toBe('too-far');
  });

  it('answers the second of two who took one prekey with unknown-prekey, and both while it is kept', async () => {
    const bob = ratchetPeer(backend, { preKeys: 1 });
    const [alice, carol] = [ratchetPeer(backend), ratchetPeer(backend)];
    await Promise.all([alice.start(bob), carol.start(bob)]);

    expect(await bob.decrypt(alice, await alice.encrypt(bob, 'first'))).toBe('first');
    expect(await troubleOf(bob.take(carol, await carol.encrypt(bob, 'second')))).toBe('unknown-prekey');
    expect(bob.record(carol)).toBeUndefined();

    const patient = ratchetPeer(backend, { preKeys: 1, keepsPreKeys: true });
    await Promise.all([alice.start(patient), carol.start(patient)]);
    expect(await patient.decrypt(alice, await alice.encrypt(patient, 'first'))).toBe('first');
    expect(await patient.decrypt(carol, await carol.encrypt(patient, 'second'))).toBe('second');
  });

  it('says no-session where there is none, and bad-mac where it is another', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const carol = ratchetPeer(backend);
    const message = await alice.encrypt(bob, 'for bob');
    await carol.start(bob);
    await bob.take(carol, await carol.encrypt(bob, 'hello'));

    expect(await troubleOf(carol.take(alice, message))).toBe('no-session');
    expect(await troubleOf(bob.take(carol, message))).toBe('bad-mac');
  });

  it('goes on with the earlier session when a message of it arrives late', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const late = await alice.encrypt(bob, 'late');
    await alice.start(bob);
    const anew = await alice.encrypt(bob, 'anew');

    expect(await bob.decrypt(alice, anew)).toBe('anew');
    expect(await bob.decrypt(alice, late)).toBe('late');
    expect(await alice.decrypt(bob, await bob.encrypt(alice, 'in the earlier'))).toBe('in the earlier');
    expect(await bob.decrypt(alice, await alice.encrypt(bob, 'and back'))).toBe('and back');
  });

  it('keeps a bounded number of earlier sessions', async () => {
    const bob = ratchetPeer(backend, { preKeys: 1, keepsPreKeys: true });
    const alice = ratchetPeer(backend);
    let size = 0;
    for (let count = 0; count < 45; count += 1) {
      await alice.start(bob);
      await bob.decrypt(alice, await alice.encrypt(bob, `session ${count}`));
      if (count === 41) size = bob.record(alice)?.length ?? 0;
    }

    expect(bob.record(alice)?.length).toBeLessThanOrEqual(size + 64);
    expect(await alice.decrypt(bob, await bob.encrypt(alice, 'the newest'))).toBe('the newest');
  });

  it('begins no session with a bundle that is wrong', async () => {
    const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
    const bundle = bob.bundle();
    const signature = new Uint8Array(bundle.signedPreKey.signature);
    signature[5] = (signature[5] ?? 0) ^ 1;
    const zero = new Uint8Array(32);

    const troubles = await Promise.all(
      [
        { ...bundle, preKeys: [] },
        { ...bundle, signedPreKey: { ...bundle.signedPreKey, signature } },
        { ...bundle, signedPreKey: { ...bundle.signedPreKey, signature: signature.slice(1) } },
        { ...bundle, signedPreKey: { ...bundle.signedPreKey, publicKey: generateKeyPair().publicKey } },
        { ...bundle, identityKey: generateKeyPair().publicKey },
        { ...bundle, identityKey: zero },
        { ...bundle, preKeys: [{ id: 7, publicKey: zero }] },
        { ...bundle, preKeys: [{ id: 7, publicKey: zero.slice(1) }] },
      ].map((wrong) => troubleOf(backend.startSession(alice.own, wrong))),
    );

    expect(troubles).toEqual(troubles.map(() => 'bad-bundle'));
  });

  it('takes prekey 0 only where there is no other', async () => {
    const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
    const [zero, other] = [generateKeyPair(), generateKeyPair()];
    const asked: number[] = [];
    const own = {
      ...bob.own,
      preKey: (id: number) => {
        asked.push(id);
        return Promise.resolve(id === 0 ? zero : other);
      },
    };
    const numbered = [
      { id: 0, publicKey: zero.publicKey },
      { id: 9, publicKey: other.publicKey },
    ];
    const begin = async (preKeys: typeof numbered) => {
      const record = await backend.startSession(alice.own, { ...bob.bundle(), preKeys });
      const { message } = await backend.encrypt(alice.own, record, Buffer.from('hello'));
      return (await backend.decrypt(own, undefined, message)).begun?.preKeyId;
    };

    for (let count = 0; count < 10; count += 1) expect(await begin(numbered)).toBe(9);
    expect(await begin(numbered.slice(0, 1))).toBe(0);
  });

  it('leaves the record it was given as it was', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const [before, copy] = [alice.record(bob), Buffer.from(alice.record(bob) ?? [])];

    await alice.encrypt(bob, 'one');
    await alice.decrypt(bob, await bob.encrypt(alice, 'two'));
    await alice.start(bob);

    expect(Buffer.from(before ?? [])).toEqual(copy);
  });

  it('carries any plaintext, the empty one too', async () => {
    const { alice, bob } = await talkingPeers(backend);

    for (const text of ['', 'x'.repeat(15), 'x'.repeat(16), 'ü🎉'.repeat(500)]) {
      expect(await bob.decrypt(alice, await alice.encrypt(bob, text))).toBe(text);
    }
  });
});
