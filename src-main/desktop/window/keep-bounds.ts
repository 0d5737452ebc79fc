import type { BrowserWindow } from 'electron';
import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';
import type { DesktopSettingsStore } from '../desktop-settings.ts';

const SETTLE_MS = 400;

/** Remembers where the window is and how large. */
export function keepBounds(
  window: BrowserWindow,
  { settings, clock, scope }: { settings: DesktopSettingsStore; clock: Clock; scope: Scope },
): void {
  let cancel: () => void = () => undefined;
  const keep = () => {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    settings.set({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() });
  };
  // While it is dragged, there are hundreds of places.
  const later = () => {
    cancel();
    cancel = clock.after(scope, SETTLE_MS, keep);
  };
  window.on('resize', later).on('move', later).on('maximize', later).on('unmaximize', later);
  window.on('close', () => {
    cancel();
    keep();
  });
}
