import { join } from 'node:path';
import { startProcess } from '../../../scripts/lib/processes.mjs';

const cli = join(import.meta.dirname, '../../../dist/main/cli.js');

/** Starts `botmother serve` on a port without waiting for anything. */
export const serve = (dataDir: string, port: number) =>
  startProcess(process.execPath, [cli, 'serve', '--port', String(port), '--data-dir', dataDir], {
    stdout: 'pipe',
    stderr: 'pipe',
    env: { PATH: process.env.PATH, HOME: dataDir },
  });

/** The value at that share of the sorted values: 0.5 is the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
