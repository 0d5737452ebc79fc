import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** What Debian calls the processors that Node names. */
const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64', arm: 'armhf', ia32: 'i386' };

/**
 * Makes a Debian package of the unpacked app and resolves with its place. electron-builder fetches a program for that,
 * which needs the network; this takes what Debian has.
 * @param {string} folder
 * @param {{ electronVersion: string }} runtime
 */
export async function makeDeb(folder, { electronVersion }) {
  // It brings no types.
  /** @type {{ default: (options: object) => Promise<unknown> }} */
  const { default: installer } = await import(/** @type {string} */ ('electron-installer-debian'));
  const { version, description } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const arch = ARCHITECTURES[/** @type {keyof typeof ARCHITECTURES} */ (process.arch)] ?? process.arch;
  // It asks both of the folder.
  writeFileSync(join(folder, 'version'), electronVersion);
  if (!existsSync(join(folder, 'LICENSE'))) copyFileSync(join(ROOT, 'LICENSE'), join(folder, 'LICENSE'));
  const dest = join(ROOT, 'release');
  await installer({
    src: folder,
    dest,
    arch,
    options: {
      name: 'botmother',
      bin: 'botmother',
      productName: 'Botmother',
      genericName: 'XMPP bots',
      description,
      productDescription: 'Make bots in your XMPP chat, and drive them over HTTP.',
      version,
      section: 'net',
      maintainer: 'Botmother <botmother@localhost>',
      categories: ['Network', 'InstantMessaging'],
      mimeType: ['x-scheme-handler/xmpp'],
      icon: {
        '256x256': join(ROOT, 'resources', 'icon-256.png'),
        '512x512': join(ROOT, 'resources', 'icon-512.png'),
      },
      // For the keystore and for notifications.
      depends: ['libsecret-1-0', 'libnotify4'],
      recommends: ['gnome-keyring | kwalletmanager'],
      compression: 'gzip',
    },
  });
  return join(dest, `botmother_${version}_${arch}.deb`);
}
