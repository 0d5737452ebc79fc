import type { Bounds } from '../desktop-settings.ts';

export const DEFAULT_SIZE = { width: 1180, height: 760 } as const;
export const LEAST_SIZE = { width: 720, height: 520 } as const;
/** So much of the window has to be on a display for it to be found and moved. */
const GRIP = { width: 120, height: 60 } as const;

/**
 * Where the window opens: where it was, if that place still exists, cut to what fits. Undefined: in the middle, in the
 * usual size.
 */
export function boundsToOpen(
  kept: Bounds | undefined,
  areas: readonly Bounds[],
): Partial<Bounds> & { width: number; height: number } {
  if (!kept) return DEFAULT_SIZE;
  const home = areas.find((area) => {
    const width = Math.min(kept.x + kept.width, area.x + area.width) - Math.max(kept.x, area.x);
    const height = Math.min(kept.y + kept.height, area.y + area.height) - Math.max(kept.y, area.y);
    // The title bar is at the top: a window whose top is above the display cannot be moved.
    return width >= GRIP.width && height >= GRIP.height && kept.y >= area.y - 1;
  });
  const clamp = (size: number, least: number, most: number) => Math.max(least, Math.min(size, most));
  const [first] = areas;
  const area = home ?? first;
  const width = clamp(kept.width, LEAST_SIZE.width, area?.width ?? kept.width);
  const height = clamp(kept.height, LEAST_SIZE.height, area?.height ?? kept.height);
  return home ? { x: kept.x, y: kept.y, width, height } : { width, height };
}
