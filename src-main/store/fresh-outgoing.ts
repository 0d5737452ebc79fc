import type { AccountId } from '../../src-shared/ids.ts';
import type { WaitingMessage } from './outbox-repository.ts';

/** Of an account: more are read from where they are kept. */
const KEPT = 200;
const KEPT_CHARACTERS = 1_000_000;

interface Lane {
  /** All that is queued behind this one is here. */
  floor: number;
  messages: WaitingMessage[];
  characters: number;
}

/**
 * What was committed lately and waits to be sent to people, by account: the way out need not read, and open, again what was
 * written a moment ago.
 */
export function freshOutgoing() {
  const lanes = new Map<AccountId, Lane>();

  return {
    /** To be called in the order of commits. */
    add(accountId: AccountId, message: WaitingMessage): void {
      const lane = lanes.get(accountId) ?? { floor: message.seq - 1, messages: [], characters: 0 };
      lanes.set(accountId, lane);
      lane.messages.push(message);
      lane.characters += message.stanza.length;
      if (lane.messages.length <= KEPT && lane.characters <= KEPT_CHARACTERS) return;
      lanes.set(accountId, { floor: message.seq, messages: [], characters: 0 });
    },
    /** It does not wait any more. */
    drop(accountId: AccountId, id: string): void {
      const lane = lanes.get(accountId);
      const index = lane?.messages.findIndex((message) => message.id === id) ?? -1;
      if (!lane || index < 0) return;
      const [message] = lane.messages.splice(index, 1);
      lane.characters -= message?.stanza.length ?? 0;
    },
    /** What waits behind that one, in order; undefined: it is not all here. */
    after(accountId: AccountId, seq: number, limit: number): WaitingMessage[] | undefined {
      const lane = lanes.get(accountId);
      if (!lane || seq < lane.floor) return undefined;
      return lane.messages.filter((message) => message.seq > seq).slice(0, limit);
    },
  };
}
