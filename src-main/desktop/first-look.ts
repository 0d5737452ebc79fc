import type { BrowserWindow } from 'electron';

interface FirstLook {
  /** The app was started to be there, not to be seen. */
  isHidden: boolean;
  /** Whether something else shows that it runs, and brings the window back. */
  isFindable: () => Promise<boolean>;
}

/** How the window is first seen: when it is drawn (before, it would be empty for a moment), or not at all. */
export async function firstLook(window: BrowserWindow, { isHidden, isFindable }: FirstLook): Promise<void> {
  if (!isHidden) window.once('ready-to-show', () => window.show());
  else if (!(await isFindable())) window.minimize();
}
