import type { Clock } from '../base/clock.ts';
import type { Scope } from '../base/scope.ts';
import type { DesktopSettingsStore } from './desktop-settings.ts';

/** A list whose width is dragged is told of at every step. */
const SETTLE_MS = 400;
/** The page has a handful. */
const MOST_NAMES = 50;

/** What the page wants to find again at its next start: its own storage is in memory and new at each. */
export function pageMemory(settings: DesktopSettingsStore, { clock, scope }: { clock: Clock; scope: Scope }) {
  let kept = settings.get().kept;
  let cancel: (() => void) | undefined;
  const write = () => {
    cancel?.();
    cancel = undefined;
    settings.set({ kept });
  };
  scope.add(() => {
    if (cancel) write();
  });
  return {
    get: () => kept,
    /** False: it is one thing too many. */
    set(name: string, value: string): boolean {
      if (!Object.hasOwn(kept, name) && Object.keys(kept).length >= MOST_NAMES) return false;
      kept = { ...kept, [name]: value };
      cancel?.();
      cancel = clock.after(scope, SETTLE_MS, write);
      return true;
    },
  };
}
export type PageMemory = ReturnType<typeof pageMemory>;
