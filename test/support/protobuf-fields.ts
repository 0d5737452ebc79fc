/** The fields of a protobuf message of numbers and bytes, to compare messages whose fields are in another order. */
export function protobufFields(source: Uint8Array) {
  const fields = new Map<number, number | Uint8Array>();
  let position = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = source[position];
      if (byte === undefined) throw new Error('The protobuf message ends in a number.');
      position += 1;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  while (position < source.length) {
    const tag = varint();
    if ((tag & 7) === 0) fields.set(tag >> 3, varint());
    else {
      const length = varint();
      fields.set(tag >> 3, new Uint8Array(source.subarray(position, position + length)));
      position += length;
    }
  }
  return {
    number: (field: number): number => {
      const value = fields.get(field) ?? 0;
      if (typeof value !== 'number') throw new Error(`Field ${field} is no number.`);
      return value;
    },
    bytes: (field: number): Uint8Array => {
      const value = fields.get(field);
      if (!(value instanceof Uint8Array)) throw new Error(`Field ${field} has no bytes.`);
      return value;
    },
  };
}

/** The message of the legacy version in a `<key>` element, whether a key exchange is around it or not. */
export function innerOf(body: Uint8Array, isKeyExchange: boolean) {
  const bytes = isKeyExchange ? protobufFields(body.subarray(1)).bytes(4) : body;
  return { bytes: new Uint8Array(bytes), message: protobufFields(bytes.subarray(1, -8)) };
}
