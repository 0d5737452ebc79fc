import type { App } from 'electron';
import { readXmppUri, type XmppLink } from '../../src-shared/xmpp-uri.ts';
import { readArguments, routeOfLink } from './links.ts';
import type { AppWindow } from './window/window.ts';

interface FollowLinksDeps {
  /** What the app was started with. */
  first: XmppLink | undefined;
  /** Undefined: the engine has not said yet. */
  accounts: () => readonly string[] | undefined;
  window: () => AppWindow | undefined;
}

/** Brings the page to where `xmpp:` links lead; one that comes before anybody can say from which account waits. */
export function followLinks({ first, accounts, window }: FollowLinksDeps) {
  let waiting = first;

  function follow(): void {
    const [from, to] = [accounts(), window()];
    if (!waiting || !from || !to) return;
    const route = routeOfLink(waiting, from);
    waiting = undefined;
    if (route !== undefined) to.openRoute(route);
  }

  return {
    /** To be called when what it waits for may be there. */
    follow,
    /** Goes to a link, or only forward with the window; one that still waits is not forgotten. */
    open(link: XmppLink | undefined): void {
      waiting = link ?? waiting;
      follow();
      window()?.focus();
    },
  };
}

/** Hears of links while the app runs: the system starts it once more with one, or, on macOS, tells it. */
export function hearLinks(app: Pick<App, 'on'>, open: (link: XmppLink | undefined) => void): void {
  app.on('second-instance', (_, argv) => {
    const { link, isHidden } = readArguments(argv);
    if (!isHidden) open(link);
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    const link = readXmppUri(url);
    if (link) open(link);
  });
}
