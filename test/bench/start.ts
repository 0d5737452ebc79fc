import { request } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../../scripts/lib/ports.mjs';
import { runBench, shown } from './support/bench.ts';
import { serve } from './support/engine.ts';
import { rssMbOf } from './support/memory.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:start: from starting the program to the first answer of /health, in a new data folder and in one that is there,
 * and the memory of the engine that then does nothing.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, idle: { type: 'string', default: '10' } },
});
const RUNS = Number(values.runs);
const IDLE_MS = Number(values.idle) * 1_000;
const MAXIMUM_MS = 800;
const MAXIMUM_MB = 120;
const LOOK_EVERY_MS = 5;

/** Whether /health answers as it should. */
const isHealthy = (port: number) =>
  new Promise<boolean>((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path: '/health' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('error', () => resolve(false));
    asked.end();
  });

await runBench('start', 60_000 + RUNS * (IDLE_MS + 20_000), async ({ folder }) => {
  async function start(dataDir: string, idleMs: number): Promise<{ ms: number; mb: number }> {
    const port = await freePort();
    const startedMs = performance.now();
    const engine = await serve(dataDir, port);
    while (!(await isHealthy(port))) {
      if (!engine.isRunning()) throw new Error('the engine ended by itself');
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    const ms = performance.now() - startedMs;
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    const mb = rssMbOf(engine.pid);
    await engine.stop();
    return { ms, mb };
  }

  const [fresh, again, memory]: number[][] = [[], [], []];
  // The first start reads the program from the disk.
  await start(join(folder, 'warm-up'), 0);
  for (let run = 0; run < RUNS; run += 1) {
    const dataDir = join(folder, `data-${run}`);
    fresh?.push((await start(dataDir, 0)).ms);
    const second = await start(dataDir, IDLE_MS);
    again?.push(second.ms);
    memory?.push(second.mb);
  }
  const of = (all: number[] | undefined, digits: number) => rounded(spreadOf(all ?? []), digits);
  const figures = { freshMs: of(fresh, 0), againMs: of(again, 0), idleMb: of(memory, 1) };
  return {
    result: { runs: RUNS, idleSeconds: IDLE_MS / 1_000, ...figures },
    summary: [
      `start to /health: ${shown(figures.againMs)} ms, in a new folder ${shown(figures.freshMs)} ms; at most ${MAXIMUM_MS}`,
      `memory after ${IDLE_MS / 1_000} s of nothing: ${shown(figures.idleMb)} MB, at most ${MAXIMUM_MB}`,
    ],
    isGood:
      figures.againMs.median <= MAXIMUM_MS &&
      figures.freshMs.median <= MAXIMUM_MS &&
      figures.idleMb.median <= MAXIMUM_MB,
  };
});
