import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopEverything } from '../../../scripts/lib/processes.mjs';
import { machine, type Spread } from './report.ts';

export interface BenchContext {
  /** Goes with the bench. */
  folder: string;
  /** Runs at the end, the last first. */
  onEnd(close: () => unknown): void;
}

export interface BenchOutcome {
  /** Joined to the one JSON line on stdout. */
  result: Record<string, unknown>;
  /** For people, on stderr. */
  summary: string[];
  /** Whether the targets are met. */
  isGood: boolean;
}

/** Runs one bench within its time and ends the process: status 1 when a target is missed or something was wrong. */
export async function runBench(
  name: string,
  limitMs: number,
  main: (context: BenchContext) => Promise<BenchOutcome>,
): Promise<never> {
  const folder = mkdtempSync(join(tmpdir(), 'botmother-bench-'));
  const closers: (() => unknown)[] = [];
  const { promise: outOfTime, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`did not end within ${limitMs / 1_000} s`)), limitMs);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error(signal)));
  let status = 1;
  try {
    const { result, summary, isGood } = await Promise.race([
      main({ folder, onEnd: (close) => closers.push(close) }),
      outOfTime,
    ]);
    process.stdout.write(`${JSON.stringify({ bench: name, ...result, machine: machine() })}\n`);
    process.stderr.write(`${summary.join('\n')}\n`);
    status = isGood ? 0 : 1;
  } catch (error) {
    process.stderr.write(`bench:${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  } finally {
    clearTimeout(timer);
    for (const close of closers.reverse()) await Promise.resolve(close()).catch(() => undefined);
    await stopEverything();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  process.exit(status);
}

/** "5.1 (4.9-5.3)". */
export const shown = ({ median, min, max }: Spread): string => `${median} (${min}-${max})`;
