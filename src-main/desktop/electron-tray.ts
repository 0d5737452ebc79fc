import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import { trayImage } from './tray.ts';
import type { TrayHandle } from './tray-icon.ts';

/** The icon itself. A click opens the window; where the desktop shows the menu instead, that has it as its first item. */
export function electronTray(resources: string, onOpen: () => void): TrayHandle {
  const picture = (state: Parameters<typeof trayImage>[1]) =>
    nativeImage.createFromPath(trayImage(resources, state));
  const tray = new Tray(picture('off'));
  tray.on('click', onOpen);
  let shown: string | undefined;
  let built: Menu | undefined;
  /** A click ticks an item at once, whether or not what it asks for comes about. */
  const isTickedOtherwise = (menu: readonly MenuItemConstructorOptions[]) =>
    built?.items.some(({ type, checked }, place) => type === 'checkbox' && checked !== menu[place]?.checked);
  return {
    show({ state, words }, menu) {
      tray.setImage(picture(state));
      tray.setToolTip(`Botmother\n${words}`);
      // A menu that is set anew closes under the pointer.
      const now = JSON.stringify(menu);
      if (now === shown && !isTickedOtherwise(menu)) return;
      shown = now;
      built = Menu.buildFromTemplate(menu);
      tray.setContextMenu(built);
    },
    destroy: () => tray.destroy(),
  };
}
