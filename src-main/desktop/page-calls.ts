import { join } from 'node:path';
import type { Dialog, FileFilter } from 'electron';
import type { DesktopState, FileKind } from '../../src-shared/desktop-bridge.ts';
import type { Autostart } from './autostart.ts';
import type { DesktopSettingsStore } from './desktop-settings.ts';
import { type CallHandlers, DesktopRefusal } from './ipc.ts';
import { CannotMove, type DataKeys, KeystoreRefuses, SealedKeyBroken } from './keystore/data-key.ts';
import type { PageMemory } from './page-memory.ts';
import type { Text } from './text/text.ts';

interface PageCallDeps {
  settings: DesktopSettingsStore;
  memory: PageMemory;
  autostart: Autostart;
  keys: DataKeys;
  text: () => Text;
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  folders: { data: string; logs: string; downloads: string };
  /** Resolves with what went wrong, or an empty text. */
  showFolder: (path: string) => Promise<string>;
  /** What the program, not the file, knows. */
  now: () => Pick<DesktopState, 'background' | 'hasTray' | 'hasNotifications'>;
  notify: CallHandlers['notify'];
  setBadge: (unread: number) => void;
  openOutside: (url: string) => void;
  expectDownload: (name: string, path: string) => void;
  restartEngine: () => void;
}

/** What the page can ask of the program, apart from who may ask and with what (`ipc.ts`). */
export function pageCalls(deps: PageCallDeps): CallHandlers & { state: () => DesktopState } {
  const { settings, autostart, keys, text, dialog, folders } = deps;

  const state = (): DesktopState => {
    const { notifications, spellcheck, zoom } = settings.get();
    return {
      ...deps.now(),
      notifications,
      spellcheck,
      zoom,
      startAtLogin: autostart.isOn(),
      canStartAtLogin: ['linux', 'darwin', 'win32'].includes(process.platform),
    };
  };

  return {
    state,
    notify: deps.notify,
    setBadge: deps.setBadge,
    openExternal: deps.openOutside,
    getKept: deps.memory.get,
    keep(name, value) {
      if (!deps.memory.set(name, value)) throw new DesktopRefusal(text().refused.input);
    },
    getSettings: state,
    setSettings({ startAtLogin, ...changes }) {
      if (startAtLogin !== undefined && startAtLogin !== autostart.isOn()) {
        try {
          autostart.set(startAtLogin);
        } catch {
          throw new DesktopRefusal(text().refused.login);
        }
      }
      settings.set(Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)));
      return state();
    },
    keystoreStatus: () => keys.status(),
    moveKey(to) {
      try {
        return keys.move(to);
      } catch (error) {
        throw new DesktopRefusal(moveProblem(error, keys.status().name, text()), { cause: error });
      }
    },
    async chooseFile(kind) {
      const { dialogs } = text();
      const titles = {
        backup: dialogs.openBackup,
        certificate: dialogs.openCertificate,
        picture: dialogs.openPicture,
        any: dialogs.open,
      };
      const { filePaths } = await dialog.showOpenDialog({
        title: titles[kind],
        properties: ['openFile'],
        filters: filtersOf(kind, text()),
      });
      return filePaths[0];
    },
    async saveFile(kind, suggestedName) {
      const { dialogs } = text();
      const { filePath, canceled } = await dialog.showSaveDialog({
        title: kind === 'backup' ? dialogs.saveBackup : dialogs.save,
        defaultPath: join(folders.downloads, suggestedName),
        filters: filtersOf(kind, text()),
      });
      if (canceled || !filePath) return undefined;
      deps.expectDownload(suggestedName, filePath);
      return filePath;
    },
    async showFolder(which) {
      if ((await deps.showFolder(folders[which])) !== '') throw new DesktopRefusal(text().refused.folder);
    },
    restartEngine: deps.restartEngine,
  };
}

function moveProblem(error: unknown, keystoreName: string, { keystore, pages }: Text): string {
  if (error instanceof CannotMove) return error.message;
  if (error instanceof SealedKeyBroken) return pages.keyBrokenFile(error.file);
  if (error instanceof KeystoreRefuses) {
    return error.isThere ? pages.keystoreRefused(keystoreName) : pages.keystoreGone(keystoreName);
  }
  return keystore.sealFailed;
}

function filtersOf(kind: FileKind, { dialogs }: Text): FileFilter[] {
  const all = { name: dialogs.allFiles, extensions: ['*'] };
  const own: Record<FileKind, FileFilter[]> = {
    backup: [{ name: dialogs.backupFiles, extensions: ['backup'] }],
    certificate: [{ name: dialogs.pemFiles, extensions: ['pem', 'crt', 'cer', 'key'] }],
    picture: [{ name: dialogs.pictures, extensions: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif'] }],
    any: [],
  };
  return [...own[kind], all];
}
