import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ status: string, fullName: string }} TestResult */
/** @typedef {{ name: string, status: string, assertionResults: TestResult[] }} FileResult */

/**
 * Counts the tests in vitest's JSON report. A file that failed before its tests, and a run that failed without any
 * failed test (or without a report at all), count as one failure each.
 * @param {string} file
 * @param {number} exitStatus
 * @returns {import('./vitest-report.d.mts').Counts}
 */
export function readReport(file, exitStatus) {
  /** @type {{ testResults: FileResult[] }} */
  const { testResults } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { testResults: [] };
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  /** @param {string[]} states */
  const namesOf = (...states) =>
    tests.filter(({ status }) => states.includes(status)).map(({ fullName }) => fullName);

  const failures = namesOf('failed');
  for (const { name, status, assertionResults } of testResults) {
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed'))
      failures.push(name);
  }
  const passed = namesOf('passed').length;
  if (failures.length === 0 && (exitStatus !== 0 || passed === 0)) {
    failures.push(passed === 0 ? 'vitest reported no passed test' : `vitest ended with status ${exitStatus}`);
  }
  return {
    passed,
    failed: failures.length,
    failures,
    skipped: namesOf('pending', 'skipped', 'todo', 'disabled'),
  };
}
