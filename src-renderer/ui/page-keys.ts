import { useHotkeys } from '@mantine/hooks';

/** What lies over the page. While one of them is open, keys are its own. */
const LAYERS = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/**
 * Whether a key was pressed in something over the page, or while such a thing is open. Whoever hears the key first may
 * have closed it by now: then its parts still tell where it was pressed.
 */
const isCovered = ({ target }: KeyboardEvent): boolean =>
  (target instanceof Element && target.closest(`${LAYERS}, [role="listbox"]`) !== null) ||
  document.querySelector(LAYERS) !== null;

/** Keys of a place of the window. They do nothing while somebody types, or while a dialog or a menu is open. */
export function usePageKeys(keys: readonly [key: string, act: () => void][], areOn = true): void {
  useHotkeys(
    (areOn ? keys : []).map(([key, act]) => [
      key,
      (event) => {
        if (isCovered(event)) return;
        event.preventDefault();
        act();
      },
      { preventDefault: false },
    ]),
  );
}
