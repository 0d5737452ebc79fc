import { join } from 'node:path';
import { app, dialog, ipcMain, Notification, nativeTheme, safeStorage, screen, shell } from 'electron';
import { systemClock } from '../base/clock.ts';
import { createLogger } from '../base/logger.ts';
import { Scope } from '../base/scope.ts';
import { appChrome } from './app-chrome.ts';
import { askToKeep } from './ask-to-keep.ts';
import { autostartEntry, loginItem, ownCommand } from './autostart.ts';
import { background } from './background.ts';
import { desktopSettings } from './desktop-settings.ts';
import { electronTray } from './electron-tray.ts';
import { engineOfApp } from './engine-of-app.ts';
import { firstLook } from './first-look.ts';
import { followLinks, hearLinks } from './follow-links.ts';
import { answerPage } from './ipc.ts';
import { dataKeys } from './keystore/data-key.ts';
import { osKeystore } from './keystore/os-keystore.ts';
import { readArguments } from './links.ts';
import { logFile } from './log-file.ts';
import { notificationText } from './notification-text.ts';
import { notifications } from './notifications.ts';
import { openOutside } from './open-outside.ts';
import { pageCalls } from './page-calls.ts';
import { pageMemory } from './page-memory.ts';
import { shellPages } from './pages/shell-pages.ts';
import { dataDir } from './paths.ts';
import { quitInOrder } from './quit-in-order.ts';
import { isOnBus, notificationCapabilities } from './session-bus.ts';
import { shellText } from './text/shell-text.ts';
import { trayIcon } from './tray-icon.ts';
import { keepBounds } from './window/keep-bounds.ts';
import { isForBrowser } from './window/places.ts';
import { type AppWindow, openWindow } from './window/window.ts';
import { boundsToOpen } from './window/window-bounds.ts';

/** Where desktops on Linux offer a place for icons. */
const TRAY_ON_BUS = 'org.kde.StatusNotifierWatcher';
const hasPlaceForIcon = async () => process.platform !== 'linux' || isOnBus(TRAY_ON_BUS);

/** The desktop app, from its start to its end. The only instance of it runs this. */
export async function runApp(distDir: string): Promise<void> {
  const scope = new Scope();
  const clock = systemClock;
  const resources = join(distDir, '..', '..', 'resources');
  const folders = {
    data: dataDir(process.env),
    logs: app.getPath('logs'),
    downloads: app.getPath('downloads'),
  };
  const log = logFile(folders.logs);
  const takeOutput = (chunk: Uint8Array | string) => {
    log.write(chunk);
    if (!app.isPackaged) process.stderr.write(chunk);
  };
  const logger = createLogger(process.env.BOTMOTHER_LOG_LEVEL || 'info', { write: takeOutput });
  const settings = desktopSettings(join(app.getPath('userData'), 'desktop.json'), (error) =>
    logger.warn({ err: error }, 'the settings of the app could not be kept'),
  );
  nativeTheme.themeSource = settings.get().theme;
  const text = shellText(settings, () => app.getPreferredSystemLanguages());
  const keys = dataKeys({
    dataDir: folders.data,
    givenFile: process.env.BOTMOTHER_KEY_FILE || undefined,
    keystore: osKeystore(safeStorage),
    text: text.words,
  });

  let window: AppWindow | undefined;
  let chrome: ReturnType<typeof appChrome> | undefined;
  const started = readArguments(process.argv);
  const open = (route?: string) => {
    if (route !== undefined) window?.openRoute(route);
    window?.focus();
  };
  const links = followLinks({
    first: started.link,
    accounts: () => engine.view()?.accounts,
    window: () => window,
  });
  const outside = openOutside({ shell, engineState: () => engine.state(), logger });

  const engine = engineOfApp({
    distDir,
    dataDir: folders.data,
    keys,
    clock,
    scope,
    logger,
    takeOutput,
    onState: (state) => {
      pages.show(state);
      chrome?.update();
    },
    onView: ({ language, theme }) => {
      if (settings.get().language !== language || settings.get().theme !== theme)
        settings.set({ language, theme });
      links.follow();
      chrome?.update();
    },
  });
  const pages = shellPages({
    window: () => window,
    engine,
    keys,
    text,
    clock,
    scope,
    logger,
    showLogs: () => void outside.folder(folders.logs),
    quit: () => app.quit(),
  });

  hearLinks(app, links.open);
  app.on('activate', () => open());
  app.on('window-all-closed', () => app.quit());
  const life = quitInOrder({
    app,
    hide: () => window?.window.hide(),
    end: () => engine.stop().then(() => scope.close()),
    onProblem: (error) => logger.error({ err: error }, 'the app did not end cleanly'),
  });

  // With a key file the engine need not wait for Electron; the keystore can be asked when Electron is ready.
  if (!keys.needsKeystore()) engine.launch();
  await app.whenReady();
  app.setAboutPanelOptions({
    applicationName: 'Botmother',
    applicationVersion: app.getVersion(),
    copyright: 'GPL-3.0-or-later',
    iconPath: join(resources, 'icon-256.png'),
  });

  const displays = screen.getAllDisplays().map(({ workArea }) => workArea);
  window = openWindow({
    distDir,
    icon: join(resources, 'icon-256.png'),
    isPackaged: app.isPackaged,
    bounds: boundsToOpen(settings.get().bounds, displays),
    downloads: folders.downloads,
    onAction: pages.act,
    openOutside: outside.url,
    openForBrowser: (route) => isForBrowser(route) && outside.api(route),
    onBroken: pages.broken,
  });
  const appWindow = window;
  if (settings.get().isMaximised) appWindow.window.maximize();
  keepBounds(appWindow.window, { settings, clock, scope });

  const tray = trayIcon({
    isOffered: hasPlaceForIcon,
    create: () => electronTray(resources, () => open()),
    clock,
    scope,
    onChange: () => appWindow.tell('desktop:settings-changed', calls.state()),
  });
  const going = background({
    settings,
    text: text.words,
    platform: process.platform,
    hasTray: tray.isThere,
    lookForTray: tray.look,
    ask: askToKeep(dialog, appWindow.window),
    hide: () => appWindow.window.hide(),
    quit: () => app.quit(),
  });
  appWindow.window.on('close', (event) => {
    if (life.isQuitting()) return;
    event.preventDefault();
    void going.close();
  });

  const notes = notifications({
    create: (options) => new Notification(options),
    isSupported: () => Notification.isSupported(),
    areWanted: () => settings.get().notifications,
    textFor:
      process.platform === 'linux'
        ? notificationText(() => notificationCapabilities())
        : async (words) => words,
    icon: join(resources, 'icon-256.png'),
    onClick: open,
  });
  scope.add(notes.clear);
  const surroundings = appChrome({
    window: appWindow,
    tray,
    engine,
    settings,
    text,
    resources,
    open,
    openOutside: outside.url,
    openApi: outside.api,
    showFolder: (which) => void outside.folder(folders[which]),
    logger,
  });
  chrome = surroundings;
  const calls = pageCalls({
    settings,
    memory: pageMemory(settings, { clock, scope }),
    autostart:
      process.platform === 'linux'
        ? autostartEntry(app.getPath('appData'), ownCommand(app, process.env))
        : loginItem(app),
    keys,
    text: text.words,
    dialog,
    folders,
    showFolder: outside.folder,
    now: () => ({
      background: going.isOn(),
      hasTray: tray.isThere(),
      hasNotifications: notes.isSupported(),
    }),
    notify: async (note) => {
      const isShown = await notes.show(note);
      if (isShown) surroundings.flash();
      return isShown;
    },
    setBadge: surroundings.setUnread,
    openOutside: outside.url,
    expectDownload: appWindow.downloads.expect,
    restartEngine: engine.restart,
  });
  answerPage({
    ipcMain,
    isOurPage: appWindow.isOurPage,
    handlers: calls,
    onListening: appWindow.listens,
    text: text.words,
    logger,
  });
  scope.add(settings.onChange(() => appWindow.tell('desktop:settings-changed', calls.state())));
  void tray.start();

  links.follow();
  if (keys.needsKeystore()) engine.launch();
  pages.show(engine.state());
  surroundings.update();
  await firstLook(appWindow.window, {
    isHidden:
      started.isHidden || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin),
    isFindable: hasPlaceForIcon,
  });
}
