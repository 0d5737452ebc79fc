import { refuse } from '../../../src-shared/errors.ts';
import type { Bot } from '../../store/bot-repository.ts';

/** At once: what waits on a slow server, or for a slow program, must not fill the disk. */
const AT_ONCE = { perBot: 4, inAll: 16 };
const BUSY_RETRY_S = 5;

/** Counts the files that are on their way out; one more than may be is refused with `file.busy`. */
export function fileTurns() {
  const underWay = new Map<Bot['id'], number>();

  return async <T>({ id }: Bot, task: () => Promise<T>): Promise<T> => {
    const own = underWay.get(id) ?? 0;
    const all = underWay.values().reduce((sum, count) => sum + count, 0);
    if (own >= AT_ONCE.perBot || all >= AT_ONCE.inAll)
      throw refuse('file.busy', { seconds: BUSY_RETRY_S }, BUSY_RETRY_S);
    underWay.set(id, own + 1);
    try {
      return await task();
    } finally {
      const left = (underWay.get(id) ?? 1) - 1;
      if (left > 0) underWay.set(id, left);
      else underWay.delete(id);
    }
  };
}
