import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * One after the other, each in a turn of the event loop of its own. Answers that come faster than they are read would
 * otherwise be taken apart in one go, however many they are, and everybody else would wait that long.
 */
export function loopTurns() {
  let last: Promise<unknown> = Promise.resolve();
  return function mine(): Promise<unknown> {
    last = last.then(() => nextTurn());
    return last;
  };
}
