import { type KeyGenerator, sharedSecret } from '../curve.ts';
import type { SkipBudget } from '../ratchet-backend.ts';
import { chainStep, rootStep } from './key-derivation.ts';
import { open, seal } from './message-cipher.ts';
import { takeKey, withChain } from './receiving-chains.ts';
import { associatedData, type ReceivingChain, type SessionState } from './session-state.ts';
import { equal, type SealedMessage, writeExchange } from './wire.ts';

/** The next message of a state, and the state after it. */
export function encryptIn(
  state: SessionState,
  plaintext: Uint8Array,
): { state: SessionState; body: Uint8Array } {
  const { sending } = state;
  const { messageKey, chainKey } = chainStep(sending.chainKey);
  const header = {
    ratchetKey: sending.ratchet.publicKey,
    number: sending.next,
    previousCount: sending.previousCount,
  };
  const sealed = seal(messageKey, header, associatedData(state), plaintext);
  return {
    state: { ...state, sending: { ...sending, chainKey, next: sending.next + 1 } },
    body: state.isUnanswered ? writeExchange(state.exchange, state.ourIdentity, sealed) : sealed,
  };
}

/** Decrypts a message in this state, and gives the state after it. Fails with `OmemoTrouble`. */
export function decryptIn(
  state: SessionState,
  message: SealedMessage,
  budget: SkipBudget,
  newKeyPair: KeyGenerator,
): { state: SessionState; plaintext: Uint8Array } {
  const known = state.receiving.find((chain) => equal(chain.ratchetKey, message.ratchetKey));
  if (known) {
    const { messageKey, chain } = takeKey(known, message.number, budget);
    const plaintext = open(messageKey, associatedData(state), message);
    const receiving = withChain(state.receiving, known, chain);
    return { state: { ...state, isUnanswered: false, receiving }, plaintext };
  }
  const secret = sharedSecret(state.sending.ratchet.privateKey, message.ratchetKey);
  const received = rootStep(state.rootKey, secret);
  const begun: ReceivingChain = {
    ratchetKey: message.ratchetKey,
    chainKey: received.chainKey,
    next: 0,
    skipped: [],
  };
  const { messageKey, chain } = takeKey(begun, message.number, budget);
  const plaintext = open(messageKey, associatedData(state), message);
  // Only now: what fails must not have drawn a key.
  const ratchet = newKeyPair();
  const sent = rootStep(received.rootKey, sharedSecret(ratchet.privateKey, message.ratchetKey));
  return {
    state: {
      ...state,
      isUnanswered: false,
      rootKey: sent.rootKey,
      sending: { ratchet, chainKey: sent.chainKey, next: 0, previousCount: state.sending.next },
      receiving: withChain(state.receiving, undefined, chain),
    },
    plaintext,
  };
}
