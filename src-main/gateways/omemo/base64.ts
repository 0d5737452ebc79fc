const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const XML_SPACE = /[ \t\r\n]+/g;

/** Bytes of an `xs:base64Binary`, which may be broken into lines; undefined for any other text, or for more than `max`. */
export function fromBase64(text: string, maxBytes: number): Uint8Array | undefined {
  // Line breaks are no reason to read far more than what can come out of it.
  if (text.length > maxBytes * 2 + 64) return undefined;
  const packed = text.replace(XML_SPACE, '');
  if (!BASE64.test(packed)) return undefined;
  const bytes = Uint8Array.from(Buffer.from(packed, 'base64'));
  return bytes.length <= maxBytes ? bytes : undefined;
}

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
