import type { MenuItemConstructorOptions } from 'electron';
import type { Clock } from '../base/clock.ts';
import type { Scope } from '../base/scope.ts';
import type { TrayView } from './tray.ts';

/** What is used of Electron's tray. */
export interface TrayHandle {
  show(view: TrayView, menu: MenuItemConstructorOptions[]): void;
  destroy(): void;
}

interface TrayIconDeps {
  /** Whether there is a place for icons now. */
  isOffered: () => Promise<boolean>;
  create: () => TrayHandle;
  clock: Clock;
  scope: Scope;
  /** The icon came or went. */
  onChange: () => void;
}

/** At login, the desktop's tray may come up after us: asked again after each of these. */
const LOOK_AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/** Our icon in the tray, where there is one; it comes when the tray does. */
export function trayIcon({ isOffered, create, clock, scope, onChange }: TrayIconDeps) {
  let handle: TrayHandle | undefined;
  let last: [TrayView, MenuItemConstructorOptions[]] | undefined;
  let isClosed = false;

  async function look(): Promise<void> {
    const isThere = await isOffered();
    if (isClosed || isThere === (handle !== undefined)) return;
    if (isThere) {
      handle = create();
      if (last) handle.show(...last);
    } else {
      handle?.destroy();
      handle = undefined;
    }
    onChange();
  }

  async function lookAgain(times: readonly number[]): Promise<void> {
    await look();
    const [next, ...rest] = times;
    if (handle || next === undefined || isClosed) return;
    clock.after(scope, next, () => void lookAgain(rest));
  }

  scope.add(() => {
    isClosed = true;
    handle?.destroy();
    // The window closes after this, and tells its last.
    handle = undefined;
  });
  return {
    start: () => lookAgain(LOOK_AGAIN_MS),
    /** Looks now, once. */
    look,
    isThere: () => handle !== undefined,
    show(view: TrayView, menu: MenuItemConstructorOptions[]): void {
      last = [view, menu];
      handle?.show(view, menu);
    },
  };
}
