import { contextBridge } from 'electron';

/** Put in by the build. */
declare const BOTMOTHER_VERSION: string;

/** What a page in the window has on top of what it has in a browser. */
export interface DesktopBridge {
  platform: NodeJS.Platform;
  version: string;
}

const desktop: DesktopBridge = { platform: process.platform, version: BOTMOTHER_VERSION };
contextBridge.exposeInMainWorld('desktop', desktop);
