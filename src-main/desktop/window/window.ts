import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type Rectangle, session, type WebFrameMain } from 'electron';
import type { ShellAction } from '../pages/shell-page.ts';
import { askedPage } from './asked-page.ts';
import { guardDownloads } from './downloads.ts';
import { guardNavigation, guardSession, type PageEngine } from './guards.ts';
import { isRoute, originOf, routeOf } from './places.ts';
import { LEAST_SIZE } from './window-bounds.ts';

interface WindowDeps {
  distDir: string;
  icon: string;
  isPackaged: boolean;
  bounds: Partial<Rectangle> & { width: number; height: number };
  downloads: string;
  /** A link of a shell page was followed. */
  onAction: (action: ShellAction) => void;
  openOutside: (url: string) => void;
  /** A place of the engine was to open in a window of its own. */
  openForBrowser: (route: string) => void;
  /** The page is gone (crashed) or could not be loaded. */
  onBroken: (reason: string) => void;
}

/** The one window: a locked-down browser that can reach the engine's private listener and nothing else. */
export function openWindow(deps: WindowDeps) {
  const { distDir, icon, isPackaged, bounds, onAction, openOutside, openForBrowser, onBroken } = deps;
  let engine: PageEngine | undefined;
  /** Where the page is, kept over engines; undefined: where it begins. */
  let route: string | undefined;
  /** The page is loaded and takes places to go to. */
  let isListening = false;
  const asked = askedPage();
  let waiting: string | undefined;
  const isEngine = (url: string) => engine !== undefined && originOf(url) === engine.origin;

  // In memory: the address changes with every start, so nothing stored under it would ever be found again.
  const pages = session.fromPartition('botmother');
  guardSession(pages, () => engine);
  const downloads = guardDownloads(pages, { isEngine, folder: deps.downloads });

  const window = new BrowserWindow({
    title: 'Botmother',
    icon,
    ...bounds,
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1e1a1f' : '#ffffff',
    webPreferences: {
      session: pages,
      preload: join(distDir, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // The session has the switch, which is off unless a person wants it.
      spellcheck: true,
      devTools: !isPackaged,
    },
  });
  const { webContents } = window;
  guardNavigation(webContents, { isEngine, onAction, openOutside, openForBrowser });
  webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit') onBroken(reason);
  });
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) isListening = false;
  });
  webContents.on('did-navigate', (_, url, status) => {
    if (!isEngine(url)) return;
    // A place that the page no longer has: back to where it begins.
    if (status >= 400 && routeOf(url) !== '/') loadRoute(undefined);
    else if (status >= 400) onBroken(`HTTP ${status}`);
    else route = routeOf(url);
  });
  webContents.on('did-navigate-in-page', (_, url, isMainFrame) => {
    if (isMainFrame && isEngine(url)) route = routeOf(url);
  });

  function load(url: string): void {
    if (window.isDestroyed()) return;
    isListening = false;
    asked.asks(url);
    window.loadURL(url).catch((error: unknown) => {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
      // Aborted means that the next page has already been asked for.
      if (reason === 'ERR_ABORTED') return;
      asked.failed(url);
      if (!url.startsWith('data:')) onBroken(reason);
    });
  }

  function loadRoute(next: string | undefined): void {
    route = next;
    if (engine) load(new URL(next ?? '/', engine.origin).href);
  }

  return {
    window,
    downloads,
    /**
     * Shows the page of a running engine where it was before; from now on only that engine is reachable. A page that
     * came from the same address stays as it is: it asks again by itself.
     */
    showEngine(privateUrl: string, privateToken: string): void {
      const { origin } = new URL(privateUrl);
      engine = { origin, privateToken };
      const isThere = asked.isFrom(origin) && !webContents.isCrashed();
      if (!isThere || waiting !== undefined) loadRoute(waiting ?? route);
      waiting = undefined;
    },
    /** No engine is reachable; whatever the page asks meanwhile goes nowhere. */
    loseEngine(): void {
      engine = undefined;
    },
    /** Shows a page of the shell. */
    showPage: load,
    /** Loads the engine's page anew, where it is. */
    reload(): void {
      if (engine) loadRoute(route);
    },
    /** Brings the page to a place; one that cannot be told yet begins there. */
    openRoute(next: string): void {
      if (!isRoute(next)) return;
      if (isListening) webContents.send('desktop:open-route', next);
      else if (engine) loadRoute(next);
      else waiting = next;
    },
    /** Whether the page takes places to go to from now on. */
    listens(is: boolean): void {
      isListening = is;
    },
    /** Whether a message comes from the engine's page itself, and not from a frame or another page. */
    isOurPage: (frame: WebFrameMain | null): boolean =>
      frame !== null && frame === webContents.mainFrame && isEngine(frame.url),
    /** Tells the page something. */
    tell(channel: string, value: unknown): void {
      if (!window.isDestroyed() && isEngine(webContents.getURL())) webContents.send(channel, value);
    },
    focus(): void {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
export type AppWindow = ReturnType<typeof openWindow>;
