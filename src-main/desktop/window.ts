import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type Session, session, shell } from 'electron';
import { SHELL_ACTIONS, type ShellAction } from './shell-page.ts';

interface WindowDeps {
  distDir: string;
  icon: string;
  isPackaged: boolean;
  /** A link of a shell page was followed. */
  onAction: (action: ShellAction) => void;
  /** The page is gone (crashed) or could not be loaded. */
  onBroken: (reason: string) => void;
}

interface Engine {
  origin: string;
  privateToken: string;
}

/** The only permission that a page of ours needs: the copy buttons. */
const GRANTED = new Set<string>(['clipboard-sanitized-write']);

/** The one window: a locked-down browser that can reach the engine's private listener and nothing else. */
export function openWindow({ distDir, icon, isPackaged, onAction, onBroken }: WindowDeps) {
  let engine: Engine | undefined;
  const isEngine = (url: string) => engine !== undefined && originOf(url) === engine.origin;

  // In memory: the address changes with every start, so nothing stored under it would ever be found again.
  const pages = session.fromPartition('botmother');
  guardRequests(pages, () => engine);
  pages.setPermissionCheckHandler((_, permission, origin) => GRANTED.has(permission) && isEngine(origin));
  pages.setPermissionRequestHandler((contents, permission, answer) =>
    answer(GRANTED.has(permission) && isEngine(contents.getURL())),
  );
  pages.setDevicePermissionHandler(() => false);

  const window = new BrowserWindow({
    title: 'Botmother',
    icon,
    width: 1180,
    height: 760,
    minWidth: 720,
    minHeight: 520,
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
      spellcheck: false,
      devTools: !isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());

  const { webContents } = window;
  webContents.setWindowOpenHandler(({ url }) => {
    if (originOf(url)?.startsWith('https://')) void shell.openExternal(url);
    return { action: 'deny' };
  });
  webContents.on('will-frame-navigate', (event) => {
    const action = actionOf(event.url);
    // Only our own pages, which are the only data: pages there are, may ask the shell for something.
    if (action && webContents.getURL().startsWith('data:text/html')) onAction(action);
    if (!isEngine(event.url)) event.preventDefault();
  });
  webContents.on('will-redirect', (event) => {
    if (!isEngine(event.url)) event.preventDefault();
  });
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit') onBroken(reason);
  });

  function load(url: string): void {
    if (window.isDestroyed()) return;
    window.loadURL(url).catch((error: unknown) => {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
      // Aborted means that the next page has already been asked for.
      if (reason !== 'ERR_ABORTED' && !url.startsWith('data:')) onBroken(reason);
    });
  }

  return {
    /** Shows the page of a running engine; from now on only that engine is reachable. */
    showEngine(privateUrl: string, privateToken: string): void {
      engine = { origin: new URL(privateUrl).origin, privateToken };
      load(privateUrl);
    },
    /** Shows a page of the shell. */
    showPage: load,
    focus(): void {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}

/** Lets requests go to the engine only, and adds its token to them: the page itself never learns it. */
function guardRequests(pages: Session, engine: () => Engine | undefined): void {
  pages.webRequest.onBeforeRequest(({ url }, answer) => {
    const isLocal = /^(data|blob|devtools):/.test(url);
    answer({ cancel: !isLocal && originOf(url) !== engine()?.origin });
  });
  pages.webRequest.onBeforeSendHeaders(({ url, requestHeaders }, answer) => {
    const { origin, privateToken } = engine() ?? {};
    if (privateToken === undefined || originOf(url) !== origin) return answer({ requestHeaders });
    answer({ requestHeaders: { ...requestHeaders, Authorization: `Bearer ${privateToken}` } });
  });
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

function actionOf(url: string): ShellAction | undefined {
  if (url === SHELL_ACTIONS.retry) return 'retry';
  return url === SHELL_ACTIONS.quit ? 'quit' : undefined;
}
