import { randomInt } from 'node:crypto';
import { generateKeyPair, type KeyGenerator } from '../curve.ts';
import {
  type Decrypted,
  type NumberedKey,
  OmemoTrouble,
  type OmemoTroubleKind,
  type PeerBundle,
  type RatchetBackend,
  type SessionRecord,
  type SkipBudget,
  skipBudget,
} from '../ratchet-backend.ts';
import { signPreKey } from '../sign-prekey.ts';
import { edOfCurve } from '../xeddsa.ts';
import { decryptIn, encryptIn } from './double-ratchet.ts';
import { readRecord, type StateBytes, writeRecord } from './session-record.ts';
import { readState, type SessionState, writeState } from './session-state.ts';
import { equal, readWire, type SealedMessage, type WireMessage } from './wire.ts';
import { answerExchange, beginSession, type PublishedForm } from './x3dh.ts';

export interface Omemo2BackendOptions {
  newKeyPair?: KeyGenerator;
  /** Must be what the own bundle says. */
  published?: PublishedForm;
}

/** The ratchet of OMEMO 2 (XEP-0384 0.8: `urn:xmpp:omemo:2`). */
export function omemo2Backend({
  newKeyPair = generateKeyPair,
  published = (identity) => edOfCurve(identity.publicKey),
}: Omemo2BackendOptions = {}): RatchetBackend {
  return {
    version: 'omemo2',

    async startSession(own, bundle, earlier) {
      const archived = statesOf(earlier);
      const state = asBadBundle(() =>
        beginSession(own.identity, published, bundle, chosenPreKey(bundle), newKeyPair),
      );
      return writeRecord(writeState(state), archived);
    },

    async encrypt(_own, record, plaintext) {
      const [current, ...archived] = statesOf(record);
      const before = current && stateOf(current);
      if (!before) throw new OmemoTrouble('no-session', 'The record has no session.');
      const { state, body } = encryptIn(before, plaintext);
      return {
        record: writeRecord(writeState(state), archived),
        message: { body, isKeyExchange: before.isUnanswered },
      };
    },

    async decrypt(own, record, message, budget = skipBudget()) {
      const wire = readWire(message.body);
      const states = statesOf(record);
      if (!wire.exchange) return decryptInAny(states, wire.sealed, budget);
      const { exchange } = wire;
      const begun = states.findIndex((bytes) => isBegunBy(stateOf(bytes), exchange));
      const found = states[begun];
      if (found) return decryptInAny([found], wire.sealed, budget, states.toSpliced(begun, 1));
      const fresh = await answerExchange(own, published, exchange);
      const { state, plaintext } = decryptIn(fresh, wire.sealed, budget, newKeyPair);
      return decrypted(state, states, wire.sealed, plaintext, { preKeyId: exchange.preKeyId });
    },

    signPreKey: (identity, publicKey) => signPreKey('omemo2', identity, publicKey),
  };

  /** Tries the states in their order; the one that works becomes the current one, before the others and `behind`. */
  function decryptInAny(
    states: readonly StateBytes[],
    sealed: SealedMessage,
    budget: SkipBudget,
    behind: readonly StateBytes[] = [],
  ): Decrypted {
    const troubles: OmemoTrouble[] = [];
    for (const [index, bytes] of states.entries()) {
      const before = stateOf(bytes);
      const worked = before && tried(before, sealed, budget, troubles);
      if (worked) {
        const others = [...states.toSpliced(index, 1), ...behind];
        return decrypted(worked.state, others, sealed, worked.plaintext, undefined);
      }
    }
    throw mostTelling(troubles) ?? new OmemoTrouble('no-session', 'There is no session with this device.');
  }

  function tried(state: SessionState, sealed: SealedMessage, budget: SkipBudget, troubles: OmemoTrouble[]) {
    try {
      return decryptIn(state, sealed, budget, newKeyPair);
    } catch (error) {
      if (!(error instanceof OmemoTrouble)) throw error;
      troubles.push(error);
      return undefined;
    }
  }
}

function decrypted(
  state: SessionState,
  archived: readonly StateBytes[],
  { number }: SealedMessage,
  plaintext: Uint8Array,
  begun: Decrypted['begun'],
): Decrypted {
  return {
    record: writeRecord(writeState(state), archived),
    plaintext,
    identityKey: new Uint8Array(state.theirIdentityKey),
    begun,
    counter: number,
  };
}

/** A damaged record, or one of a newer version, counts as none: the next session heals it. */
const statesOf = (record: SessionRecord | undefined): StateBytes[] =>
  (record && readable(() => readRecord(record))) ?? [];
const stateOf = (bytes: StateBytes): SessionState | undefined => readable(() => readState(bytes));

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof OmemoTrouble) return undefined;
    throw error;
  }
}

/** Whether this key exchange is the one that a session began with, in all its parts. */
const isBegunBy = (
  state: SessionState | undefined,
  exchange: NonNullable<WireMessage['exchange']>,
): boolean =>
  state !== undefined &&
  !state.weBegan &&
  state.exchange.preKeyId === exchange.preKeyId &&
  state.exchange.signedPreKeyId === exchange.signedPreKeyId &&
  equal(state.exchange.ephemeral, exchange.ephemeral) &&
  equal(state.theirIdentity, exchange.identity);

/** Any one, so that two who begin at once seldom take the same. Number 0 is last: Converse.js cannot answer to it. */
function chosenPreKey({ preKeys }: PeerBundle): NumberedKey {
  const better = preKeys.filter(({ id }) => id !== 0);
  const choice = better.length > 0 ? better : preKeys;
  const chosen = choice.length > 0 ? choice[randomInt(choice.length)] : undefined;
  if (!chosen) throw new OmemoTrouble('bad-bundle', 'The bundle has no prekeys.');
  return chosen;
}

/** Whatever is wrong with a key of a bundle is wrong with the bundle. */
function asBadBundle<T>(begin: () => T): T {
  try {
    return begin();
  } catch (error) {
    if (!(error instanceof OmemoTrouble)) throw error;
    throw new OmemoTrouble('bad-bundle', error.message);
  }
}

/** What says most, when every state refused: one that knows the message knows better than those that do not. */
const TELLING: readonly OmemoTroubleKind[] = ['duplicate', 'bad-mac', 'too-far'];
const mostTelling = (troubles: readonly OmemoTrouble[]): OmemoTrouble | undefined =>
  TELLING.map((kind) => troubles.find((trouble) => trouble.kind === kind)).find(Boolean) ?? troubles[0];
