import { ZOOM } from '../desktop-settings.ts';

const STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** The next size in a direction, or the one it is when there is none. */
export function zoomStep(zoom: number, direction: 'in' | 'out'): number {
  const next =
    direction === 'in'
      ? STEPS.find((step) => step > zoom + 0.001)
      : STEPS.findLast((step) => step < zoom - 0.001);
  return next ?? (direction === 'in' ? ZOOM.most : ZOOM.least);
}
