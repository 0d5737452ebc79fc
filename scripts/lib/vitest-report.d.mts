export interface Counts {
  passed: number;
  failed: number;
  /** What failed. */
  failures: string[];
  /** What did not run. */
  skipped: string[];
}

/** Counts the tests in vitest's JSON report; a run without a report, or without a passed test, has failed. */
export function readReport(file: string, exitStatus: number): Counts;
