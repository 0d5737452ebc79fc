import type { ChainType, SessionType } from '@privacyresearch/libsignal-protocol-typescript';
import { MAX_OLD_CHAINS, MAX_STORED_KEYS } from './limits.ts';

/**
 * Keeps a state from growing: the library says that it forgets old chains but deletes the wrong thing, and it keeps the
 * key of every message that never came.
 */
export function prune(session: SessionType, receiving: ChainType.RECEIVING): void {
  // Objects keep their order, and these names are no numbers: the last chain is the current one.
  const names = Object.keys(session.chains).filter((name) => session.chains[name]?.chainType === receiving);
  for (const name of names.slice(0, -(MAX_OLD_CHAINS + 1))) delete session.chains[name];

  let room = MAX_STORED_KEYS;
  for (const name of names.toReversed()) {
    const keys = session.chains[name]?.messageKeys;
    if (!keys) continue;
    const counters = Object.keys(keys)
      .map(Number)
      .sort((a, b) => b - a);
    for (const counter of counters.slice(room)) delete keys[counter];
    room = Math.max(0, room - counters.length);
  }
}
