import type { SafeStorage } from 'electron';

/** The keystore of the system. */
export interface Keystore {
  /** Whether what is sealed is protected by more than the program itself. */
  isAvailable(): boolean;
  /** By its name, for people. */
  name(): string;
  /** Both throw when the keystore does not answer or does not know the key. */
  seal(secret: string): Buffer;
  open(sealed: Buffer): string;
}

const LINUX_NAMES: Record<string, string> = {
  gnome_libsecret: 'GNOME Keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
};

/**
 * Electron's safeStorage: Keychain, DPAPI, Secret Service or KWallet. On Linux without one of the two it would seal with
 * a password that is in the program (`basic_text`), which counts as none. May be asked once the app is ready.
 */
export function osKeystore(
  safeStorage: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
  >,
  platform: NodeJS.Platform = process.platform,
): Keystore {
  const backend = () => (platform === 'linux' ? safeStorage.getSelectedStorageBackend() : undefined);
  return {
    isAvailable: () =>
      safeStorage.isEncryptionAvailable() &&
      (platform !== 'linux' || Object.hasOwn(LINUX_NAMES, backend() ?? '')),
    name() {
      if (platform === 'darwin') return 'Keychain';
      if (platform === 'win32') return 'Windows (DPAPI)';
      return LINUX_NAMES[backend() ?? ''] ?? 'Secret Service';
    },
    seal: (secret) => safeStorage.encryptString(secret),
    open: (sealed) => safeStorage.decryptString(sealed),
  };
}
