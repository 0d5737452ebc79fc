import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Binding } from './channel-binding.ts';
import { saslprep } from './saslprep.ts';

const pbkdf2Async = promisify(pbkdf2);

/** Strongest first; each has a -PLUS variant, which is the same with a channel binding. */
export const SCRAM_HASHES = {
  'SCRAM-SHA-512': { hash: 'sha512', bytes: 64 },
  'SCRAM-SHA-256': { hash: 'sha256', bytes: 32 },
  'SCRAM-SHA-1': { hash: 'sha1', bytes: 20 },
} as const;
export type ScramMechanism = keyof typeof SCRAM_HASHES;

const MIN_ITERATIONS = 4_096;
const MAX_ITERATIONS = 10_000_000;

/** The server broke the rules of SCRAM, or proved not to know the password. */
export class ScramRefused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'ScramRefused';
  }
}

/** Keys that a login needs and that only cost time to derive. */
interface ScramKeys {
  clientKey: Buffer;
  serverKey: Buffer;
}

/**
 * Keeps derived keys, so that a reconnect costs nothing. The index is an HMAC, under a key of this process, of
 * everything they come from: a changed password misses, and the cache holds no password.
 */
export class ScramKeyCache {
  readonly #keys = new Map<string, Promise<ScramKeys>>();
  readonly #secret = randomBytes(32);
  readonly #capacity: number;

  constructor(capacity = 1_024) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#keys.size;
  }

  async derive(
    owner: string,
    mechanism: ScramMechanism,
    password: string,
    salt: Buffer,
    iterations: number,
  ): Promise<ScramKeys> {
    const parts = [owner, mechanism, salt.toString('base64'), String(iterations), password];
    const index = createHmac('sha256', this.#secret).update(JSON.stringify(parts)).digest('base64');
    const known = this.#keys.get(index);
    this.#keys.delete(index);
    const keys = known ?? deriveKeys(mechanism, password, salt, iterations);
    this.#keys.set(index, keys); // last used comes last
    const [oldest] = this.#keys.keys();
    if (this.#keys.size > this.#capacity && oldest !== undefined) this.#keys.delete(oldest);
    keys.catch(() => this.#keys.delete(index));
    return keys;
  }
}

async function deriveKeys(
  mechanism: ScramMechanism,
  password: string,
  salt: Buffer,
  iterations: number,
): Promise<ScramKeys> {
  const { hash, bytes } = SCRAM_HASHES[mechanism];
  const salted = await pbkdf2Async(password, salt, iterations, bytes, hash);
  return {
    clientKey: createHmac(hash, salted).update('Client Key').digest(),
    serverKey: createHmac(hash, salted).update('Server Key').digest(),
  };
}

interface ScramOptions {
  mechanism: ScramMechanism;
  username: string;
  password: string;
  /** Whose keys they are: the bare JID. */
  owner: string;
  cache: ScramKeyCache;
  binding?: Binding;
  /** For tests; printable without a comma. */
  nonce?: string;
}

/** The client side of one SCRAM exchange (RFC 5802, RFC 7677). Messages are the plain texts, without base64. */
export class ScramClient {
  readonly #options: ScramOptions;
  readonly #nonce: string;
  readonly #firstBare: string;
  /** What is said of channel binding, and no other identity (RFC 5802, 7). */
  readonly #gs2Header: string;
  #serverSignature: Buffer | undefined;
  #isVerified = false;

  constructor(options: ScramOptions) {
    const username = saslprep(options.username);
    if (username === undefined || username === '') throw new ScramRefused('the user name cannot be sent');
    this.#options = options;
    this.#nonce = options.nonce ?? randomBytes(24).toString('base64');
    const escaped = username.replaceAll('=', '=3D').replaceAll(',', '=2C');
    this.#firstBare = `n=${escaped},r=${this.#nonce}`;
    const { binding = 'unsupported' } = options;
    const flag = typeof binding === 'object' ? `p=${binding.type}` : binding === 'not-offered' ? 'y' : 'n';
    this.#gs2Header = `${flag},,`;
  }

  /** Whether the server has proved that it knows the password. Without that a success means nothing. */
  get isVerified(): boolean {
    return this.#isVerified;
  }

  first(): string {
    return this.#gs2Header + this.#firstBare;
  }

  /** Answers a challenge: the proof, or the empty text when the challenge was the server's own proof. */
  async answer(challenge: string): Promise<string> {
    if (this.#serverSignature) {
      this.verify(challenge);
      return '';
    }
    const { nonce, salt, iterations } = this.#readServerFirst(challenge);
    const password = saslprep(this.#options.password);
    if (password === undefined) throw new ScramRefused('the password has characters that cannot be sent');
    const { mechanism, owner, cache } = this.#options;
    const { clientKey, serverKey } = await cache.derive(owner, mechanism, password, salt, iterations);
    const { hash } = SCRAM_HASHES[mechanism];
    const withoutProof = `c=${this.#channelBinding()},r=${nonce}`;
    const authMessage = `${this.#firstBare},${challenge},${withoutProof}`;
    const storedKey = createHash(hash).update(clientKey).digest();
    const signature = createHmac(hash, storedKey).update(authMessage).digest();
    const proof = clientKey.map((byte, at) => byte ^ (signature[at] ?? 0));
    this.#serverSignature = createHmac(hash, serverKey).update(authMessage).digest();
    return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
  }

  /** The value of `c`: what `first` said of channel binding, and the data of one that is used. */
  #channelBinding(): string {
    const { binding } = this.#options;
    const data = typeof binding === 'object' ? binding.data : Buffer.alloc(0);
    return Buffer.concat([Buffer.from(this.#gs2Header), data]).toString('base64');
  }

  /** Checks the server's final message. Throws `ScramRefused` when the server does not know the password. */
  verify(final: string): void {
    const given = Buffer.from(/^v=([^,]*)/.exec(final)?.[1] ?? '', 'base64');
    const expected = this.#serverSignature;
    if (!expected || given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new ScramRefused('the server could not prove that it knows the password');
    }
    this.#isVerified = true;
  }

  #readServerFirst(challenge: string): { nonce: string; salt: Buffer; iterations: number } {
    const [, nonce = '', saltText = '', count = ''] =
      /^r=([\x21-\x2B\x2D-\x7E]+),s=([A-Za-z0-9+/]+={0,2}),i=([1-9][0-9]{0,9})(?:,.*)?$/s.exec(challenge) ??
      [];
    if (nonce === '') throw new ScramRefused('the challenge of the server is malformed');
    if (!nonce.startsWith(this.#nonce) || nonce.length === this.#nonce.length) {
      throw new ScramRefused('the server answered with a wrong nonce');
    }
    const iterations = Number(count);
    if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
      throw new ScramRefused(`the server asks for ${iterations} iterations, which is out of bounds`);
    }
    return { nonce, salt: Buffer.from(saltText, 'base64'), iterations };
  }
}
