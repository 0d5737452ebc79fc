import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So much garbage of buffers is fine. */
const COLLECT_EVERY_BYTES = 3 * 1024 * 1024;

let flowedBytes = 0;
let collect: (() => void) | undefined;

/**
 * Says that so many bytes of a file went through this process. What carried them is garbage, but outside the heap: V8
 * collects it only after some 64 MB, several times of what files may cost. So it is asked to collect young objects, which
 * takes about a millisecond, as often as that is worth it.
 */
export function flowed(bytes: number): void {
  flowedBytes += bytes;
  if (flowedBytes < COLLECT_EVERY_BYTES) return;
  flowedBytes = 0;
  collect ??= collector();
  collect();
}

/** V8 has this function for who asks for it in time: only contexts that are made now get it. */
function collector(): () => void {
  v8.setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  v8.setFlagsFromString('--no-expose-gc');
  return typeof gc === 'function' ? () => gc({ type: 'minor' }) : () => undefined;
}
