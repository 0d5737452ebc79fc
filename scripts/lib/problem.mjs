/** Something that the person at the keyboard can put right; its message says what and how. */
export class Problem extends Error {}

/**
 * Runs a script: a `Problem` is shown as its plain words, anything else with its stack; both end with status 1.
 * @param {() => Promise<number | void>} script resolves with the exit status, 0 when it says nothing
 */
export function runScript(script) {
  script().then(
    (status) => {
      process.exitCode = status ?? 0;
    },
    (error) => {
      console.error(error instanceof Problem ? `\n${error.message}\n` : error);
      process.exitCode = 1;
    },
  );
}
