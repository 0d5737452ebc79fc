import { expect, it } from 'vitest';
import { shownKeys } from '../../../src-renderer/shell/keys.ts';
import { de } from '../../../src-renderer/text/de.ts';
import { en } from '../../../src-renderer/text/en.ts';

it.each([
  ['mod+K', 'Ctrl K', 'Strg K'],
  ['mod+1–4', 'Ctrl 1–4', 'Strg 1–4'],
  ['shift+Enter', 'Shift ⏎', 'Umschalt ⏎'],
  ['alt+ArrowDown', 'Alt ↓', 'Alt ↓'],
  ['Space', 'Space', 'Leertaste'],
  ['Del', 'Del', 'Entf'],
  ['j', 'J', 'J'],
])('calls the keys of %s as they are called on the keyboard', (keys, english, german) => {
  expect(shownKeys(keys, en.shell.keyNames)).toBe(english);
  expect(shownKeys(keys, de.shell.keyNames)).toBe(german);
});
