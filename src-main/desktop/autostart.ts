import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { App } from 'electron';

/** On the command line of a start that shows no window. */
export const HIDDEN_FLAG = '--hidden';

export interface Autostart {
  isOn(): boolean;
  /** Throws when the system does not take it. */
  set(isOn: boolean): void;
}

/** Start at login by the system's own list, on Windows and macOS. */
export function loginItem(app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>): Autostart {
  const args = [HIDDEN_FLAG];
  return {
    isOn: () => app.getLoginItemSettings({ args }).openAtLogin,
    set: (isOn) => app.setLoginItemSettings({ openAtLogin: isOn, args }),
  };
}

/** Start at login by a desktop entry in the folder that desktops on Linux look into (XDG Autostart). */
export function autostartEntry(configDir: string, command: readonly string[]): Autostart {
  const file = join(configDir, 'autostart', 'botmother.desktop');
  return {
    isOn() {
      try {
        const entry = readFileSync(file, 'utf8');
        // Desktops switch an entry off without taking the file away.
        return !/^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/m.test(entry);
      } catch {
        return false;
      }
    },
    set(isOn) {
      if (!isOn) return rmSync(file, { force: true });
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, entryText([...command, HIDDEN_FLAG]));
    },
  };
}

const entryText = (command: readonly string[]) => `[Desktop Entry]
Type=Application
Name=Botmother
Comment=XMPP bots you can trust
Comment[de]=XMPP-Bots, denen du trauen kannst
Exec=${command.map(execWord).join(' ')}
Icon=botmother
Terminal=false
StartupNotify=false
X-GNOME-Autostart-enabled=true
`;

/** A word of `Exec`, as the Desktop Entry Specification quotes it: once for the command, once for the value. */
function execWord(word: string): string {
  const percent = word.replaceAll('%', '%%');
  if (/^[\w@%+=:,./-]+$/.test(percent)) return percent;
  return `"${percent.replace(/["`$\\]/g, '\\$&').replaceAll('\\', '\\\\')}"`;
}

/** How this app is started again: the file of an AppImage, the installed program, or Electron with the project. */
export function ownCommand(app: Pick<App, 'isPackaged' | 'getAppPath'>, env: NodeJS.ProcessEnv): string[] {
  if (env.APPIMAGE) return [env.APPIMAGE];
  return app.isPackaged ? [process.execPath] : [process.execPath, app.getAppPath()];
}
