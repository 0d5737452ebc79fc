import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintCheck, tool, typeChecks } from './lib/checks.mjs';
import { prepareElectronRuntime } from './lib/electron-runtime.mjs';
import { firstSignal } from './lib/first-signal.mjs';
import { build, ensureDependencies } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { Problem, runScript } from './lib/problem.mjs';
import { stopEverything } from './lib/processes.mjs';
import { ensureSystemPackages, missingPackages } from './lib/system.mjs';
import { readReport } from './lib/vitest-report.mjs';

/** What the tests of real servers, clients and windows need of the system. */
const GROUPS = [
  'server',
  'prosody',
  'client',
  'omemo',
  'guide',
  'desktop',
  'display',
  'session',
  'notifications',
  'browser',
];

const total = { passed: 0, failed: 0 };
/** @type {string[]} */
const failures = [];

/**
 * Runs one step that counts as one test, and goes on when it fails.
 * @param {string} name
 * @param {() => Promise<number | void>} work resolves with an exit status
 */
async function step(name, work) {
  const startedAt = Date.now();
  console.log(`\n== ${name}`);
  const isGood = await Promise.resolve()
    .then(work)
    .then((status) => (status ?? 0) === 0)
    .catch((error) => {
      console.log(error instanceof Problem ? error.message : error);
      return false;
    });
  if (isGood) total.passed += 1;
  else {
    total.failed += 1;
    failures.push(name);
  }
  console.log(`== ${name}: ${isGood ? 'passed' : 'FAILED'} (${secondsSince(startedAt)})`);
}

/** @param {number} startedAt */
const secondsSince = (startedAt) => `${((Date.now() - startedAt) / 1_000).toFixed(1)} s`;

/** Everybody else goes on without what is missing; the tests that need it skip themselves. */
async function systemPackages() {
  if (process.getuid?.() === 0) {
    await step('system packages', async () => ensureSystemPackages(GROUPS));
    return;
  }
  try {
    ensureSystemPackages(GROUPS);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.log(error.message);
  }
}

/**
 * @param {string} name
 * @param {string[]} words what vitest takes
 */
async function vitest(name, words) {
  const startedAt = Date.now();
  console.log(`\n== ${name}`);
  const folder = mkdtempSync(join(tmpdir(), 'botmother-test-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = await tool('vitest/vitest.mjs', ['run', ...reporters, ...words]);
  const counts = readReport(report, status);
  rmSync(folder, { recursive: true, force: true });
  total.passed += counts.passed;
  total.failed += counts.failed;
  failures.push(...counts.failures);
  console.log(`== ${name}: ${counts.passed} passed, ${counts.failed} failed (${secondsSince(startedAt)})`);
  return counts.skipped;
}

/** @param {string[]} skipped */
function explainSkipped(skipped) {
  if (skipped.length === 0) return;
  const missing = missingPackages(GROUPS);
  const why = missing.length > 0 ? `; missing on this machine: ${missing.join(', ')}` : '';
  console.log(`\nSkipped: ${skipped.length}${why}`);
  for (const name of skipped) console.log(`  - ${name}`);
}

async function everything() {
  const startedAt = Date.now();
  await ensureDependencies();
  await systemPackages();
  for (const check of typeChecks()) await step(check.name, check.run);
  const lint = lintCheck();
  await step(lint.name, lint.run);
  await step('build', build);
  // Fetched here, because it can take longer than a test may.
  if (existsSync(join(ROOT, 'test', 'e2e', 'desktop')) && missingPackages(['desktop']).length === 0) {
    await step('Electron runtime', async () => void (await prepareElectronRuntime()));
  }
  const words = process.argv.slice(2);
  const skipped = await vitest('tests', words);
  // By themselves: they play long outages in little time, which a busy machine would spoil.
  if (words.length === 0) skipped.push(...(await vitest('faults', ['-c', 'vitest.faults.config.ts'])));

  explainSkipped(skipped);
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `  - ${name}`).join('\n')}`);
  console.log(`\nTook ${secondsSince(startedAt)}.`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** npm test [-- what vitest takes, such as a file name]. */
runScript(async () => {
  const running = everything();
  const outcome = await Promise.race([running, firstSignal()]);
  if (typeof outcome === 'number') return outcome;
  running.catch(() => undefined);
  await stopEverything();
  process.exit(1);
});
