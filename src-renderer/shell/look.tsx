import { MantineThemeProvider, useMantineColorScheme } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import type { Language } from '../../src-shared/text/language.ts';
import { speak } from '../client.ts';
import { settingsQuery, useSetting } from '../queries/settings.ts';
import { keepLanguage, LanguageContext, lastLanguage, systemLanguage, textIn } from '../text/use-text.ts';

/** The language and the look that were chosen, for everything within. */
export function Look({ children }: { children: ReactNode }) {
  const wished = useSetting('window_language');
  const theme = useSetting('window_theme');
  const density = useSetting('window_density');
  const textSize = useSetting('window_text_size');
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  // Until it is known what is set, everything stays as it was shown last.
  const isKnown = useQuery(settingsQuery).data !== undefined;
  const chosen = wished === 'auto' ? systemLanguage() : wished;
  const language = isKnown ? chosen : lastLanguage();

  useEffect(() => {
    document.documentElement.lang = language;
    if (isKnown) keepLanguage(language);
    // The engine says labels and reasons in the language of who asks.
    if (speak(language)) void client.invalidateQueries();
  }, [language, isKnown, client]);
  useEffect(() => {
    if (!isKnown) return;
    setColorScheme(theme);
    // Read before the program runs (color-scheme.js).
    localStorage.setItem('botmother.theme', theme);
  }, [theme, isKnown, setColorScheme]);
  useEffect(() => {
    document.documentElement.dataset.density = density;
    document.documentElement.style.setProperty('--bm-chat-size', `${textSize}px`);
  }, [density, textSize]);

  const named = useMemo(() => namedControls(language), [language]);
  return (
    <LanguageContext value={language}>
      <MantineThemeProvider theme={named}>{children}</MantineThemeProvider>
    </LanguageContext>
  );
}

/** Names of the controls that Mantine brings along without one. */
function namedControls(language: Language) {
  const { close, show } = textIn(language).common;
  const closing = { defaultProps: { closeButtonProps: { 'aria-label': close } } };
  return {
    components: {
      Modal: closing,
      Drawer: closing,
      Notification: closing,
      PasswordInput: {
        defaultProps: { visibilityToggleButtonProps: { 'aria-label': show('').trim() } },
      },
    },
  };
}
