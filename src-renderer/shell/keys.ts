import { type Text, useText } from '../text/use-text.ts';

/** Whether the system's own shortcuts use the command key. */
export const isApple = /mac/i.test(navigator.userAgent);

const SIGNS: Record<string, string> = {
  arrowup: '↑',
  arrowdown: '↓',
  enter: '⏎',
  ...(isApple && { mod: '⌘', alt: '⌥', shift: '⇧' }),
};

/** A shortcut as people read it, with the keys called as on their keyboard. */
export const shownKeys = (keys: string, names: Text['shell']['keyNames']): string => {
  const { ctrl: mod, alt, shift, space, del, esc } = names;
  const called: Record<string, string> = { mod, alt, shift, space, del, esc, ...SIGNS };
  return keys
    .split('+')
    .map((key) => called[key.toLowerCase()] ?? key.toUpperCase())
    .join(isApple ? '' : ' ');
};

/** Shows shortcuts in the language of the window. */
export function useShownKeys(): (keys: string) => string {
  const { keyNames } = useText().shell;
  return (keys) => shownKeys(keys, keyNames);
}
