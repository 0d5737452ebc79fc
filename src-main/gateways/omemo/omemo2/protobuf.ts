import { OmemoTrouble } from '../ratchet-backend.ts';

/** The little of protocol buffers that OMEMO's messages need: numbers below 2^32 and byte strings. */
export interface ProtobufFields {
  number(field: number): number | undefined;
  bytes(field: number): Uint8Array | undefined;
}

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Reads one message; unknown fields are passed over, the last one of a number counts. Fails with `malformed`. */
export function readProtobuf(message: Uint8Array): ProtobufFields {
  const fields = new Map<number, number | Uint8Array>();
  const reader = byteReader(message);
  while (!reader.isAtEnd()) {
    const tag = reader.varint();
    const field = Math.floor(tag / 8);
    const type = tag % 8;
    if (type === VARINT) fields.set(field, reader.varint());
    else if (type === LENGTH_DELIMITED) fields.set(field, reader.bytes(reader.varint()));
    else if (type === FIXED_64) reader.bytes(8);
    else if (type === FIXED_32) reader.bytes(4);
    else throw unreadable(`a field of type ${type}`);
  }
  return {
    number: (field) => {
      const value = fields.get(field);
      if (typeof value !== 'number') return undefined;
      if (value > 0xffff_ffff) throw unreadable('a number of more than 32 bits');
      return value;
    },
    bytes: (field) => {
      const value = fields.get(field);
      return typeof value === 'object' ? value : undefined;
    },
  };
}

export interface ByteReader {
  isAtEnd(): boolean;
  byte(): number;
  /** At most 2^53: what is longer is refused. */
  varint(): number;
  /** A view, not a copy. */
  bytes(length: number): Uint8Array;
}

/** Reads from the front; whatever goes beyond the end fails with `malformed`. */
export function byteReader(source: Uint8Array): ByteReader {
  let at = 0;
  function byte(): number {
    const value = source[at];
    if (value === undefined) throw unreadable('an end too early');
    at += 1;
    return value;
  }
  return {
    isAtEnd: () => at >= source.length,
    byte,
    varint() {
      let value = 0;
      for (let factor = 1; ; factor *= 0x80) {
        const next = byte();
        value += (next & 0x7f) * factor;
        if (!Number.isSafeInteger(value)) throw unreadable('a number that is too long');
        if (next < 0x80) return value;
        // Also ends a run of empty groups, which add nothing and never end.
        if (factor >= 2 ** 63) throw unreadable('a number that is too long');
      }
    },
    bytes(length) {
      if (length > source.length - at) throw unreadable('an end too early');
      at += length;
      return source.subarray(at - length, at);
    },
  };
}

const varintLength = (value: number): number => {
  let length = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length += 1;
  return length;
};

/** A part of what is written: a number as varint, or bytes as they are. */
export type Part = number | Uint8Array;

/** All parts in one piece. */
export function joined(parts: readonly Part[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += typeof part === 'number' ? varintLength(part) : part.length;
  const target = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    if (typeof part === 'number') {
      let rest = part;
      for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) target[at++] = (rest % 0x80) | 0x80;
      target[at++] = rest;
    } else {
      target.set(part, at);
      at += part.length;
    }
  }
  return target;
}

export const numberField = (field: number, value: number): Part[] => [field * 8 + VARINT, value];
export const bytesField = (field: number, value: Uint8Array): Part[] => [
  field * 8 + LENGTH_DELIMITED,
  value.length,
  value,
];

const unreadable = (what: string) => new OmemoTrouble('malformed', `It cannot be read: ${what}.`);
