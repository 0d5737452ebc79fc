import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ApiMode } from '../engine/settings/api-door.ts';

export interface Config {
  dataDir: string;
  /** From the command line or the environment; undefined: the setting decides. */
  port: number | undefined;
  /** The same. */
  mode: ApiMode | undefined;
  /** Where the data key is; undefined: in the data folder. */
  keyFile: string | undefined;
  logLevel: string;
}

/** A value that a person gave at start and that cannot be used; `message` says what to do. */
export class BadConfig extends Error {}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** The platform's place for a program's data: `~/.local/share/botmother` and its equals. */
export function defaultDataDir(
  env: NodeJS.ProcessEnv,
  platform = process.platform,
  home = homedir(),
): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Botmother');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Botmother Data');
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'botmother');
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  // 0: any free one, for tests.
  if (!/^\d+$/.test(text) || port > 65_535 || (port > 0 && port < 1_024))
    throw new BadConfig(`"${text}" is not a port. Use 1024 to 65535.`);
  return port;
}

function modeOf(text: string | undefined): ApiMode | undefined {
  if (text === undefined || text === '') return undefined;
  if (text === 'local' || text === 'network') return text;
  throw new BadConfig(`"${text}" is not a mode. Use local or network.`);
}

/** A path as the person meant it: npm runs scripts in the project's folder and tells where it was called. */
export const fromHere = (path: string, env: NodeJS.ProcessEnv): string => resolve(env.INIT_CWD ?? '.', path);

/** Reads flags first, then the environment; both are read here and nowhere else. */
export function readConfig(
  flags: { 'data-dir'?: string | undefined; port?: string | undefined; mode?: string | undefined },
  env: NodeJS.ProcessEnv,
): Config {
  if (flags['data-dir'] === '') throw new BadConfig('--data-dir needs the name of a folder.');
  const logLevel = env.BOTMOTHER_LOG_LEVEL || 'info';
  if (!LOG_LEVELS.includes(logLevel)) {
    throw new BadConfig(`BOTMOTHER_LOG_LEVEL is "${logLevel}". Use one of: ${LOG_LEVELS.join(', ')}.`);
  }
  return {
    dataDir: fromHere(flags['data-dir'] ?? (env.BOTMOTHER_DATA_DIR || defaultDataDir(env)), env),
    port: portOf(flags.port ?? env.BOTMOTHER_PORT),
    mode: modeOf(flags.mode ?? env.BOTMOTHER_MODE),
    keyFile: env.BOTMOTHER_KEY_FILE ? fromHere(env.BOTMOTHER_KEY_FILE, env) : undefined,
    logLevel,
  };
}
