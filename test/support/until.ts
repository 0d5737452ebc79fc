import { waitUntil } from '../../scripts/lib/wait.mjs';

/** Looks again and again until `look` gives something; fails with `what` when it takes too long. */
export const until = <T>(what: string, look: () => T | Promise<T>, timeoutMs = 45_000) =>
  waitUntil(look, { what, timeoutMs });
