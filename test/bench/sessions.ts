import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Ejabberd, startEjabberd } from '../../scripts/lib/ejabberd.mjs';
import { benchFleet } from './fleet.ts';
import type { Order, Report } from './peers/session-host.ts';
import { PASSWORD, registerAll } from './support/accounts.ts';
import { runBench, shown } from './support/bench.ts';
import { requireOpenFiles } from './support/file-limit.ts';
import { rounded, type Spread, spreadOf } from './support/report.ts';

/**
 * bench:sessions: what a session costs that is there and idle, how long many take to come online, and to come back when
 * the server restarts. Each number of sessions gets a fresh process; the ledger has to be complete each time.
 */
const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '50,100,200,500' },
    runs: { type: 'string', default: '3' },
    idle: { type: 'string' },
    omemo: { type: 'boolean', default: false },
  },
});
const SIZES = values.n.split(',').map(Number);
const RUNS = Number(values.runs);
const IDLE_MS = Number(values.idle ?? (values.omemo ? 60 : 10)) * 1_000;
const MAXIMUM_KB = 160;
const MAXIMUM_BACK_SECONDS = 30;
/** Up to so many sessions the time to be back is a target. */
const BACK_TARGET_UP_TO = 200;

interface Figures {
  onlineSeconds: number;
  rssKb: number;
  heapKb: number;
  idleCpuPercent: number;
  /** From the moment the server answers again until the last session is online. */
  backSeconds: number;
  copies: number;
}

/** Gives orders to a fresh process and waits for each answer. */
function startHost(): { order: (order: Order) => Promise<Report>; child: ChildProcess } {
  const child = fork(join(import.meta.dirname, 'peers/session-host.ts'), {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const order = (what: Order) =>
    new Promise<Report>((resolve, reject) => {
      const onExit = () => reject(new Error(`the process with the sessions ended at "${what.do}"`));
      child.once('exit', onExit);
      child.once('message', (report) => {
        child.off('exit', onExit);
        resolve(report as Report); // the other side of the pipe is session-host.ts
      });
      child.send(what);
    });
  return { order, child };
}

async function measure(
  server: Ejabberd,
  jids: string[],
  onEnd: (close: () => unknown) => void,
): Promise<Figures> {
  const { order, child } = startHost();
  onEnd(() => child.kill('SIGKILL'));
  const settle = async () => {
    const { problems = [], messages = 0, copies = 0 } = await order({ do: 'settle' });
    if (problems.length > 0) throw new Error(`the ledger is wrong:\n  ${problems.slice(0, 10).join('\n  ')}`);
    return { messages, copies };
  };

  const startedMs = Date.now();
  const ca = readFileSync(server.caFile, 'utf8');
  const options = { jids, password: PASSWORD, service: server.service, ca };
  const online = await order({ do: 'start', options });
  await order({ do: 'round', name: 'before' });
  await settle();
  const { rssBytes = 0, heapBytes = 0, cpuShare = 0 } = await order({ do: 'measure', ms: IDLE_MS });

  await order({ do: 'expect-outage' });
  await server.stop();
  await order({ do: 'all-away' });
  await server.restart();
  const answeredMs = Date.now();
  const back = await order({ do: 'all-back' });
  await order({ do: 'round', name: 'after' });
  const { messages, copies } = await settle();
  if (messages !== jids.length * 2) throw new Error(`${messages} messages instead of ${jids.length * 2}`);
  child.disconnect();
  return {
    onlineSeconds: (online.atMs - startedMs) / 1_000,
    rssKb: rssBytes / 1_024,
    heapKb: heapBytes / 1_024,
    idleCpuPercent: cpuShare * 100,
    backSeconds: (back.atMs - answeredMs) / 1_000,
    copies,
  };
}

/** Least squares: what one session more adds. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (pick: 0 | 1) => points.reduce((sum, point) => sum + point[pick], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return above / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

if (values.omemo) await benchFleet({ sizes: SIZES, runs: RUNS, idleMs: IDLE_MS });

const limitMs = 120_000 + RUNS * SIZES.reduce((sum, size) => sum + IDLE_MS + 90_000 + size * 100, 0);
await runBench('sessions', limitMs, async ({ folder, onEnd }) => {
  if (SIZES.length < 2 || SIZES.some((size) => !Number.isInteger(size) || size < 2))
    throw new Error('--n wants at least two numbers of sessions, such as 50,100,200,500');
  const most = Math.max(...SIZES);
  requireOpenFiles(most + 300);
  const server = await startEjabberd({ dir: join(folder, 'ejabberd'), settings: { archive: false } });
  onEnd(() => server.kill());
  const jids = await registerAll(server, 'many', most);

  const runs: Figures[][] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const figures: Figures[] = [];
    for (const size of SIZES) figures.push(await measure(server, jids.slice(0, size), onEnd));
    runs.push(figures);
  }

  const slope = (pick: (figures: Figures) => number): Spread =>
    spreadOf(runs.map((figures) => slopeOf(figures.map((one, at) => [SIZES[at] ?? 0, pick(one)] as const))));
  const rssSlopeKb = rounded(
    slope(({ rssKb }) => rssKb),
    1,
  );
  const heapSlopeKb = rounded(
    slope(({ heapKb }) => heapKb),
    1,
  );
  const sizes = SIZES.map((sessions, at) => {
    const of = (pick: (figures: Figures) => number, digits: number) =>
      rounded(spreadOf(runs.flatMap((figures) => figures.slice(at, at + 1).map(pick))), digits);
    return {
      sessions,
      onlineSeconds: of(({ onlineSeconds }) => onlineSeconds, 2),
      rssMb: of(({ rssKb }) => rssKb / 1_024, 1),
      idleCpuPercent: of(({ idleCpuPercent }) => idleCpuPercent, 2),
      backSeconds: of(({ backSeconds }) => backSeconds, 1),
      copies: of(({ copies }) => copies, 0),
    };
  });
  const isBackInTime = sizes.every(
    ({ sessions, backSeconds }) => sessions > BACK_TARGET_UP_TO || backSeconds.median <= MAXIMUM_BACK_SECONDS,
  );
  return {
    result: { runs: RUNS, idleMs: IDLE_MS, rssSlopeKb, heapSlopeKb, sizes },
    summary: [
      `memory per session  ${shown(rssSlopeKb)} KB of RSS (at most ${MAXIMUM_KB}), ${shown(heapSlopeKb)} KB of it JavaScript`,
      ...sizes.map(
        ({ sessions, onlineSeconds, rssMb, idleCpuPercent, backSeconds }) =>
          `${String(sessions).padStart(4)} sessions  online in ${shown(onlineSeconds)} s, RSS ${shown(rssMb)} MB, idle ${shown(idleCpuPercent)} % of a core, back ${shown(backSeconds)} s after the server answers`,
      ),
      'ledger complete: one message to and from each session before and after each restart',
    ],
    isGood: rssSlopeKb.median <= MAXIMUM_KB && isBackInTime,
  };
});
