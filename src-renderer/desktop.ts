import type { DesktopBridge } from '../src-shared/desktop-bridge.ts';

/** What the desktop app gives the page; undefined in a browser. */
export const desktop = (): DesktopBridge | undefined =>
  (globalThis as { desktop?: DesktopBridge | undefined }).desktop;
