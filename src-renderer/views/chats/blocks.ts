import type { Range } from '@tanstack/react-virtual';

/** So many rows come or go together: most frames of a scroll then change nothing. */
const BLOCK = 4;

/** The rows to be drawn, in whole blocks; going one way, none that has gone comes again. */
export function inBlocks({ startIndex, endIndex, overscan, count }: Range): number[] {
  const first = Math.max(0, Math.floor((startIndex - overscan) / BLOCK) * BLOCK);
  const end = Math.min(count, Math.ceil((endIndex + overscan + 1) / BLOCK) * BLOCK);
  return Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
}
