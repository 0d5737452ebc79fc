import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { node24, node24Env } from './install.mjs';
import { ROOT } from './paths.mjs';
import { run } from './processes.mjs';

const PROJECTS = ['.', 'src-renderer', 'scripts'];

/** The type checks, one per tsconfig.json that is there. */
export const typeChecks = () =>
  PROJECTS.filter((project) => existsSync(join(ROOT, project, 'tsconfig.json'))).map((project) => ({
    name: `types (${project})`,
    run: () => tool('typescript/bin/tsc', ['-p', project, '--noEmit']),
  }));

export const lintCheck = () => ({
  name: 'lint',
  // Left alone, it colours every letter of a log file.
  run: () => tool('@biomejs/biome/bin/biome', ['ci', ...(process.stdout.isTTY ? [] : ['--colors=off']), '.']),
});

/**
 * Runs a tool of node_modules on Node 24 and resolves with its exit status.
 * @param {string} script
 * @param {string[]} args
 */
export const tool = (script, args) =>
  run(node24(), [join(ROOT, 'node_modules', ...script.split('/')), ...args], { cwd: ROOT, env: node24Env() });
