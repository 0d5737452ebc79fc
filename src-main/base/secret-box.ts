import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type DecipherGCM,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** Where a sealed value lives. It is bound to the value, so that a copy in another row or column does not open. */
export interface SealedPlace {
  table: string;
  row: string | number;
  column: string;
}

/** Seals secrets at rest (contract, section 11) and makes look-up digests of tokens. */
export interface SecretBox {
  seal(plaintext: string | Uint8Array, place: SealedPlace): Buffer;
  /** Throws `SealBroken` when the value was sealed with another key, for another place, or was changed. */
  open(sealed: Uint8Array, place: SealedPlace): string;
  /** The same for a value that is no text. */
  openBytes(sealed: Uint8Array, place: SealedPlace): Buffer;
  /** A digest of something that is no secret, which nobody else can tell beforehand: much cheaper than `digest`. */
  nameOf(text: string): string;
  /** Keyed digest (HMAC-SHA-256, hex) of a token: finds its row without storing the token. */
  digest(token: string): string;
  /** The data key itself, sealed with another key: all that a backup ever carries of it. */
  wrapDataKey(wrappingKey: KeyObject): Buffer;
}

/** A value could not be unsealed: wrong data key, or the database was changed from outside. */
export class SealBroken extends Error {
  constructor(place: SealedPlace) {
    super(`The sealed value in ${place.table}.${place.column} cannot be opened with this data key.`);
    this.name = 'SealBroken';
  }
}

const VERSION = 1;
const WRAP_AAD = Buffer.from('botmother data key');
const NONCE_BYTES = 12;
const NONCES_AT_ONCE = 256;
const TAG_BYTES = 16;
export const DATA_KEY_BYTES = 32;
/** Nonce, tag and the sealed data key. */
export const WRAPPED_KEY_BYTES = NONCE_BYTES + TAG_BYTES + DATA_KEY_BYTES;

/** Random nonces, each given once. Asking the system for each of them would cost more than the cipher. */
function nonces(): () => Buffer {
  let pool = Buffer.alloc(0);
  return () => {
    if (pool.length === 0) pool = randomBytes(NONCE_BYTES * NONCES_AT_ONCE);
    const nonce = pool.subarray(0, NONCE_BYTES);
    pool = pool.subarray(NONCE_BYTES);
    return nonce;
  };
}

/** AES-256-GCM under keys derived from the data key (HKDF-SHA-256). Layout: version, nonce, tag, ciphertext. */
export function secretBox(dataKey: Uint8Array): SecretBox {
  if (dataKey.length !== DATA_KEY_BYTES) throw new RangeError('the data key must be 32 bytes');
  // A key object is imported once; from bytes, Node imports the key at each call, which costs more than the cipher.
  const derive = (purpose: string): KeyObject =>
    createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, '', `botmother ${purpose}`, 32)));
  const sealingKey = derive('seal');
  const digestKey = derive('token digest');
  const nameKey = derive('names').export().toString('hex');
  const nextNonce = nonces();
  const aad = ({ table, row, column }: SealedPlace) => Buffer.from(`${table}|${row}|${column}`);

  function openWith<T>(
    sealed: Uint8Array,
    place: SealedPlace,
    finish: (decipher: DecipherGCM, body: Buffer) => T,
  ): T {
    try {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes[0] !== VERSION) throw new Error('unknown version');
      const tagStart = 1 + NONCE_BYTES;
      const bodyStart = tagStart + TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', sealingKey, bytes.subarray(1, tagStart), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(aad(place)).setAuthTag(bytes.subarray(tagStart, bodyStart));
      return finish(decipher, bytes.subarray(bodyStart));
    } catch {
      throw new SealBroken(place);
    }
  }

  return {
    seal(plaintext, place) {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(aad(place));
      // Node encodes a text faster than Buffer.from does; of bytes the encoding means nothing.
      const body = cipher.update(plaintext as string, 'utf8');
      // Of this cipher nothing is left for the end.
      cipher.final();
      const sealed = Buffer.allocUnsafe(1 + NONCE_BYTES + TAG_BYTES + body.length);
      sealed[0] = VERSION;
      sealed.set(nonce, 1);
      sealed.set(cipher.getAuthTag(), 1 + NONCE_BYTES);
      sealed.set(body, 1 + NONCE_BYTES + TAG_BYTES);
      return sealed;
    },
    open: (sealed, place) =>
      openWith(
        sealed,
        place,
        (decipher, body) => decipher.update(body, undefined, 'utf8') + decipher.final('utf8'),
      ),
    openBytes: (sealed, place) =>
      openWith(sealed, place, (decipher, body) => Buffer.concat([decipher.update(body), decipher.final()])),
    nameOf: (text) => hash('sha256', `${nameKey}${text}`),
    digest: (token) => createHmac('sha256', digestKey).update(token).digest('hex'),
    wrapDataKey(wrappingKey) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce).setAAD(WRAP_AAD);
      const body = Buffer.concat([cipher.update(dataKey), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
  };
}

/** Opens what `wrapDataKey` made; undefined when it was made with another key or was changed. */
export function unwrapDataKey(wrapped: Buffer, wrappingKey: KeyObject): Buffer | undefined {
  const bodyStart = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, wrapped.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(WRAP_AAD).setAuthTag(wrapped.subarray(NONCE_BYTES, bodyStart));
  try {
    return Buffer.concat([decipher.update(wrapped.subarray(bodyStart)), decipher.final()]);
  } catch {
    return undefined;
  }
}
