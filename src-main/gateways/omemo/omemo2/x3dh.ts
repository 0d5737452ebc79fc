import { type KeyGenerator, sharedSecret } from '../curve.ts';
import {
  type KeyPair,
  type NumberedKey,
  OmemoTrouble,
  type OwnKeys,
  type PeerBundle,
} from '../ratchet-backend.ts';
import { curveOfEd, edOfCurve, verifyPublished } from '../xeddsa.ts';
import { exchangeKey, rootStep } from './key-derivation.ts';
import type { SessionState } from './session-state.ts';
import { equal, type KeyExchange } from './wire.ts';

/** How an identity is published: the Ed25519 form, with the sign bit that its bundle has. */
export type PublishedForm = (identity: KeyPair) => Uint8Array;

/** The state of a session that we begin with one prekey of a bundle. Fails with `bad-bundle`. */
export function beginSession(
  identity: KeyPair,
  published: PublishedForm,
  bundle: PeerBundle,
  preKey: NumberedKey,
  newKeyPair: KeyGenerator,
): SessionState {
  const theirIdentity = checkedIdentity(bundle);
  const { signedPreKey } = bundle;
  const ephemeral = newKeyPair();
  const ratchet = newKeyPair();
  const secret = exchangeKey([
    sharedSecret(identity.privateKey, signedPreKey.publicKey),
    sharedSecret(ephemeral.privateKey, bundle.identityKey),
    sharedSecret(ephemeral.privateKey, signedPreKey.publicKey),
    sharedSecret(ephemeral.privateKey, preKey.publicKey),
  ]);
  const { rootKey, chainKey } = rootStep(secret, sharedSecret(ratchet.privateKey, signedPreKey.publicKey));
  return {
    weBegan: true,
    isUnanswered: true,
    ourIdentity: published(identity),
    theirIdentity,
    theirIdentityKey: bundle.identityKey,
    exchange: { preKeyId: preKey.id, signedPreKeyId: signedPreKey.id, ephemeral: ephemeral.publicKey },
    rootKey,
    sending: { ratchet, chainKey, next: 0, previousCount: 0 },
    receiving: [],
  };
}

/**
 * The state that a key exchange begins, before its message has been read in it: the signed prekey is our first ratchet
 * key, and nothing can be sent yet. Fails with `unknown-prekey`.
 */
export async function answerExchange(
  own: OwnKeys,
  published: PublishedForm,
  exchange: KeyExchange & { identity: Uint8Array },
): Promise<SessionState> {
  const signedPreKey = await own.signedPreKey(exchange.signedPreKeyId);
  const preKey = await own.preKey(exchange.preKeyId);
  if (!signedPreKey) throw gone(`signed prekey ${exchange.signedPreKeyId}`);
  if (!preKey) throw gone(`prekey ${exchange.preKeyId}`);
  const theirIdentityKey = curveOfEd(exchange.identity);
  const rootKey = exchangeKey([
    sharedSecret(signedPreKey.privateKey, theirIdentityKey),
    sharedSecret(own.identity.privateKey, exchange.ephemeral),
    sharedSecret(signedPreKey.privateKey, exchange.ephemeral),
    sharedSecret(preKey.privateKey, exchange.ephemeral),
  ]);
  return {
    weBegan: false,
    isUnanswered: false,
    ourIdentity: published(own.identity),
    theirIdentity: exchange.identity,
    theirIdentityKey,
    exchange: {
      preKeyId: exchange.preKeyId,
      signedPreKeyId: exchange.signedPreKeyId,
      ephemeral: exchange.ephemeral,
    },
    rootKey,
    // Decrypting turns the ratchet, which puts a chain of our own in the place of this one.
    sending: { ratchet: signedPreKey, chainKey: new Uint8Array(32), next: 0, previousCount: 0 },
    receiving: [],
  };
}

/** The published form, after its signature: no session is begun with a bundle that another could have made. */
function checkedIdentity({ identityKey, edIdentityKey, signedPreKey }: PeerBundle): Uint8Array {
  if (!edIdentityKey) throw new OmemoTrouble('bad-bundle', 'The bundle has no Ed25519 identity key.');
  const sign = ((edIdentityKey[31] ?? 0) & 0x80) === 0 ? 0 : 1;
  if (!equal(edOfCurve(identityKey, sign), edIdentityKey)) {
    throw new OmemoTrouble('bad-bundle', 'The two forms of the identity key are not the same key.');
  }
  if (!verifyPublished(edIdentityKey, signedPreKey.publicKey, signedPreKey.signature)) {
    throw new OmemoTrouble('bad-bundle', 'The signed prekey of the bundle is not signed by its identity.');
  }
  return edIdentityKey;
}

const gone = (what: string) => new OmemoTrouble('unknown-prekey', `We have no ${what}.`);
