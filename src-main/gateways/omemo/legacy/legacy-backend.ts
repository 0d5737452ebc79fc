import { randomInt } from 'node:crypto';
import type { DeviceType } from '@privacyresearch/libsignal-protocol-typescript';
import { generateKeyPair, KEY_LENGTH, type KeyGenerator } from '../curve.ts';
import {
  type Decrypted,
  type NumberedKey,
  OmemoTrouble,
  type OwnKeys,
  type PeerBundle,
  type RatchetBackend,
  type RatchetMessage,
  type SessionRecord,
  type SkipBudget,
  skipBudget,
} from '../ratchet-backend.ts';
import { signPreKey } from '../sign-prekey.ts';
import { arrayBufferOf, chainName, decodeKey, encodeKey, isEncodedKey } from './encoding.ts';
import { type Library, loadLibrary, type SessionRecordType } from './library.ts';
import { type InnerMessage, type KeyExchange, readKeyExchange, readMessage } from './messages.ts';
import { nodeCurve } from './node-crypto.ts';
import { readRecord, writeRecord } from './record.ts';
import { troubleOf } from './trouble.ts';
import { unitOfWork } from './unit-of-work.ts';

/**
 * The ratchet of `eu.siacs.conversations.axolotl`, with libsignal's protocol in TypeScript. The first call loads the
 * package. The package has one generator of keys for the whole process, so the newest backend's is used by all.
 */
export async function legacyBackend(generate: KeyGenerator = generateKeyPair): Promise<RatchetBackend> {
  const library = loadLibrary();
  library.setCurve(nodeCurve(generate));
  return backendOf(library);
}

/** The backend with whatever curve the library was given. */
export function backendOf(library: Library): RatchetBackend {
  // The library names records by address; one call knows one record only.
  const peer = new library.SignalProtocolAddress('peer', 1);

  async function startSession(
    own: OwnKeys,
    bundle: PeerBundle,
    earlier?: SessionRecord,
  ): Promise<SessionRecord> {
    const device = deviceOf(bundle);
    try {
      const session = await new library.SessionBuilder(unitOfWork(own).storage, peer).processPreKey(device);
      const record = readRecord(library, earlier);
      record.archiveCurrentState();
      record.updateSessionState(session);
      return writeRecord(library, record);
    } catch (error) {
      const trouble = new OmemoTrouble(
        'bad-bundle',
        'The bundle is not signed by its owner, or a key is none.',
      );
      throw Object.assign(trouble, { cause: error });
    }
  }

  async function encrypt(own: OwnKeys, bytes: SessionRecord, plaintext: Uint8Array) {
    const record = readRecord(library, bytes);
    if (!record.getOpenSession()) throw new OmemoTrouble('no-session', 'There is no session to encrypt in.');
    try {
      const cipher = cipherOf(unitOfWork(own).storage, record, skipBudget());
      const { type, body } = await cipher.encrypt(arrayBufferOf(plaintext));
      const message = { body: new Uint8Array(Buffer.from(body ?? '', 'binary')), isKeyExchange: type === 3 };
      return { record: writeRecord(library, record), message };
    } catch (error) {
      throw troubleOf(error);
    }
  }

  async function decrypt(
    own: OwnKeys,
    bytes: SessionRecord | undefined,
    { isKeyExchange, body }: RatchetMessage,
    budget: SkipBudget = skipBudget(),
  ): Promise<Decrypted> {
    const record = readRecord(library, bytes);
    return isKeyExchange
      ? decryptKeyExchange(own, record, { body, read: readKeyExchange(library, body), budget })
      : decryptMessage(own, record, { body, read: readMessage(library, body), budget });
  }

  async function decryptMessage(
    own: OwnKeys,
    record: SessionRecordType,
    { body, read, budget }: { body: Uint8Array; read: InnerMessage; budget: SkipBudget },
  ) {
    const cipher = cipherOf(unitOfWork(own).storage, record, budget, read);
    try {
      return result(record, await cipher.decryptWhisperMessage(arrayBufferOf(body), 'binary'), read);
    } catch (error) {
      throw troubleOf(error);
    }
  }

  async function decryptKeyExchange(
    own: OwnKeys,
    record: SessionRecordType,
    { body, read, budget }: { body: Uint8Array; read: KeyExchange; budget: SkipBudget },
  ) {
    // Looked up here, not by the library: a failure of the caller's database is no failure of the message.
    const named = {
      preKey: await own.preKey(read.preKeyId),
      signedPreKey: await own.signedPreKey(read.signedPreKeyId),
    };
    const unit = unitOfWork(own, named);
    const cipher = cipherOf(unit.storage, record, budget, read);
    try {
      const plaintext = await cipher.decryptPreKeyWhisperMessage(arrayBufferOf(body), 'binary');
      const preKeyId = unit.usedPreKeyId();
      return result(record, plaintext, read, preKeyId === undefined ? undefined : { preKeyId });
    } catch (error) {
      throw troubleOf(error);
    }
  }

  /** The library would make JSON of every record it "stores"; ours is in our hands already. */
  function cipherOf(
    storage: ReturnType<typeof unitOfWork>['storage'],
    record: SessionRecordType,
    budget: SkipBudget,
    read?: InnerMessage,
  ) {
    record.serialize = () => '';
    return new library.SessionCipher(storage, peer, record, budget, read && chainName(read.ratchetKey));
  }

  function result(
    record: SessionRecordType,
    plaintext: ArrayBuffer,
    { counter }: InnerMessage,
    begun?: Decrypted['begun'],
  ): Decrypted {
    const current = record.getOpenSession();
    if (!current) throw new Error('The state that decrypted is not the current one.');
    return {
      record: writeRecord(library, record),
      plaintext: new Uint8Array(plaintext),
      identityKey: decodeKey(current.indexInfo.remoteIdentityKey),
      begun,
      counter,
    };
  }

  return {
    version: 'legacy',
    startSession,
    encrypt,
    decrypt,
    signPreKey: (identity, publicKey) => signPreKey('legacy', identity, publicKey),
  };
}

/** The bundle as the library wants it, with the one prekey to use. The library checks the signature. */
function deviceOf(bundle: PeerBundle): DeviceType {
  const preKey = somePreKey(bundle.preKeys);
  if (!preKey) throw new OmemoTrouble('bad-bundle', 'The bundle has no prekeys.');
  return {
    identityKey: bundledKey(bundle.identityKey),
    signedPreKey: {
      keyId: bundle.signedPreKey.id,
      publicKey: bundledKey(bundle.signedPreKey.publicKey),
      signature: arrayBufferOf(bundle.signedPreKey.signature),
    },
    preKey: { keyId: preKey.id, publicKey: bundledKey(preKey.publicKey) },
  };
}

/** Any, so that two senders seldom take the same; but Converse.js cannot decrypt with number 0. */
function somePreKey(preKeys: readonly NumberedKey[]): NumberedKey | undefined {
  const usable = preKeys.filter((preKey) => preKey.id !== 0);
  const pool = usable.length > 0 ? usable : preKeys;
  return pool.length > 0 ? pool[randomInt(pool.length)] : undefined;
}

function bundledKey(publicKey: Uint8Array): ArrayBuffer {
  if (publicKey.length === KEY_LENGTH) {
    const encoded = encodeKey(publicKey);
    if (isEncodedKey(encoded)) return encoded.buffer;
  }
  throw new OmemoTrouble('bad-bundle', 'A key of the bundle is no key.');
}
