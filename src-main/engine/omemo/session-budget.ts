import type { AccountId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';

/** So many sessions may one sender begin, or try to, in that time: each costs more than a hundred messages do. */
const BEGUN = { count: 5, withinMs: 60_000 };

/** Counts the key exchanges that a sender has had worked on, so that nobody can keep an account busy with them. */
export function sessionBudget(clock: Pick<Clock, 'monotonic'>) {
  const timesMs = new Map<string, number[]>();
  /** Who was told about in the log already. */
  const told = new Set<string>();
  const nameOf = (accountId: AccountId, jid: BareJid) => `${accountId}/${jid}`;

  function recent(name: string): number[] {
    const times = (timesMs.get(name) ?? []).filter((atMs) => clock.monotonic() - atMs < BEGUN.withinMs);
    if (times.length > 0) timesMs.set(name, times);
    else timesMs.delete(name);
    if (times.length < BEGUN.count) told.delete(name);
    return times;
  }

  return {
    isSpent: (accountId: AccountId, jid: BareJid): boolean =>
      recent(nameOf(accountId, jid)).length >= BEGUN.count,
    /** One was worked on. */
    spend(accountId: AccountId, jid: BareJid): void {
      // Whoever wrote once is not remembered for ever.
      for (const name of timesMs.keys()) recent(name);
      const name = nameOf(accountId, jid);
      timesMs.set(name, [...(timesMs.get(name) ?? []), clock.monotonic()]);
    },
    /** True once for each time that a sender runs out. */
    isNews(accountId: AccountId, jid: BareJid): boolean {
      const name = nameOf(accountId, jid);
      if (told.has(name)) return false;
      told.add(name);
      return true;
    },
  };
}
export type SessionBudget = ReturnType<typeof sessionBudget>;
