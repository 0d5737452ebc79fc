const CONTINUES = 0x80;

/** Writes numbers and bytes one after the other. */
export function byteWriter() {
  const parts: Uint8Array[] = [];
  const writer = {
    /** A whole number from 0 up to 2^53, seven bits a byte. */
    number(value: number) {
      if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no number to write.`);
      const bytes: number[] = [];
      let rest = value;
      while (rest >= CONTINUES) {
        bytes.push((rest % CONTINUES) + CONTINUES);
        rest = Math.floor(rest / CONTINUES);
      }
      bytes.push(rest);
      parts.push(Uint8Array.from(bytes));
      return writer;
    },
    bytes(value: ArrayBuffer | Uint8Array) {
      parts.push(new Uint8Array(value));
      return writer;
    },
    done: (): Uint8Array => new Uint8Array(Buffer.concat(parts)),
  };
  return writer;
}
export type ByteWriter = ReturnType<typeof byteWriter>;

/** Reads them again; throws where bytes are missing. */
export function byteReader(source: Uint8Array) {
  let position = 0;
  return {
    number(): number {
      let value = 0;
      for (let factor = 1; factor <= 2 ** 49; factor *= CONTINUES) {
        const byte = source[position];
        if (byte === undefined) break;
        position += 1;
        value += (byte % CONTINUES) * factor;
        if (byte < CONTINUES) return value;
      }
      throw new RangeError('A number is not complete.');
    },
    /** A copy in a buffer of its own. */
    bytes(length: number): Uint8Array<ArrayBuffer> {
      if (position + length > source.length) throw new RangeError('Bytes are missing.');
      position += length;
      return new Uint8Array(source.subarray(position - length, position));
    },
    isAtEnd: (): boolean => position === source.length,
  };
}
export type ByteReader = ReturnType<typeof byteReader>;
