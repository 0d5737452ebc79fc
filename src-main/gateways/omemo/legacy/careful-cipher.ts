import type * as Main from '@privacyresearch/libsignal-protocol-typescript';
import type { Chain, SessionType } from '@privacyresearch/libsignal-protocol-typescript';
import { OmemoTrouble, type SkipBudget } from '../ratchet-backend.ts';
import { chainName } from './encoding.ts';
import type { SessionRecordType } from './library.ts';
import { MAX_SKIP } from './limits.ts';
import { hmac, secretKey } from './node-crypto.ts';
import { prune } from './prune.ts';
import { troubleOf } from './trouble.ts';

/** The library's cipher for one call: its record is in memory and is the caller's only if the call succeeds. */
export type CarefulCipher = ReturnType<typeof carefulCipher>;

/**
 * The library's cipher without its known defects: a failed attempt changes no state, the chains of earlier turns stay
 * usable without believing what the sender says of them, and a state does not grow for ever.
 */
export function carefulCipher({ SessionCipher, ChainType }: typeof Main) {
  return class extends SessionCipher {
    readonly #record: SessionRecordType;
    readonly #ratchetKey: string | undefined;

    /** `ratchetKey` is the key of the message to decrypt, in base64; `budget` what it may skip. */
    constructor(
      storage: Main.StorageType,
      address: Main.SignalProtocolAddress,
      record: SessionRecordType,
      budget: SkipBudget,
      ratchetKey?: string,
    ) {
      super(storage, address);
      this.#record = record;
      this.#ratchetKey = ratchetKey;
      // The library makes it a property of each instance, and private.
      Object.assign(this, { fillMessageKeys: keyFiller(budget) });
    }

    /** It would read JSON from the storage. */
    override async getRecord(): Promise<SessionRecordType> {
      return this.#record;
    }

    /** States that know the chain first, then the current one, then the archived ones from the newest to the oldest. */
    override async decryptWithSessionList(message: ArrayBuffer, states: SessionType[]) {
      const troubles: OmemoTrouble[] = [];
      const newestFirst = states.toReversed();
      for (const session of [
        ...newestFirst.filter(this.#knows),
        ...newestFirst.filter((s) => !this.#knows(s)),
      ]) {
        try {
          return { plaintext: await this.doDecryptWhisperMessage(message, session), session };
        } catch (error) {
          troubles.push(troubleOf(error));
          // No other state can have this chain.
          if (this.#knows(session)) break;
        }
      }
      throw troubles[0] ?? new OmemoTrouble('no-session', 'There is no session with this device.');
    }

    readonly #knows = (session: SessionType): boolean =>
      session.chains[this.#ratchetKey ?? '']?.chainType === ChainType.RECEIVING;

    /** On a copy: the library changes the state before it has checked the message. */
    override async doDecryptWhisperMessage(message: ArrayBuffer, session: SessionType): Promise<ArrayBuffer> {
      const attempt = copyOf(session);
      let plaintext: ArrayBuffer;
      try {
        plaintext = await super.doDecryptWhisperMessage(message, attempt);
      } catch (error) {
        throw troubleOf(error);
      }
      prune(attempt, ChainType.RECEIVING);
      delete session.pendingPreKey;
      Object.assign(session, attempt);
      return plaintext;
    }

    /**
     * The library closes the chain before, at the length that the (not yet checked) sender gives it. Families of clients
     * count differently there, so it stays open instead: a late message finds its key when it comes.
     */
    override async maybeStepRatchet(session: SessionType, remoteKey: ArrayBuffer): Promise<void> {
      const ratchet = session.currentRatchet;
      const previous = session.chains[chainName(ratchet.lastRemoteEphemeralKey)];
      const key = previous?.chainKey.key;
      await super.maybeStepRatchet(session, remoteKey, NOTHING_TO_FILL);
      if (previous && key) previous.chainKey.key = key;
      session.oldRatchetList = [];
    }
  };
}

/** All that the library changes in place; the keys themselves it only replaces. */
function copyOf(session: SessionType): SessionType {
  const chains = Object.entries(session.chains).map(([name, chain]) => [
    name,
    { ...chain, chainKey: { ...chain.chainKey }, messageKeys: { ...chain.messageKeys } },
  ]);
  return {
    ...session,
    indexInfo: { ...session.indexInfo },
    currentRatchet: { ...session.currentRatchet },
    oldRatchetList: [...session.oldRatchetList],
    chains: Object.fromEntries(chains),
  };
}

const NOTHING_TO_FILL = -1;
const MESSAGE_KEY = Uint8Array.of(1);
const NEXT_CHAIN_KEY = Uint8Array.of(2);

/** Makes the keys of a chain up to a message; the library does it with a promise and four microtasks per key. */
function keyFiller(budget: SkipBudget) {
  return async (chain: Chain<ArrayBuffer>, counter: number): Promise<void> => {
    const { chainKey } = chain;
    const skipped = counter - chainKey.counter - 1;
    if (skipped > MAX_SKIP || skipped > budget.left) {
      throw new OmemoTrouble('too-far', `${skipped} messages before it have not come.`);
    }
    budget.left -= Math.max(0, skipped);
    while (chainKey.counter < counter) {
      if (!chainKey.key) throw new OmemoTrouble('duplicate', 'The chain is closed.');
      chainKey.counter += 1;
      const key = secretKey(chainKey.key);
      chain.messageKeys[chainKey.counter] = hmac(key, MESSAGE_KEY);
      chainKey.key = hmac(key, NEXT_CHAIN_KEY);
    }
  };
}
