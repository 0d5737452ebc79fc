import { generateKeyPair } from '../../src-main/gateways/omemo/curve.ts';
import type {
  Decrypted,
  KeyPair,
  OwnKeys,
  PeerBundle,
  RatchetBackend,
  RatchetMessage,
  SessionRecord,
} from '../../src-main/gateways/omemo/ratchet-backend.ts';
import { edOfCurve } from '../../src-main/gateways/omemo/xeddsa.ts';

/** One device with its keys, whose sessions are kept as the product keeps them: as records, stored after success. */
export interface RatchetPeer {
  readonly own: OwnKeys;
  readonly identity: KeyPair;
  bundle(): PeerBundle;
  /** Begins a session with what the other publishes; an earlier one is archived. */
  start(other: RatchetPeer): Promise<void>;
  encrypt(other: RatchetPeer, text: string | Uint8Array): Promise<RatchetMessage>;
  /** The text. What fails leaves the record as it was. */
  decrypt(other: RatchetPeer, message: RatchetMessage): Promise<string>;
  /** The same, with all that the backend says. */
  take(other: RatchetPeer, message: RatchetMessage): Promise<Decrypted>;
  /** Of the session with this device. */
  record(other: RatchetPeer): SessionRecord | undefined;
  setRecord(other: RatchetPeer, record: SessionRecord | undefined): void;
  preKeyIds(): number[];
}

let nextDeviceId = 1;

/** `keepsPreKeys`: as while an account catches up, when a used prekey may be asked for again. */
export function ratchetPeer(
  backend: RatchetBackend,
  { preKeys = 5, keepsPreKeys = false }: { preKeys?: number; keepsPreKeys?: boolean } = {},
): RatchetPeer {
  const deviceId = nextDeviceId++;
  const identity = generateKeyPair();
  const signedPreKey = generateKeyPair();
  const signature = backend.signPreKey(identity, signedPreKey.publicKey);
  const keys = new Map(Array.from({ length: preKeys }, (_, index) => [index + 1, generateKeyPair()]));
  const records = new Map<RatchetPeer, SessionRecord>();
  const own: OwnKeys = {
    deviceId,
    identity,
    signedPreKey: (id) => Promise.resolve(id === 1 ? signedPreKey : undefined),
    preKey: (id) => Promise.resolve(keys.get(id)),
  };
  const peer: RatchetPeer = {
    own,
    identity,
    bundle: () => ({
      identityKey: identity.publicKey,
      edIdentityKey: backend.version === 'omemo2' ? edOfCurve(identity.publicKey) : undefined,
      signedPreKey: { id: 1, publicKey: signedPreKey.publicKey, signature },
      preKeys: [...keys].map(([id, { publicKey }]) => ({ id, publicKey })),
    }),
    async start(other) {
      records.set(other, await backend.startSession(own, other.bundle(), records.get(other)));
    },
    async encrypt(other, text) {
      const before = records.get(other);
      if (!before) throw new Error('a session must be begun first');
      const { record, message } = await backend.encrypt(own, before, Buffer.from(text));
      records.set(other, record);
      return message;
    },
    async take(other, message) {
      const decrypted = await backend.decrypt(own, records.get(other), message);
      records.set(other, decrypted.record);
      const used = decrypted.begun?.preKeyId;
      if (used !== undefined && !keepsPreKeys) keys.delete(used);
      return decrypted;
    },
    async decrypt(other, message) {
      return Buffer.from((await peer.take(other, message)).plaintext).toString();
    },
    record: (other) => records.get(other),
    setRecord(other, record) {
      if (record) records.set(other, record);
      else records.delete(other);
    },
    preKeyIds: () => [...keys.keys()],
  };
  return peer;
}

/** Two devices that have answered each other. */
export async function talkingPeers(
  backend: RatchetBackend,
): Promise<{ alice: RatchetPeer; bob: RatchetPeer }> {
  const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
  await alice.start(bob);
  await bob.decrypt(alice, await alice.encrypt(bob, 'hello'));
  await alice.decrypt(bob, await bob.encrypt(alice, 'hello too'));
  return { alice, bob };
}
