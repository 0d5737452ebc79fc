import type { PreKeyWhisperMessage, WhisperMessage } from '@privacyresearch/libsignal-protocol-protobuf-ts';
import { OmemoTrouble } from '../ratchet-backend.ts';
import { isEncodedKey } from './encoding.ts';
import type { Library } from './library.ts';

/** Version 3 of the message format, which is also the newest the sender knows. It is not under the check, so it is exact. */
const VERSION = 0x33;
const MAC_LENGTH = 8;
const AES_BLOCK = 16;

export interface InnerMessage {
  ratchetKey: Uint8Array;
  counter: number;
}

export interface KeyExchange extends InnerMessage {
  preKeyId: number;
  signedPreKeyId: number;
  baseKey: Uint8Array;
}

/** Reads a message as the library will, and refuses what the library would stumble over. */
export function readMessage(library: Library, body: Uint8Array): InnerMessage {
  const content = afterVersion(body);
  if (content.length <= MAC_LENGTH) throw malformed('The message is too short.');
  // Typed as complete; a field that is not sent is undefined, or 0.
  const { ephemeralKey, ciphertext, counter } = decoded<WhisperMessage>(() =>
    library.WhisperMessage.decode(content.subarray(0, -MAC_LENGTH)),
  );
  if (!isEncodedKey(ephemeralKey)) throw malformed('The ratchet key is no key.');
  if (!ciphertext?.length || ciphertext.length % AES_BLOCK !== 0) throw malformed('It has no ciphertext.');
  return { ratchetKey: ephemeralKey, counter: counter ?? 0 };
}

/** Reads a message that begins a session, with the message in it. */
export function readKeyExchange(library: Library, body: Uint8Array): KeyExchange {
  const { baseKey, identityKey, message, ...ids } = decoded<PreKeyWhisperMessage>(() =>
    library.PreKeyWhisperMessage.decode(afterVersion(body)),
  );
  if (!isEncodedKey(baseKey) || !isEncodedKey(identityKey))
    throw malformed('It has no identity or base key.');
  if (!message) throw malformed('There is no message in the key exchange.');
  return {
    ...readMessage(library, message),
    baseKey,
    preKeyId: ids.preKeyId ?? 0,
    signedPreKeyId: ids.signedPreKeyId ?? 0,
  };
}

function afterVersion(body: Uint8Array): Uint8Array {
  if (body[0] !== VERSION) throw malformed('The message has another version.');
  return body.subarray(1);
}

function decoded<T>(read: () => T): Partial<T> {
  try {
    return read();
  } catch {
    throw malformed('The fields of the message cannot be read.');
  }
}

const malformed = (message: string): OmemoTrouble => new OmemoTrouble('malformed', message);
