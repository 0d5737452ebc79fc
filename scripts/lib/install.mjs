import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';
import { run } from './processes.mjs';

const NEEDED_NODE = 24;

/** @param {string} path */
const changedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** Brings node_modules to what package-lock.json says, if it is not there already. */
export async function ensureDependencies() {
  const installed = join(ROOT, 'node_modules', '.package-lock.json');
  if (changedAt(installed) >= changedAt(join(ROOT, 'package-lock.json'))) return;
  console.log('Installing the dependencies (npm ci) ...');
  const [npm, args] = npmCommand();
  // Its warnings would be about the Node that npm runs on; the program has its own.
  if ((await run(npm, [...args, 'ci', '--loglevel=error'], { cwd: ROOT })) !== 0) {
    throw new Problem(
      'npm could not install the dependencies; its words are above. Put that right, then try again.',
    );
  }
  // npm leaves the file as it was when nothing had to change.
  if (existsSync(installed)) utimesSync(installed, new Date(), new Date());
}

/**
 * How to call npm: the very one that runs this script, if one does.
 * @returns {[string, string[]]}
 */
export function npmCommand() {
  const { npm_execpath: script, npm_node_execpath: node } = process.env;
  if (script?.endsWith('npm-cli.js') && existsSync(script)) return [node ?? process.execPath, [script]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/** The Node that the program itself runs on: this one if it is new enough, else the one among the dependencies. */
export function node24() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_NODE) return process.execPath;
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const binary = join(ROOT, 'node_modules', `node-${platform}`, 'bin', name);
  if (existsSync(binary)) return binary;
  throw new Problem(
    `Botmother runs on Node ${NEEDED_NODE}, this is ${process.versions.node}, and there is no package with Node for ` +
      `${platform} in node_modules. Install Node ${NEEDED_NODE} or newer from https://nodejs.org and try again ` +
      '(or run npm ci again if optional dependencies were left out).',
  );
}

/**
 * Environment for programs that look for `node` by PATH: they find Node 24.
 * @returns {NodeJS.ProcessEnv}
 */
export function node24Env() {
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, PATH: [dirname(node24()), process.env.PATH ?? ''].join(separator) };
}

const BUILT = join(ROOT, 'dist', '.built');
const PASSES = ['main', 'preload', 'renderer'].map((name) => `vite.${name}.config.ts`);
const SOURCES = [
  'src-shared',
  'src-main',
  'src-renderer',
  'migrations',
  'package.json',
  'package-lock.json',
  ...PASSES,
];

/** Builds dist/ from what is there to build. */
export async function build() {
  const configs = PASSES.filter((config) => existsSync(join(ROOT, config)));
  if (configs.length === 0) throw new Problem(`There is nothing to build: ${PASSES.join(', ')} are missing.`);
  const startedAt = new Date();
  for (const config of configs) {
    const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
    const args = [vite, 'build', '--config', config, '--logLevel', 'warn'];
    if ((await run(node24(), args, { cwd: ROOT, env: node24Env() })) !== 0) {
      throw new Problem(`The build failed (${config}); the reason is above.`);
    }
  }
  writeFileSync(BUILT, '');
  // A source that is saved during the build counts as newer.
  utimesSync(BUILT, startedAt, startedAt);
}

/** Builds only when a source is newer than the last build. */
export async function ensureBuild() {
  if (SOURCES.every((source) => newestUnder(join(ROOT, source)) <= changedAt(BUILT))) return;
  console.log('Building ...');
  await build();
}

/**
 * @param {string} path
 * @returns {number}
 */
function newestUnder(path) {
  if (!existsSync(path)) return 0;
  if (!statSync(path).isDirectory()) return changedAt(path);
  const inside = readdirSync(path).map((name) => newestUnder(join(path, name)));
  return Math.max(changedAt(path), ...inside);
}
