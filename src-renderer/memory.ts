import { desktop } from './desktop.ts';

/** In the app, whose page has a new storage at each start: what was kept before, and what was since. */
let inApp: Map<string, string> | undefined;

/** Asks the app for what was kept; to be called before anything is shown. */
export async function recall(): Promise<void> {
  // An app around the page may have less than the types say.
  const kept = await desktop()
    ?.kept?.get()
    .catch(() => undefined);
  if (kept) inApp = new Map(Object.entries(kept));
}

/** What was kept under that name on this machine; null: nothing. */
export function remembered(name: string): string | null {
  if (inApp) return inApp.get(name) ?? null;
  try {
    return localStorage.getItem(`botmother.${name}`);
  } catch {
    // Switched off.
    return null;
  }
}

/** Keeps it on this machine, as far as that is possible. */
export function remember(name: string, value: string): void {
  if (inApp) {
    inApp.set(name, value);
    // It lasts until the app ends.
    desktop()
      ?.kept.set(name, value)
      .catch(() => undefined);
    return;
  }
  try {
    localStorage.setItem(`botmother.${name}`, value);
  } catch {
    // It lasts until the page is loaded again.
  }
}
