import type { App } from 'electron';

/**
 * Makes `xmpp:` links known to lead here, where the installer cannot. Linux has them from the desktop entry and macOS
 * from the bundle; on Windows the app says so itself, unless another program has them: that was a person's choice.
 */
export function takeLinks(
  app: Pick<App, 'isPackaged' | 'getApplicationNameForProtocol' | 'setAsDefaultProtocolClient'>,
  platform: NodeJS.Platform,
): void {
  if (platform !== 'win32' || !app.isPackaged) return;
  if (app.getApplicationNameForProtocol('xmpp://') === '') app.setAsDefaultProtocolClient('xmpp');
}
