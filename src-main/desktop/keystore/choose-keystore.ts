import type { CommandLine } from 'electron';
import { isOnBusNow } from '../session-bus.ts';

/** Desktops that Chromium knows to have a keystore; elsewhere it does not look for one. */
const KNOWN =
  /^(deepin|gnome|gnome-.*|gnome-fallback|gnome-classic|kde|pantheon|ukui|unity.*|x-cinnamon|xfce|lxqt|cinnamon)$/i;

/**
 * Lets Chromium use a keystore that runs in this session although the desktop is not one it knows (a tiling window
 * manager, say). What a person has said on the command line counts. To be called before the app is ready.
 */
export function chooseKeystore(
  commandLine: Pick<CommandLine, 'hasSwitch' | 'appendSwitch'>,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  isOnBus: (name: string) => boolean = (name) => isOnBusNow(name, env),
): void {
  if (platform !== 'linux' || commandLine.hasSwitch('password-store')) return;
  const desktops = (env.XDG_CURRENT_DESKTOP || env.DESKTOP_SESSION || '').split(':');
  if (desktops.some((name) => KNOWN.test(name))) return;
  if (isOnBus('org.freedesktop.secrets')) commandLine.appendSwitch('password-store', 'gnome-libsecret');
}
