import type { DesktopSettingsStore } from './desktop-settings.ts';
import type { Text } from './text/text.ts';

interface BackgroundDeps {
  settings: DesktopSettingsStore;
  text: () => Text;
  platform: NodeJS.Platform;
  hasTray: () => boolean;
  /** Asks whether the tray is still there. */
  lookForTray: () => Promise<void>;
  /** Tells the person once; resolves with whether to go on. */
  ask: (question: { title: string; detail: string; keep: string; quit: string }) => Promise<boolean>;
  hide: () => void;
  quit: () => void;
}

/** What closing the window means: the app goes on without one, or ends. */
export function background(deps: BackgroundDeps) {
  const { settings, text, platform, hasTray, lookForTray, ask, hide, quit } = deps;
  let isAsking = false;

  /** Where nobody has said: only where something still shows that it runs. */
  const isOn = () => settings.get().background ?? (hasTray() || platform === 'darwin');

  async function close(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      await lookForTray();
      if (!isOn()) return quit();
      // On macOS every app goes on without a window, and the dock shows it.
      if (!settings.get().knowsBackground && platform !== 'darwin') {
        const words = text().background;
        const told = hasTray() ? words.withTray : words.withoutTray;
        const keeps = await ask({
          title: words.title,
          detail: `${told}\n\n${words.later}`,
          keep: words.keep,
          quit: words.quit,
        });
        settings.set({ knowsBackground: true, ...(!keeps && { background: false }) });
        if (!keeps) return quit();
      }
      hide();
    } finally {
      isAsking = false;
    }
  }

  return { isOn, close };
}
