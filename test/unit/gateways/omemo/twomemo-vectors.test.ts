import { describe, expect, it } from 'vitest';
import { type KeyGenerator, keyPairOf } from '../../../../src-main/gateways/omemo/curve.ts';
import { omemo2Backend } from '../../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { readProtobuf } from '../../../../src-main/gateways/omemo/omemo2/protobuf.ts';
import {
  type KeyPair,
  OmemoTrouble,
  type OwnKeys,
  type PeerBundle,
  type RatchetBackend,
  type SessionRecord,
} from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { curveOfEd } from '../../../../src-main/gateways/omemo/xeddsa.ts';
import { vectorsOf } from '../../../support/omemo-vectors.ts';

interface Party {
  device: number;
  identity: { priv: string; curve_pub: string; ed25519_pub: string };
}
interface NumberedSecret {
  id: number;
  priv: string;
}
interface Step {
  sender: 'alice' | 'bob';
  kex: boolean;
  body: string;
  plain: string;
  expect: 'ok' | 'reject' | 'duplicate';
}
interface Transcript {
  alice: Party;
  bob: Party & { signed_prekey: NumberedSecret; prekeys: NumberedSecret[] };
  bundle: {
    identity_key: string;
    signed_prekey_id: number;
    signed_prekey: string;
    signature: string;
    prekeys: { id: number; pub: string }[];
  };
  used_prekey: number;
  alice_ephemeral_priv: string;
  alice_ratchet_privs: string[];
  bob_ratchet_privs: string[];
  steps: Step[];
}

const ofHex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const ofBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** The recorded draws, in their order. The key generator is asked only when a message was right. */
function drawing(privs: readonly string[]): { newKeyPair: KeyGenerator; left: () => number } {
  const rest = [...privs];
  return {
    newKeyPair: () => keyPairOf(ofHex(rest.shift() ?? '')),
    left: () => rest.length,
  };
}

/** python-twomemo publishes the sign bit that came up; the vectors can only be met with it. */
const publishedBy = (party: Party) => () => ofHex(party.identity.ed25519_pub);

function keysOf(party: Party, signed: NumberedSecret[] = [], preKeys: NumberedSecret[] = []): OwnKeys {
  const found = (list: NumberedSecret[], id: number): Promise<KeyPair | undefined> => {
    const one = list.find((secret) => secret.id === id);
    return Promise.resolve(one && keyPairOf(ofHex(one.priv)));
  };
  return {
    deviceId: party.device,
    identity: keyPairOf(ofHex(party.identity.priv)),
    signedPreKey: (id) => found(signed, id),
    preKey: (id) => found(preKeys, id),
  };
}

function bundleOf({ bundle, used_prekey }: Transcript): PeerBundle {
  const edIdentityKey = ofBase64(bundle.identity_key);
  return {
    identityKey: curveOfEd(edIdentityKey),
    edIdentityKey,
    signedPreKey: {
      id: bundle.signed_prekey_id,
      publicKey: ofBase64(bundle.signed_prekey),
      signature: ofBase64(bundle.signature),
    },
    preKeys: bundle.prekeys
      .filter(({ id }) => id === used_prekey)
      .map(({ id, pub }) => ({ id, publicKey: ofBase64(pub) })),
  };
}

/** One side of the dialogue, with its record. */
function side(backend: RatchetBackend, own: OwnKeys, start?: SessionRecord) {
  let record = start;
  return {
    async receive(step: Step) {
      const before = record && base64(record);
      const message = { body: ofBase64(step.body), isKeyExchange: step.kex };
      const result = await backend.decrypt(own, record, message).catch((error: unknown) => error);
      if (step.expect === 'ok') {
        if (result instanceof Error) throw result;
        const { plaintext, record: after } = result as Awaited<ReturnType<RatchetBackend['decrypt']>>;
        expect(hex(plaintext)).toBe(step.plain);
        record = after;
        return result as Awaited<ReturnType<RatchetBackend['decrypt']>>;
      }
      expect(result).toBeInstanceOf(OmemoTrouble);
      expect(record && base64(record)).toBe(before);
      if (step.expect === 'duplicate') expect((result as OmemoTrouble).kind).toBe('duplicate');
      return undefined;
    },
    async send(step: { plain: string }) {
      if (!record) throw new Error('there is nothing to send in');
      const { record: after, message } = await backend.encrypt(own, record, ofHex(step.plain));
      record = after;
      return message;
    },
  };
}

describe.each(vectorsOf<Transcript>('transcript-twomemo'))('%s', (_, transcript) => {
  const { alice, bob, steps } = transcript;

  it('plays bob, whose messages are the same byte for byte', async () => {
    const draws = drawing(transcript.bob_ratchet_privs);
    const backend = omemo2Backend({ newKeyPair: draws.newKeyPair, published: publishedBy(bob) });
    const player = side(backend, keysOf(bob, [bob.signed_prekey], bob.prekeys));
    let begun = 0;

    for (const step of steps) {
      if (step.sender === 'bob') {
        const message = await player.send(step);
        expect(base64(message.body)).toBe(step.body);
        expect(message.isKeyExchange).toBe(step.kex);
      } else {
        const result = await player.receive(step);
        if (!result) continue;
        expect(hex(result.identityKey)).toBe(alice.identity.curve_pub);
        if (result.begun) {
          begun += 1;
          expect(result.begun.preKeyId).toBe(transcript.used_prekey);
        }
      }
    }

    expect({ begun, drawsLeft: draws.left() }).toEqual({ begun: 1, drawsLeft: 0 });
  });

  it('plays alice, whose messages are the same byte for byte, whenever they were delivered', async () => {
    const draws = drawing([transcript.alice_ephemeral_priv, ...transcript.alice_ratchet_privs]);
    const backend = omemo2Backend({ newKeyPair: draws.newKeyPair, published: publishedBy(alice) });
    const own = keysOf(alice);
    const player = side(backend, own, await backend.startSession(own, bundleOf(transcript)));
    const chains = chainsOf(transcript);
    const bobsKeys = new Set<string>();

    // She sends each chain whole, as she did before bob's next ratchet key ended it.
    for (const step of [...steps.filter(({ sender }) => sender === 'bob'), undefined]) {
      const theirKey = step && read(step).ratchetKey;
      if (step === undefined || (theirKey !== undefined && !bobsKeys.has(theirKey))) {
        const chain = chains.shift();
        for (let number = 0; number < (chain?.count ?? 0); number += 1) {
          const wanted = chain?.steps.get(number);
          const message = await player.send(wanted ?? { plain: '00' });
          if (wanted) {
            expect(base64(message.body)).toBe(wanted.body);
            expect(message.isKeyExchange).toBe(wanted.kex);
          }
        }
        if (theirKey !== undefined) bobsKeys.add(theirKey);
      }
      if (step) await player.receive(step);
    }

    expect({ chains: chains.length, drawsLeft: draws.left() }).toEqual({ chains: 0, drawsLeft: 0 });
  });
});

function read(step: Step) {
  const outer = readProtobuf(ofBase64(step.body));
  const sealed = step.kex ? readProtobuf(outer.bytes(5) ?? new Uint8Array()) : outer;
  const inner = readProtobuf(sealed.bytes(2) ?? new Uint8Array());
  return { ratchetKey: hex(inner.bytes(3)), number: inner.number(1) ?? 0, previous: inner.number(2) ?? 0 };
}

/** What alice sent under each of her ratchet keys, in the order of the keys; what never arrived is not there. */
function chainsOf({ alice_ratchet_privs, steps }: Transcript) {
  const chains = alice_ratchet_privs.map((priv) => ({
    key: hex(keyPairOf(ofHex(priv)).publicKey),
    count: 0,
    steps: new Map<number, Step>(),
  }));
  for (const step of steps.filter(({ sender, expect: wanted }) => sender === 'alice' && wanted === 'ok')) {
    const { ratchetKey, number, previous } = read(step);
    const index = chains.findIndex(({ key }) => key === ratchetKey);
    const [chain, before] = [chains[index], chains[index - 1]];
    if (!chain) throw new Error('a message under an unknown key');
    chain.steps.set(number, step);
    chain.count = Math.max(chain.count, number + 1);
    if (before) before.count = Math.max(before.count, previous);
  }
  return chains;
}
