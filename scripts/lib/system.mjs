import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Problem } from './problem.mjs';

/**
 * @typedef {object} SystemPackage
 * @property {string} package its name in Debian
 * @property {string[]} neededBy
 * @property {string} [binary] a program of it, found by PATH or in the system's own folders
 * @property {string} [library] a shared library of it
 * @property {string} [file] any other file of it
 */

/** @type {SystemPackage[]} */
const packages = JSON.parse(readFileSync(new URL('../system-packages.json', import.meta.url), 'utf8'));

// Debian's own folders; a user's PATH often lacks those for system programs.
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * The full path of a program, or undefined.
 * @param {string} name
 * @returns {string | undefined}
 */
export function findBinary(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS].filter(Boolean);
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** @param {string} name */
function hasLibrary(name) {
  const ldconfig = findBinary('ldconfig');
  if (ldconfig === undefined) return false;
  const { stdout } = spawnSync(ldconfig, ['-p'], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return (stdout ?? '').split('\n').some((line) => line.trim().startsWith(`${name} `));
}

/** @param {SystemPackage} entry */
function isPresent({ binary, library, file }) {
  if (binary !== undefined) return findBinary(binary) !== undefined;
  if (library !== undefined) return hasLibrary(library);
  return file !== undefined && existsSync(file);
}

/**
 * Names of the packages that some of these groups need and that this machine lacks.
 * @param {readonly string[]} groups see `neededBy` in system-packages.json
 * @returns {string[]}
 */
export function missingPackages(groups) {
  return packages
    .filter(({ neededBy }) => neededBy.some((group) => groups.includes(group)))
    .filter((entry) => !isPresent(entry))
    .map((entry) => entry.package);
}

/** @param {readonly string[]} names */
export const installCommand = (names) =>
  `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;

const isRoot = () => process.getuid?.() === 0;

/**
 * Installs what is missing. Only root can; for others, and where that does not work, a `Problem` says what to do.
 * @param {readonly string[]} groups
 */
export function ensureSystemPackages(groups) {
  const missing = missingPackages(groups);
  if (missing.length === 0) return;
  const aptGet = findBinary('apt-get');
  if (!isRoot() || aptGet === undefined) {
    throw new Problem(
      aptGet === undefined
        ? `These programs are missing: ${missing.join(', ')} (their names in Debian). Install them and try again.`
        : `These packages are missing: ${missing.join(', ')}. Install them and try again:\n\n  sudo sh -c '${installCommand(missing)}'`,
    );
  }
  console.log(`Installing ${missing.join(', ')} ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  /** @param {string[]} args */
  const apt = (args) =>
    spawnSync(aptGet, args, { env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
  // A list that is a little old often still does, so a failed update alone is no reason to give up.
  apt(['update', '-q']);
  apt(['install', '-y', '-q', '--no-install-recommends', ...missing]);
  const still = missingPackages(groups);
  if (still.length > 0) {
    throw new Problem(
      `apt-get could not install ${still.join(', ')}; its words are above. Put that right, then try again.`,
    );
  }
}
