import type { QueryKey } from '@tanstack/react-query';

/** So often the same is asked for again at most, however much is announced. */
const EVERY_MS = 500;

/**
 * Calls for keys at once, and for what comes within a moment after it together at the end of that moment: each change is
 * followed, and a busy installation does not have its answers dropped because they are asked for again before they came.
 */
export function gathered(act: (key: QueryKey) => void): (keys: readonly QueryKey[]) => void {
  const waiting = new Map<string, QueryKey>();
  let isResting = false;

  function run(): void {
    const keys = [...waiting.values()];
    waiting.clear();
    isResting = keys.length > 0;
    if (!isResting) return;
    for (const key of keys) act(key);
    setTimeout(run, EVERY_MS);
  }
  return (keys) => {
    for (const key of keys) waiting.set(JSON.stringify(key), key);
    if (!isResting) run();
  };
}
