import { timingSafeEqual } from 'node:crypto';
import { KEY_LENGTH } from '../curve.ts';
import { OmemoTrouble } from '../ratchet-backend.ts';
import { bytesField, joined, numberField, readProtobuf } from './protobuf.ts';

/** XEP-0384 0.8, section 5.4: the messages inside `<key>` elements. */
export const MAC_LENGTH = 16;

/** What goes over the wire for a message, apart from its MAC. */
export interface MessageHeader {
  ratchetKey: Uint8Array;
  number: number;
  /** How many messages the chain before had; told to the peer, who may ignore it. */
  previousCount: number;
}

/** What begins a session, and is repeated until the peer has answered. */
export interface KeyExchange {
  preKeyId: number;
  signedPreKeyId: number;
  ephemeral: Uint8Array;
}

/** OMEMOAuthenticatedMessage, read: the inner bytes are kept because the MAC covers them as they came. */
export interface SealedMessage extends MessageHeader {
  mac: Uint8Array;
  inner: Uint8Array;
  ciphertext: Uint8Array;
}

export type WireMessage =
  | { exchange: undefined; sealed: SealedMessage }
  | { exchange: KeyExchange & { identity: Uint8Array }; sealed: SealedMessage };

/**
 * Reads the content of a `<key>` element. Its first byte says whether it is a key exchange: some senders forget to mark
 * the repeated ones. A MAC is a byte string where a key exchange has the number of a prekey.
 */
export function readWire(body: Uint8Array): WireMessage {
  const isPlain = body[0] === FIRST_BYTE.mac || body[0] === FIRST_BYTE.inner;
  if (isPlain) return { exchange: undefined, sealed: readSealed(body) };
  const fields = readProtobuf(body);
  return {
    exchange: {
      preKeyId: needed(fields.number(1)),
      signedPreKeyId: needed(fields.number(2)),
      identity: key(fields.bytes(3)),
      ephemeral: canonicalKey(fields.bytes(4)),
    },
    sealed: readSealed(needed(fields.bytes(5))),
  };
}

const FIRST_BYTE = { mac: 0x0a, inner: 0x12 };

function readSealed(body: Uint8Array): SealedMessage {
  const outer = readProtobuf(body);
  const inner = needed(outer.bytes(2));
  const mac = needed(outer.bytes(1));
  if (mac.length !== MAC_LENGTH) throw new OmemoTrouble('malformed', `A MAC has ${mac.length} bytes.`);
  const fields = readProtobuf(inner);
  return {
    mac,
    inner,
    number: needed(fields.number(1)),
    previousCount: fields.number(2) ?? 0,
    ratchetKey: canonicalKey(fields.bytes(3)),
    ciphertext: needed(fields.bytes(4)),
  };
}

/** OMEMOMessage: what the MAC is made of, after the associated data. */
export const writeInner = (header: MessageHeader, ciphertext: Uint8Array): Uint8Array =>
  joined([
    ...numberField(1, header.number),
    ...numberField(2, header.previousCount),
    ...bytesField(3, header.ratchetKey),
    ...bytesField(4, ciphertext),
  ]);

/** OMEMOAuthenticatedMessage. */
export const writeSealed = (mac: Uint8Array, inner: Uint8Array): Uint8Array =>
  joined([...bytesField(1, mac), ...bytesField(2, inner)]);

/** OMEMOKeyExchange. */
export const writeExchange = (exchange: KeyExchange, identity: Uint8Array, sealed: Uint8Array): Uint8Array =>
  joined([
    ...numberField(1, exchange.preKeyId),
    ...numberField(2, exchange.signedPreKeyId),
    ...bytesField(3, identity),
    ...bytesField(4, exchange.ephemeral),
    ...bytesField(5, sealed),
  ]);

/** Whether two byte strings are equal, in a time that does not tell where they differ. */
export const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new OmemoTrouble('malformed', 'A field is missing.');
  return value;
}

function key(value: Uint8Array | undefined): Uint8Array {
  const bytes = needed(value);
  if (bytes.length !== KEY_LENGTH) {
    throw new OmemoTrouble('malformed', `A key has ${bytes.length} bytes, not ${KEY_LENGTH}.`);
  }
  return bytes;
}

/**
 * A Curve25519 key in its one form. The top bit is not part of the point (RFC 7748), so a key that has it set is another
 * name for the same key: an old key exchange under a new name would look like a new one. (Of an identity, which is an
 * Ed25519 key, the bit is the sign, and every message vouches for it.)
 */
function canonicalKey(value: Uint8Array | undefined): Uint8Array {
  const bytes = key(value);
  if (((bytes[KEY_LENGTH - 1] ?? 0) & 0x80) !== 0)
    throw new OmemoTrouble('malformed', 'A key has more than the bits of a point.');
  return bytes;
}
