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

/** The Node program that npm installed for this machine, for an Electron whose own Node is too old. */
export function nodeProgram(
  env: NodeJS.ProcessEnv,
  resolvePackage: (name: string) => string = createRequire(import.meta.url).resolve,
  platform: NodeJS.Platform = process.platform,
  arch: string = process.arch,
): string {
  if (env.BOTMOTHER_NODE) return resolve(env.BOTMOTHER_NODE);
  const name = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  try {
    const folder = dirname(resolvePackage(`${name}/package.json`));
    const program = join(folder, 'bin', platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(program)) return program;
  } catch {
    // Not installed: said below, in words.
  }
  throw new NodeMissing(
    `The engine needs Node 24, and the package ${name} is not installed. ` +
      'Run npm install again, or name a Node 24 in BOTMOTHER_NODE.',
  );
}
