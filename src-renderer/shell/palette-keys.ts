import { getHotkeyHandler } from '@mantine/hooks';

let toggle: (() => void) | undefined;
let isWanted = false;

/** Hears Ctrl K from the first moment: what it opens comes later than the first picture, and opens when it is there. */
export function hearPaletteKeys(): void {
  const heard = getHotkeyHandler([
    [
      'mod+K',
      () => {
        if (toggle) toggle();
        else isWanted = true;
      },
    ],
  ]);
  document.documentElement.addEventListener('keydown', heard);
}

/** The palette is there; it is toggled from now on, and at once where somebody asked for it before. */
export function onPaletteKeys(toggled: () => void): () => void {
  toggle = toggled;
  if (isWanted) toggled();
  isWanted = false;
  return () => {
    toggle = undefined;
  };
}
