import type { Clock } from '../base/clock.ts';
import type { Scope } from '../base/scope.ts';

/**
 * Tells of a key at once, and of all that follows within `everyMs` once, at the end of that time: who listens is never
 * told more often, and never left with what is out of date.
 */
export function seldom<Key>(
  tell: (key: Key) => void,
  { everyMs, clock, scope }: { everyMs: number; clock: Clock; scope: Scope },
): (key: Key) => void {
  /** Keys that were told of lately, and whether there is news since. */
  const lately = new Map<Key, boolean>();

  function telling(key: Key): void {
    lately.set(key, false);
    clock.after(scope, everyMs, () => {
      const hasNews = lately.get(key) === true;
      lately.delete(key);
      if (hasNews) telling(key);
    });
    tell(key);
  }

  return (key) => {
    if (lately.has(key)) lately.set(key, true);
    else telling(key);
  };
}
