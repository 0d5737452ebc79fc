import { KEY_LENGTH } from '../curve.ts';
import type { KeyPair } from '../ratchet-backend.ts';
import { byteReader, joined, type Part } from './protobuf.ts';
import type { KeyExchange } from './wire.ts';

/** One session with a device, as X3DH began it and the ratchet has turned since. Never changed in place. */
export interface SessionState {
  weBegan: boolean;
  /** We began it, and nothing has come back yet: every message repeats the key exchange. */
  isUnanswered: boolean;
  /** Ed25519 forms, as they were published: what each message vouches for. */
  ourIdentity: Uint8Array;
  theirIdentity: Uint8Array;
  /** The Curve form. */
  theirIdentityKey: Uint8Array;
  exchange: KeyExchange;
  rootKey: Uint8Array;
  sending: SendingChain;
  /** The newest first. */
  receiving: readonly ReceivingChain[];
}

export interface SendingChain {
  ratchet: KeyPair;
  chainKey: Uint8Array;
  next: number;
  previousCount: number;
}

/** What the peer sends under one of its ratchet keys. */
export interface ReceivingChain {
  ratchetKey: Uint8Array;
  chainKey: Uint8Array;
  next: number;
  /** Keys of messages below `next` that have not come yet, lowest number first. */
  skipped: readonly SkippedKey[];
}

export interface SkippedKey {
  number: number;
  messageKey: Uint8Array;
}

/** Initiator's identity, then responder's, whoever of them sends. */
export const associatedData = (state: SessionState): Uint8Array =>
  Buffer.concat(
    state.weBegan ? [state.ourIdentity, state.theirIdentity] : [state.theirIdentity, state.ourIdentity],
  );

const WE_BEGAN = 1;
const UNANSWERED = 2;

export function writeState(state: SessionState): Uint8Array {
  const { exchange, sending } = state;
  const parts: Part[] = [
    (state.weBegan ? WE_BEGAN : 0) | (state.isUnanswered ? UNANSWERED : 0),
    state.ourIdentity,
    state.theirIdentity,
    state.theirIdentityKey,
    exchange.preKeyId,
    exchange.signedPreKeyId,
    exchange.ephemeral,
    state.rootKey,
    sending.ratchet.publicKey,
    sending.ratchet.privateKey,
    sending.chainKey,
    sending.next,
    sending.previousCount,
    state.receiving.length,
  ];
  for (const chain of state.receiving) {
    parts.push(chain.ratchetKey, chain.chainKey, chain.next, chain.skipped.length);
    for (const { number, messageKey } of chain.skipped) parts.push(number, messageKey);
  }
  return joined(parts);
}

/** Fails with `malformed` where the bytes are cut. */
export function readState(bytes: Uint8Array): SessionState {
  const reader = byteReader(bytes);
  const key = () => reader.bytes(KEY_LENGTH);
  const flags = reader.varint();
  return {
    weBegan: flags % 2 === WE_BEGAN,
    isUnanswered: flags >= UNANSWERED,
    ourIdentity: key(),
    theirIdentity: key(),
    theirIdentityKey: key(),
    exchange: { preKeyId: reader.varint(), signedPreKeyId: reader.varint(), ephemeral: key() },
    rootKey: key(),
    sending: {
      ratchet: { publicKey: key(), privateKey: key() },
      chainKey: key(),
      next: reader.varint(),
      previousCount: reader.varint(),
    },
    receiving: times(reader.varint(), () => ({
      ratchetKey: key(),
      chainKey: key(),
      next: reader.varint(),
      skipped: times(reader.varint(), () => ({ number: reader.varint(), messageKey: key() })),
    })),
  };
}

/** Not `Array.from`: a count that is nonsense ends at the first item that is not there. */
function times<T>(count: number, read: () => T): T[] {
  const items: T[] = [];
  for (let done = 0; done < count; done += 1) items.push(read());
  return items;
}
