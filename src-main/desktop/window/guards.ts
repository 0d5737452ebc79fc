import type { Session, WebContents } from 'electron';
import { type ShellAction, shellActionOf } from '../pages/shell-page.ts';
import { mayOpenOutside, originOf, routeOf } from './places.ts';

/** The engine that the window talks to. */
export interface PageEngine {
  origin: string;
  privateToken: string;
}

/** The only permission that a page of ours needs: the copy buttons. */
const GRANTED = new Set<string>(['clipboard-sanitized-write']);

/** Lets a session reach the engine and nothing else, and adds its token: the page itself never learns it. */
export function guardSession(pages: Session, engine: () => PageEngine | undefined): void {
  const isEngine = (url: string) => originOf(url) !== undefined && originOf(url) === engine()?.origin;
  pages.webRequest.onBeforeRequest(({ url }, answer) => {
    const isLocal = /^(data|blob|devtools):/.test(url);
    answer({ cancel: !isLocal && !isEngine(url) });
  });
  pages.webRequest.onBeforeSendHeaders(({ url, requestHeaders }, answer) => {
    const { privateToken } = engine() ?? {};
    if (privateToken === undefined || !isEngine(url)) return answer({ requestHeaders });
    answer({ requestHeaders: { ...requestHeaders, Authorization: `Bearer ${privateToken}` } });
  });
  pages.setPermissionCheckHandler((_, permission, origin) => GRANTED.has(permission) && isEngine(origin));
  pages.setPermissionRequestHandler((contents, permission, answer) =>
    answer(GRANTED.has(permission) && isEngine(contents.getURL())),
  );
  pages.setDevicePermissionHandler(() => false);
}

interface NavigationDeps {
  isEngine: (url: string) => boolean;
  /** A link of a shell page was followed. */
  onAction: (action: ShellAction) => void;
  openOutside: (url: string) => void;
  /** A place of the engine was to open in a window of its own. */
  openForBrowser: (route: string) => void;
}

/** Keeps the window on the engine's page and the shell's own; links elsewhere open in the browser. */
export function guardNavigation(contents: WebContents, deps: NavigationDeps): void {
  const { isEngine, onAction, openOutside, openForBrowser } = deps;
  contents.setWindowOpenHandler(({ url }) => {
    // Only this window can reach the engine's private place: what is for a browser is opened where that reaches it.
    if (isEngine(url)) openForBrowser(routeOf(url));
    else if (mayOpenOutside(url)) openOutside(url);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (event) => {
    const action = shellActionOf(event.url);
    // Only our own pages, which are the only data: pages there are, may ask the shell for something.
    if (action && contents.getURL().startsWith('data:text/html')) onAction(action);
    if (!isEngine(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isEngine(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
