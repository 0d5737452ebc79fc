/** Asks again and again until the answer is not undefined, null or false. */
export function waitUntil<T>(
  ask: () => T | Promise<T>,
  options: { what: string; timeoutMs?: number; everyMs?: number; hint?: () => string },
): Promise<Exclude<T, undefined | null | false>>;
