/** The two versions of OMEMO in use (XEP-0384: 0.3 as clients know it since 2015, and 0.8). */
export type OmemoVersion = 'legacy' | 'omemo2';

/** An X25519 key pair. The private key is a clamped scalar of 32 bytes; the public key has no type byte. */
export interface KeyPair {
  publicKey: Uint8Array;
  privateKey: Uint8Array;
}

/** A public key of a bundle with its number. */
export interface NumberedKey {
  id: number;
  publicKey: Uint8Array;
}

/** What another device publishes (XEP-0384, "bundles"): all that a first message to it needs. */
export interface PeerBundle {
  /** Curve form (X25519), also where the wire has the Ed25519 form. */
  identityKey: Uint8Array;
  /**
   * The Ed25519 form just as it was published, in OMEMO 2 only. Every message vouches for its sign bit too, which the
   * Curve form does not have: python-omemo publishes 1 for half of all identities.
   */
  edIdentityKey?: Uint8Array | undefined;
  signedPreKey: NumberedKey & { signature: Uint8Array };
  preKeys: readonly NumberedKey[];
}

/**
 * The keys of the own device. Numbers that are not there (any more) are undefined. The look-ups run in the caller's
 * unit: they await nothing but its queries.
 */
export interface OwnKeys {
  deviceId: number;
  identity: KeyPair;
  signedPreKey(id: number): Promise<KeyPair | undefined>;
  preKey(id: number): Promise<KeyPair | undefined>;
}

/**
 * Everything known of the ratchet with one device, in bytes only its backend reads: the current state and the earlier
 * ones that late messages may still need. Never changed in place.
 */
export type SessionRecord = Uint8Array;

/** The content of a `<key>` element. */
export interface RatchetMessage {
  body: Uint8Array;
  isKeyExchange: boolean;
}

/** What a decrypted message leaves behind; nothing of it is true before the caller has stored it. */
export interface Decrypted {
  record: SessionRecord;
  plaintext: Uint8Array;
  /** Curve form. The caller decides whether it may be this device's key, before it stores anything. */
  identityKey: Uint8Array;
  /** It began a session: with the one-time prekey of that number, which must not be used again. */
  begun: { preKeyId: number | undefined } | undefined;
  /** How far the peer's sending chain is: beyond 53 a reply helps it to turn the ratchet (XEP-0384, "heartbeat"). */
  counter: number;
}

export type OmemoTroubleKind =
  /** There is no session that fits, and the message begins none. */
  | 'no-session'
  /** It begins a session with a prekey that we do not have (any more). */
  | 'unknown-prekey'
  /** It was decrypted before. */
  | 'duplicate'
  /** The check of its integrity fails in every state we know. */
  | 'bad-mac'
  /** It skips more messages than a sender reasonably loses. */
  | 'too-far'
  /** It cannot be read, or a key in it is no valid point. */
  | 'malformed'
  /** The signature of a bundle is wrong, or it has no prekeys. */
  | 'bad-bundle';

/** A message or bundle that the ratchet cannot take. No state has changed. */
export class OmemoTrouble extends Error {
  readonly kind: OmemoTroubleKind;
  constructor(kind: OmemoTroubleKind, message: string) {
    super(message);
    this.name = 'OmemoTrouble';
    this.kind = kind;
  }
}

/**
 * Chain steps that may still be made for one stanza: a hostile number would else be counted up to in every state we know,
 * for every key of the stanza that is for us.
 */
export interface SkipBudget {
  left: number;
}
/** Twice what one chain may miss: a message may pass the end of one and begin the next. */
export const skipBudget = (): SkipBudget => ({ left: 2_000 });

/**
 * One version's X3DH and double ratchet. Nothing is kept between calls and nothing is awaited but the look-ups of
 * `OwnKeys` (and promises that are settled already), so every call may run inside a unit of the store; a call that
 * fails, or whose unit is rolled back, has changed nothing. A record that is damaged counts as none.
 */
export interface RatchetBackend {
  readonly version: OmemoVersion;
  /**
   * Begins a session with what a fresh bundle says and one of its prekeys (never number 0 if there is another). An
   * earlier record goes on as archived states, for messages that cross. Fails with `bad-bundle`.
   */
  startSession(own: OwnKeys, bundle: PeerBundle, earlier?: SessionRecord): Promise<SessionRecord>;
  /** The next message of the current state; a key exchange until the peer has answered in it. */
  encrypt(
    own: OwnKeys,
    record: SessionRecord,
    plaintext: Uint8Array,
  ): Promise<{ record: SessionRecord; message: RatchetMessage }>;
  /**
   * Tries all states, or begins a new one; the state that worked becomes the current one. Fails with `OmemoTrouble`. What
   * it skips is taken from the budget, which several calls for one stanza share.
   */
  decrypt(
    own: OwnKeys,
    record: SessionRecord | undefined,
    message: RatchetMessage,
    budget?: SkipBudget,
  ): Promise<Decrypted>;
  /** Signs the encoded form of a prekey as this version publishes it (XEdDSA). */
  signPreKey(identity: KeyPair, publicKey: Uint8Array): Uint8Array;
}
