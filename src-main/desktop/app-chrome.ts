import { join } from 'node:path';
import { app, clipboard, Menu, nativeImage, nativeTheme } from 'electron';
import type { Logger } from '../base/logger.ts';
import type { DesktopSettingsStore } from './desktop-settings.ts';
import type { EngineOfApp } from './engine-of-app.ts';
import { appMenu } from './menu.ts';
import type { ShellText } from './text/shell-text.ts';
import { trayMenu, trayView } from './tray.ts';
import type { trayIcon } from './tray-icon.ts';
import { contextMenu } from './window/context-menu.ts';
import type { AppWindow } from './window/window.ts';
import { zoomStep } from './window/zoom.ts';

interface ChromeDeps {
  window: AppWindow;
  tray: ReturnType<typeof trayIcon>;
  engine: EngineOfApp;
  settings: DesktopSettingsStore;
  text: ShellText;
  resources: string;
  open: (route?: string) => void;
  openOutside: (url: string) => void;
  /** Opens a place of the engine in the browser. */
  openApi: (route: string) => void;
  showFolder: (which: 'data' | 'logs') => void;
  logger: Logger;
}

/** Everything around the page: menus, tray, badge, zoom, look and spell check, as settings and engine have them. */
export function appChrome(deps: ChromeDeps) {
  const { window, tray, engine, settings, text, resources, open, openOutside, openApi, showFolder, logger } =
    deps;
  const { webContents } = window.window;
  let unread = 0;
  let menuShown = '';

  function updateMenu(): void {
    const hasPage = engine.state().name === 'ready';
    const key = `${text.language()} ${hasPage}`;
    if (key === menuShown) return;
    menuShown = key;
    const template = appMenu({
      text: text.words(),
      platform: process.platform,
      isPackaged: app.isPackaged,
      hasPage,
      go: open,
      zoom,
      reload: window.reload,
      quit: () => app.quit(),
      showFolder,
      restartEngine: engine.restart,
      openDocumentation: () => openApi('/docs'),
      about: () => app.showAboutPanel(),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  function updateTray(): void {
    const { name } = engine.state();
    const shown = trayView(name, engine.view(), unread, text.words());
    const areBotsOn = name === 'ready' ? engine.view()?.areBotsOn : undefined;
    const menu = trayMenu({
      text: text.words(),
      words: shown.words,
      areBotsOn,
      onOpen: () => open(),
      onBots: engine.switchBots,
      onQuit: () => app.quit(),
    });
    tray.show(shown, menu);
  }

  function zoom(step: 'in' | 'out' | 'reset'): void {
    settings.set({ zoom: step === 'reset' ? 1 : zoomStep(settings.get().zoom, step) });
  }

  function applySettings(): void {
    const { zoom: factor, spellcheck, theme } = settings.get();
    if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
    if (webContents.isDestroyed()) return;
    webContents.setZoomFactor(factor);
    webContents.session.setSpellCheckerEnabled(spellcheck);
  }

  settings.onChange(() => {
    applySettings();
    update();
  });
  applySettings();
  // Chromium keeps the zoom of a host, and our host has another port each time.
  webContents.on('did-finish-load', applySettings);
  webContents.on('zoom-changed', (_, direction) => zoom(direction));
  webContents.on('context-menu', (_, params) => {
    const template = contextMenu(params, {
      text: text.words(),
      copy: (words) => clipboard.writeText(words),
      openOutside,
      copyImage: () => webContents.copyImageAt(params.x, params.y),
      correct: (word) => webContents.replaceMisspelling(word),
      learn: (word) => webContents.session.addWordToSpellCheckerDictionary(word),
    });
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window: window.window });
  });
  window.window.on('focus', () => window.window.flashFrame(false));

  function update(): void {
    updateMenu();
    updateTray();
  }

  return {
    update,
    /** Asks for attention where the window is not looked at. */
    flash(): void {
      if (!window.window.isFocused()) window.window.flashFrame(true);
    },
    /** What waits unread: on the icon of the app, and in the tray. */
    setUnread(count: number): void {
      if (count === unread) return;
      unread = count;
      if (process.platform === 'win32') {
        const picture = nativeImage.createFromPath(join(resources, 'tray', 'unread.png'));
        window.window.setOverlayIcon(count > 0 ? picture : null, count > 0 ? String(count) : '');
      } else if (!app.setBadgeCount(count)) {
        logger.debug({ count }, 'this desktop shows no count on icons');
      }
      updateTray();
    },
  };
}
