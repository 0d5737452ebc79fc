import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort, isPortFree, portHolder } from '../../../scripts/lib/ports.mjs';
import { readReport } from '../../../scripts/lib/vitest-report.mjs';

describe('a port', () => {
  it.runIf(process.platform === 'linux')('that is taken is shown with the process that has it', async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

    const found = { isFree: await isPortFree(port), pid: portHolder(port)?.pid };
    await new Promise((resolve) => server.close(resolve));
    const afterwards = { isFree: await isPortFree(port), pid: portHolder(port)?.pid };

    expect(found).toEqual({ isFree: false, pid: process.pid });
    expect(afterwards).toEqual({ isFree: true, pid: undefined });
  });
});

describe('the count of the tests', () => {
  const count = (exitStatus: number, ...testResults: object[]) => {
    const folder = mkdtempSync(join(tmpdir(), 'botmother-report-'));
    const file = join(folder, 'report.json');
    if (testResults.length > 0) writeFileSync(file, JSON.stringify({ testResults }));
    const { passed, failed, skipped } = readReport(file, exitStatus);
    rmSync(folder, { recursive: true });
    return { passed, failed, skipped };
  };
  const test = (status: string) => ({ status, fullName: `a ${status} test` });
  const file = (status: string, ...states: string[]) => ({
    name: 'a.test.ts',
    status,
    assertionResults: states.map(test),
  });

  it('is what the report says', () => {
    expect(count(1, file('failed', 'passed', 'failed'), file('passed', 'passed', 'skipped'))).toEqual({
      passed: 2,
      failed: 1,
      skipped: ['a skipped test'],
    });
  });

  it('has a failure for a file that broke before its tests, and for a run that broke', () => {
    expect(count(1, file('failed'), file('passed', 'passed'))).toMatchObject({ passed: 1, failed: 1 });
    expect(count(1, file('passed', 'passed'))).toMatchObject({ passed: 1, failed: 1 });
    expect(count(0)).toEqual({ passed: 0, failed: 1, skipped: [] });
  });
});
