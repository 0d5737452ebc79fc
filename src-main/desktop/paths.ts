import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The folder of the engine's data, the same one that the CLI takes. `BOTMOTHER_DATA_DIR` wins. */
export function dataDir(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env.BOTMOTHER_DATA_DIR) return resolve(env.BOTMOTHER_DATA_DIR);
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Botmother');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Botmother Data');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'botmother');
}

/** Electron's own profile: caches and window state, nothing that anybody would miss, so never in the data folder. */
export function profileDir(appData: string, platform: NodeJS.Platform = process.platform): string {
  return join(appData, platform === 'linux' ? 'botmother' : 'Botmother');
}

/**
 * The engine's program: next to ours. A program under development may run another one (tests do), an installed one
 * may not: whoever sets the environment would choose what it runs.
 */
export function engineEntry(distDir: string, env: NodeJS.ProcessEnv, isPackaged: boolean): string {
  if (!isPackaged && env.BOTMOTHER_ENGINE_ENTRY) return resolve(env.BOTMOTHER_ENGINE_ENTRY);
  return join(distDir, 'engine.js');
}

/** A Node of version 24 or newer is missing; `message` says what to do. */
export class NodeMissing extends Error {}

interface NodeSearch {
  env: NodeJS.ProcessEnv;
  isPackaged: boolean;
  /** Where an installed app has its resources. */
  resourcesPath: string;
  resolvePackage?: (name: string) => string;
  platform?: NodeJS.Platform;
  arch?: string;
}

/**
 * A Node for the engine, for an Electron whose own is too old: the one that was packed with the app, or that npm
 * installed for this machine. Under development another may be named, for the same reason as above.
 */
export function nodeProgram({
  env,
  isPackaged,
  resourcesPath,
  resolvePackage = createRequire(import.meta.url).resolve,
  platform = process.platform,
  arch = process.arch,
}: NodeSearch): string {
  if (!isPackaged && env.BOTMOTHER_NODE) return resolve(env.BOTMOTHER_NODE);
  const program = platform === 'win32' ? 'node.exe' : 'node';
  const packed = join(resourcesPath, program);
  if (isPackaged && existsSync(packed)) return packed;
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  try {
    const installed = join(dirname(resolvePackage(`${name}/package.json`)), 'bin', program);
    if (existsSync(installed)) return installed;
  } catch {
    // Not installed: said below, in words.
  }
  throw new NodeMissing(
    `The engine needs Node 24, and the package ${name} is not installed. ` +
      'Run npm install again, or name a Node 24 in BOTMOTHER_NODE.',
  );
}
