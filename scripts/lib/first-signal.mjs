/**
 * Resolves with the name of the first signal that asks this script to end. Later ones are swallowed: npm passes on
 * the Ctrl-C that the terminal has sent already, and stopping in order takes a few seconds.
 * @returns {Promise<NodeJS.Signals>}
 */
export function firstSignal() {
  return new Promise((resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, resolve);
  });
}
