import { OmemoTrouble, type SkipBudget } from '../ratchet-backend.ts';
import { chainStep } from './key-derivation.ts';
import type { ReceivingChain, SkippedKey } from './session-state.ts';

/** Chains whose late messages can still be read; libsignal keeps as many. */
export const MAX_RECEIVING_CHAINS = 5;
/** Keys of missing messages that one session keeps. */
export const MAX_SKIPPED = 1_000;
/** How many messages of a chain may be missing before one that arrives. */
export const MAX_SKIP = 1_000;

/**
 * The key of one message of a chain, and the chain without it. Fails with `duplicate` where the key is gone, be it used
 * or dropped among too many, and with `too-far`.
 */
export function takeKey(
  chain: ReceivingChain,
  number: number,
  budget: SkipBudget,
): { messageKey: Uint8Array; chain: ReceivingChain } {
  if (number < chain.next) {
    const stored = chain.skipped.find((one) => one.number === number);
    if (!stored) throw new OmemoTrouble('duplicate', `Message ${number} of its chain was decrypted before.`);
    return {
      messageKey: stored.messageKey,
      chain: { ...chain, skipped: chain.skipped.filter((one) => one !== stored) },
    };
  }
  const missing = number - chain.next;
  if (missing > MAX_SKIP || missing > budget.left) {
    throw new OmemoTrouble('too-far', `${missing} messages before it have not come.`);
  }
  budget.left -= missing;
  const skipped: SkippedKey[] = [];
  let step = chainStep(chain.chainKey);
  for (let passed = chain.next; passed < number; passed += 1) {
    skipped.push({ number: passed, messageKey: step.messageKey });
    step = chainStep(step.chainKey);
  }
  return {
    messageKey: step.messageKey,
    chain: {
      ...chain,
      chainKey: step.chainKey,
      next: number + 1,
      skipped: [...chain.skipped, ...skipped],
    },
  };
}

/** The chains with one of them new or changed: no more of them, and no more stored keys, than are allowed. */
export function withChain(
  chains: readonly ReceivingChain[],
  before: ReceivingChain | undefined,
  after: ReceivingChain,
): ReceivingChain[] {
  const all = before ? chains.map((one) => (one === before ? after : one)) : [after, ...chains];
  let room = MAX_SKIPPED;
  return all.slice(0, MAX_RECEIVING_CHAINS).map((chain) => {
    // The newest of each chain stay, and the newer chains go first.
    const skipped =
      chain.skipped.length > room ? chain.skipped.slice(chain.skipped.length - room) : chain.skipped;
    room -= skipped.length;
    return skipped === chain.skipped ? chain : { ...chain, skipped };
  });
}
