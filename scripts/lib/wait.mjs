/**
 * Asks again and again until the answer is not undefined, null or false.
 * @template T
 * @param {() => T | Promise<T>} ask
 * @param {{ what: string, timeoutMs?: number, everyMs?: number, hint?: () => string }} options `hint` is added to the error
 * @returns {Promise<Exclude<T, undefined | null | false>>}
 */
export async function waitUntil(ask, { what, timeoutMs = 15_000, everyMs = 50, hint = () => '' }) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) {
      // The three are excluded on the line above; the compiler cannot subtract them from T.
      return /** @type {Exclude<T, undefined | null | false>} */ (answer);
    }
    if (Date.now() >= deadline) throw new Error(`Waited ${timeoutMs / 1_000} s for ${what}.\n${hint()}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
