import { generateKeyPair } from '../../src-main/gateways/omemo/curve.ts';
import type {
  KeyPair,
  OwnKeys,
  PeerBundle,
  RatchetBackend,
  SessionRecord,
} from '../../src-main/gateways/omemo/ratchet-backend.ts';

const SIGNED_PREKEY = 7;

/** A device with keys of its own that remembers its record of one other device. */
export function legacyPeer(backend: RatchetBackend, preKeyIds: readonly number[] = [1, 2, 3]) {
  const identity = generateKeyPair();
  const signedPreKey = generateKeyPair();
  const preKeys = new Map<number, KeyPair>(preKeyIds.map((id) => [id, generateKeyPair()]));
  const own: OwnKeys = {
    deviceId: 4711,
    identity,
    preKey: async (id) => preKeys.get(id),
    signedPreKey: async (id) => (id === SIGNED_PREKEY ? signedPreKey : undefined),
  };
  let record: SessionRecord | undefined;
  const known = (): SessionRecord => {
    if (!record) throw new Error('The peer has no session.');
    return record;
  };
  return {
    own,
    identity,
    preKeys,
    record: () => record,
    restore: (earlier: SessionRecord | undefined) => {
      record = earlier;
    },
    bundle: (): PeerBundle => ({
      identityKey: identity.publicKey,
      signedPreKey: {
        id: SIGNED_PREKEY,
        publicKey: signedPreKey.publicKey,
        signature: backend.signPreKey(identity, signedPreKey.publicKey),
      },
      preKeys: [...preKeys].map(([id, { publicKey }]) => ({ id, publicKey })),
    }),
    async meet(bundle: PeerBundle) {
      record = await backend.startSession(own, bundle, record);
    },
    async say(text: string) {
      const { record: next, message } = await backend.encrypt(own, known(), Buffer.from(text));
      record = next;
      return message;
    },
    async hear(message: { body: Uint8Array; isKeyExchange: boolean }) {
      const heard = await backend.decrypt(own, record, message);
      record = heard.record;
      if (heard.begun?.preKeyId !== undefined) preKeys.delete(heard.begun.preKeyId);
      return Buffer.from(heard.plaintext).toString();
    },
  };
}
export type LegacyPeer = ReturnType<typeof legacyPeer>;

/** Two devices that have exchanged a message in each direction. */
export async function acquainted(backend: RatchetBackend) {
  const [alice, bob] = [legacyPeer(backend), legacyPeer(backend)];
  await alice.meet(bob.bundle());
  await bob.hear(await alice.say('hello'));
  await alice.hear(await bob.say('hello yourself'));
  return { alice, bob };
}
