import type { DesktopSettingsStore } from '../desktop-settings.ts';
import { type ShellLanguage, type Text, textIn } from './text.ts';

/** The texts of the shell, in the language that the engine said last, else in that of the system. */
export function shellText(settings: DesktopSettingsStore, systemLanguages: () => readonly string[]) {
  const language = (): ShellLanguage => {
    const { language: chosen } = settings.get();
    if (chosen) return chosen;
    const spoken = systemLanguages().map((tag) => tag.toLowerCase().split(/[-_]/, 1)[0]);
    return spoken.find((tag) => tag === 'en' || tag === 'de') ?? 'en';
  };
  return { language, words: (): Text => textIn(language()) };
}
export type ShellText = ReturnType<typeof shellText>;
