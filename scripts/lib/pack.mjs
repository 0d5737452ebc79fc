import { dirname } from 'node:path';
import { tool } from './checks.mjs';
import { Problem } from './problem.mjs';

const NODE = process.platform === 'win32' ? 'node.exe' : 'node';

/**
 * Runs electron-builder on what is built, with the Electron that is here.
 * @param {import('./electron-runtime.d.mts').ElectronRuntime} runtime
 * @param {string[]} wanted what electron-builder takes; nothing: a folder with the app for this platform
 */
export async function packApp(runtime, wanted) {
  const isAsked = wanted.some((word) => !word.startsWith('-c'));
  const what = isAsked ? wanted : [ownPlatform(), '--dir', ...wanted];
  const fixed = ['-c.npmRebuild=false', '--publish', 'never'];
  const status = await tool('electron-builder/cli.js', [...what, ...flagsFor(runtime), ...fixed]);
  if (status !== 0) throw new Problem('electron-builder failed; its words are above.');
}

/**
 * The Electron that is here, instead of one that electron-builder would fetch. The Node of the test runtime is too old
 * for the engine: a newer one is packed with it, which reads real files only.
 * @param {import('./electron-runtime.d.mts').ElectronRuntime} runtime
 */
function flagsFor({ executable, electronVersion, kind }) {
  const flags = [`-c.electronDist=${dirname(executable)}`, `-c.electronVersion=${electronVersion}`];
  if (kind !== 'test-runtime') return flags;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return [
    ...flags,
    '-c.asar=false',
    '-c.electronFuses.onlyLoadAppFromAsar=false',
    `-c.extraResources.from=node_modules/node-${platform}-${process.arch}/bin/${NODE}`,
    `-c.extraResources.to=${NODE}`,
  ];
}

function ownPlatform() {
  if (process.platform === 'win32') return '--win';
  return process.platform === 'darwin' ? '--mac' : '--linux';
}
