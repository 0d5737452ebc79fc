/** Whether the system's own shortcuts use the command key. */
export const isApple = /mac/i.test(navigator.userAgent);

const SHOWN: Record<string, string> = {
  mod: isApple ? '⌘' : 'Ctrl',
  alt: isApple ? '⌥' : 'Alt',
  shift: isApple ? '⇧' : 'Shift',
  arrowup: '↑',
  arrowdown: '↓',
  enter: '⏎',
};

/** A shortcut as people read it. */
export const shownKeys = (keys: string): string =>
  keys
    .split('+')
    .map((key) => SHOWN[key.toLowerCase()] ?? key.toUpperCase())
    .join(isApple ? '' : ' ');
