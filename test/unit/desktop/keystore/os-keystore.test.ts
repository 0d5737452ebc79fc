import { expect, it } from 'vitest';
import { chooseKeystore } from '../../../../src-main/desktop/keystore/choose-keystore.ts';
import { osKeystore } from '../../../../src-main/desktop/keystore/os-keystore.ts';

type Backend = ReturnType<Parameters<typeof osKeystore>[0]['getSelectedStorageBackend']>;

const store = (backend: Backend, isEncryptionAvailable = true) => ({
  isEncryptionAvailable: () => isEncryptionAvailable,
  getSelectedStorageBackend: () => backend,
  encryptString: (text: string) => Buffer.from(text),
  decryptString: (bytes: Buffer) => bytes.toString(),
});

it.each([
  ['linux', 'gnome_libsecret', true],
  ['linux', 'kwallet6', true],
  ['linux', 'basic_text', false],
  ['linux', 'unknown', false],
  ['darwin', 'unknown', true],
  ['win32', 'unknown', true],
] as const)('on %s, %s counts as a keystore: %s', (platform, backend, expected) => {
  expect(osKeystore(store(backend), platform).isAvailable()).toBe(expected);
  expect(osKeystore(store(backend, false), platform).isAvailable()).toBe(false);
});

it.each([
  [
    'a desktop that is not known, with a keystore',
    { XDG_CURRENT_DESKTOP: 'sway' },
    true,
    ['gnome-libsecret'],
  ],
  ['a desktop that is not known, without one', { XDG_CURRENT_DESKTOP: 'sway' }, false, []],
  ['a desktop that is known', { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' }, true, []],
])('asks for the Secret Service on %s', (_, env, isThere, expected) => {
  const chosen: string[] = [];
  const commandLine = {
    hasSwitch: () => false,
    appendSwitch: (_name: string, value?: string) => void chosen.push(value ?? ''),
  };

  chooseKeystore(commandLine, env, 'linux', () => isThere);

  expect(chosen).toEqual(expected);
});
