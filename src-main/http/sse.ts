import type { ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import { Scope } from '../base/scope.ts';

const HEARTBEAT_MS = 25_000;
/** Who has read nothing for so long is let go. */
export const SLOW_MS = 30_000;

/** The program is gone, or reads too slowly. */
export class HungUp extends Error {}

/**
 * Resolves when there is room for more, so that no more is held in memory than one piece. Rejects with `HungUp` when the
 * other side is gone; one that does not read is cut off.
 */
export async function writeWhenRead(raw: ServerResponse, text: string, clock: Clock): Promise<void> {
  if (raw.destroyed) throw new HungUp();
  if (raw.write(text)) return;
  const scope = new Scope();
  try {
    await new Promise<void>((resolve, reject) => {
      const gone = () => reject(new HungUp());
      raw.once('drain', resolve).once('close', gone);
      scope.add(() => void raw.off('drain', resolve).off('close', gone));
      clock.after(scope, SLOW_MS, () => raw.destroy());
    });
  } finally {
    await scope.close();
  }
}

/** Shows both sides, and what is between them, that the stream lives. Returns the function that ends it. */
export function heartbeat(raw: ServerResponse, clock: Clock): () => Promise<void> {
  const scope = new Scope();
  const beat = () => {
    if (!raw.writableNeedDrain) raw.write(': still here\n\n');
    clock.after(scope, HEARTBEAT_MS, beat);
  };
  clock.after(scope, HEARTBEAT_MS, beat);
  return () => scope.close();
}
