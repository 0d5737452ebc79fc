import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** When what was opened is closed: `onTestFinished` for one test, `afterAll` for those of a file. */
export type AtEnd = (close: () => Promise<void> | void) => void;

/** A folder of the test's own that goes with it. */
export function testFolder(atEnd: AtEnd = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'botmother-test-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
