/**
 * What the desktop app gives its page on top of what a browser has: `window.desktop`. In a browser it is absent, and
 * the page works without. Every call is checked by the program behind it; a refusal rejects with words for people.
 */
export interface DesktopBridge {
  readonly platform: DesktopPlatform;
  readonly version: string;
  /**
   * Shows a notification of the system; a click on it brings the window forward and opens the route. Resolves with
   * false where notifications are switched off or the system has none.
   */
  notify(note: DesktopNote): Promise<boolean>;
  /** What waits unread: on the icon of the app where the platform has a place for it, and in the tray. 0 takes it away. */
  setBadge(unread: number): Promise<void>;
  /**
   * Tells where the app was asked to go: by a notification, an `xmpp:` link, the menu or the tray. One listener; who
   * was asked before there was one is told at once. Returns the function that ends it.
   */
  onOpenRoute(listener: (route: string) => void): () => void;
  /** Opens an https: or mailto: address in the program that the person uses for it. */
  openExternal(url: string): Promise<void>;
  /** What the page wants to find again at its next start, on this machine: its own storage is new at each. */
  readonly kept: {
    get(): Promise<Readonly<Record<string, string>>>;
    /** `name` in small letters and hyphens. */
    set(name: string, value: string): Promise<void>;
  };
  readonly settings: {
    get(): Promise<DesktopState>;
    /** Changes what is given, at once. Resolves with all of it. */
    set(changes: Partial<DesktopSettings>): Promise<DesktopState>;
    /** Told when a setting changes elsewhere, such as the zoom by a key. */
    onChange(listener: (state: DesktopState) => void): () => void;
  };
  /** Where the key is that everything in the database is sealed with. */
  readonly keystore: {
    status(): Promise<KeystoreStatus>;
    /** Moves the key; the engine runs on meanwhile. */
    move(to: 'keystore' | 'file'): Promise<KeystoreStatus>;
  };
  /** Asks for a file to open; resolves with its full path, or undefined when nothing was chosen. */
  chooseFile(kind: FileKind): Promise<string | undefined>;
  /** Asks where to save; what is downloaded next under that name goes there without another question. */
  saveFile(kind: FileKind, suggestedName: string): Promise<string | undefined>;
  /** Shows a folder in the file manager. */
  showFolder(which: 'data' | 'logs'): Promise<void>;
  /** Stops the engine in good order and starts it again; the page comes back by itself and keeps its place. */
  restartEngine(): Promise<void>;
}

export type DesktopPlatform = 'linux' | 'darwin' | 'win32';
export type FileKind = 'backup' | 'certificate' | 'picture' | 'any';

export interface DesktopNote {
  title: string;
  body: string;
  /** Path of the page to open at a click, as the address has it: `/app/chats/bot@server.example`. */
  route?: string | undefined;
  /** A newer one with the same tag takes the place of the older. */
  tag?: string | undefined;
  isSilent?: boolean | undefined;
}

export interface DesktopSettings {
  /** Goes on running when the window is closed. */
  background: boolean;
  startAtLogin: boolean;
  notifications: boolean;
  spellcheck: boolean;
  /** 1 is the normal size. */
  zoom: number;
}

export interface DesktopState extends DesktopSettings {
  /** Without a tray, an app that runs without a window shows nothing; starting it again brings the window back. */
  hasTray: boolean;
  hasNotifications: boolean;
  /** Whether the system can be told to start the app at login. */
  canStartAtLogin: boolean;
}

export interface KeystoreStatus {
  /** `given`: BOTMOTHER_KEY_FILE names the file, and nothing is moved. `none`: there is no key yet. */
  place: 'keystore' | 'file' | 'given' | 'none';
  /** Whether this system has a keystore that protects what is in it. */
  isAvailable: boolean;
  /** The keystore by its name, for people. */
  name: string;
  /** Where the key could be moved to now; null: nowhere. */
  canMoveTo: 'keystore' | 'file' | null;
}

/** What the page asks the program, by name: the preload sends it, the program answers it. */
export interface DesktopCalls {
  notify(note: DesktopNote): boolean;
  setBadge(unread: number): void;
  openExternal(url: string): void;
  getKept(): Readonly<Record<string, string>>;
  keep(name: string, value: string): void;
  getSettings(): DesktopState;
  setSettings(changes: Partial<DesktopSettings>): DesktopState;
  keystoreStatus(): KeystoreStatus;
  moveKey(to: 'keystore' | 'file'): KeystoreStatus;
  chooseFile(kind: FileKind): string | undefined;
  saveFile(kind: FileKind, suggestedName: string): string | undefined;
  showFolder(which: 'data' | 'logs'): void;
  restartEngine(): void;
}

declare global {
  interface Window {
    /** In the desktop app only. */
    readonly desktop?: DesktopBridge;
  }
}
