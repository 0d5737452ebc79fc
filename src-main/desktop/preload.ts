import { contextBridge, ipcRenderer } from 'electron';
import type {
  DesktopBridge,
  DesktopCalls,
  DesktopPlatform,
  DesktopState,
} from '../../src-shared/desktop-bridge.ts';
import type { Answer } from './ipc.ts';

/** Put in by the build. */
declare const BOTMOTHER_VERSION: string;

async function ask<K extends keyof DesktopCalls>(
  name: K,
  ...args: Parameters<DesktopCalls[K]>
): Promise<ReturnType<DesktopCalls[K]>> {
  const answer: Answer<ReturnType<DesktopCalls[K]>> = await ipcRenderer.invoke(`desktop:${name}`, ...args);
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

function listen<T>(channel: string, listener: (value: T) => void): () => void {
  // The event itself would give the page a way to send.
  const hear = (_event: unknown, value: T) => listener(value);
  ipcRenderer.on(channel, hear);
  return () => void ipcRenderer.off(channel, hear);
}

const desktop: DesktopBridge = {
  platform: process.platform as DesktopPlatform,
  version: BOTMOTHER_VERSION,
  notify: (note) => ask('notify', note),
  setBadge: (unread) => ask('setBadge', unread),
  onOpenRoute(listener) {
    const end = listen<string>('desktop:open-route', listener);
    ipcRenderer.send('desktop:listening', true);
    return () => {
      ipcRenderer.send('desktop:listening', false);
      end();
    };
  },
  openExternal: (url) => ask('openExternal', url),
  kept: {
    get: () => ask('getKept'),
    set: (name, value) => ask('keep', name, value),
  },
  settings: {
    get: () => ask('getSettings'),
    set: (changes) => ask('setSettings', changes),
    onChange: (listener) => listen<DesktopState>('desktop:settings-changed', listener),
  },
  keystore: {
    status: () => ask('keystoreStatus'),
    move: (to) => ask('moveKey', to),
  },
  chooseFile: (kind) => ask('chooseFile', kind),
  saveFile: (kind, suggestedName) => ask('saveFile', kind, suggestedName),
  showFolder: (which) => ask('showFolder', which),
  restartEngine: () => ask('restartEngine'),
};
contextBridge.exposeInMainWorld('desktop', desktop);
