import { setTimeout as wait } from 'node:timers/promises';
import { Ring, type RingOptions } from '../../faults/support/ring.ts';
import { until } from '../../support/until.ts';
import { ownCpuMs } from '../support/cpu.ts';

/** The process that bench:sessions measures: one pool with all sessions. It does what its parent says, one at a time. */
export type Order =
  | { do: 'start'; options: RingOptions }
  | { do: 'round'; name: string }
  | { do: 'settle' }
  | { do: 'measure'; ms: number }
  | { do: 'expect-outage' }
  | { do: 'all-away' }
  | { do: 'all-back' };

export interface Report {
  /** Unix milliseconds when it was done. */
  atMs: number;
  /** After `measure`. */
  rssBytes?: number;
  heapBytes?: number;
  /** CPU time over wall time. */
  cpuShare?: number;
  /** After `settle`. */
  problems?: string[];
  messages?: number;
  copies?: number;
}

const WITHIN_MS = 120_000;
let ring: Ring | undefined;

async function obey(order: Order): Promise<Omit<Report, 'atMs'>> {
  if (order.do === 'start') ring = new Ring(order.options);
  const current = ring;
  if (!current) throw new Error('not started');
  switch (order.do) {
    case 'start':
    case 'all-back':
      await until('all to be online', () => current.areAllOnline, WITHIN_MS);
      return {};
    case 'round':
      current.round(order.name);
      return {};
    case 'settle':
      await until('the ledger', () => current.isComplete, WITHIN_MS).catch(() => undefined);
      return { problems: current.problems(), ...current.counts() };
    case 'measure':
      return measure(order.ms);
    case 'expect-outage':
      current.expectOutage();
      return {};
    case 'all-away':
      await until('all to notice', () => current.wereAllAway, WITHIN_MS);
      return {};
  }
}

async function measure(ms: number): Promise<Omit<Report, 'atMs'>> {
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc?.();
    await wait(50);
  }
  const { rss, heapUsed } = process.memoryUsage();
  const [cpuBeforeMs, startedMs] = [ownCpuMs(), performance.now()];
  await wait(ms);
  const cpuShare = (ownCpuMs() - cpuBeforeMs) / (performance.now() - startedMs);
  return { rssBytes: rss, heapBytes: heapUsed, cpuShare };
}

process.on('message', (order: Order) => {
  obey(order).then(
    (report) => process.send?.({ ...report, atMs: Date.now() }),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
