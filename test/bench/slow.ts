import { join } from 'node:path';
import { Pool } from 'undici';
import { startEjabberd } from '../../scripts/lib/ejabberd.mjs';
import { bodyDribbler, type Dribbler, headDribbler } from '../support/dribblers.ts';
import { signInOn, startEngineProcess } from '../support/engine-process.ts';
import { runBench, shown } from './support/bench.ts';
import { percentile } from './support/engine.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:slow: what everybody else notices of 200 connections that dribble heads and 100 that dribble bodies, kept up for
 * as long as it is measured, as a ratio to the quiet time before in the same round.
 */
const ROUNDS = 5;
const HEADS = 200;
const BODIES = 100;
const DRIP_MS = 500;
const REQUESTS = 1_500;
const IN_FLIGHT = 4;
const HIGHEST_RATIO = 2;

/** Keeps up so many dribblers: who is let go comes again, as who wants to do harm would. */
function keepUp(count: number, open: () => Dribbler) {
  const all: Dribbler[] = Array.from({ length: count }, open);
  let dropped = 0;
  const timer = setInterval(() => {
    for (const [index, { isGone }] of all.entries()) {
      if (!isGone()) continue;
      dropped += 1;
      all[index] = open();
    }
  }, 100);
  return {
    dropped: () => dropped,
    end() {
      clearInterval(timer);
      for (const { end } of all) end();
    },
  };
}

await runBench('slow', 600_000, async ({ folder, onEnd }) => {
  const server = await startEjabberd({ dir: join(folder, 'ejabberd'), settings: { archive: false } });
  onEnd(() => server.stop());
  await server.register('you', 'you-pw');
  const engine = await startEngineProcess(join(folder, 'data'));
  onEnd(() => engine.stop());
  for (const key of ['rate_limit_ip', 'rate_limit_bot'])
    await engine.cli(['settings', 'set', key, '1000000']);
  await signInOn(engine, server);
  const { body: bot } = await engine.call<{ token: string }>('POST', '/bot/create', {
    body: { name: 'Bench', account: 'you@localhost' },
  });
  const pool = new Pool(`http://127.0.0.1:${engine.port}`, { connections: IN_FLIGHT, pipelining: 1 });
  onEnd(() => pool.destroy());
  const headers = { authorization: `Bearer ${bot.token}` };

  async function p99(): Promise<number> {
    const times: number[] = [];
    const worker = async () => {
      for (let count = 0; count < REQUESTS / IN_FLIGHT; count += 1) {
        const startedMs = performance.now();
        const { statusCode, body } = await pool.request({ method: 'GET', path: '/bot/getMe', headers });
        await body.dump();
        if (statusCode !== 200) throw new Error(`a healthy request was answered ${statusCode}`);
        times.push(performance.now() - startedMs);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    return percentile(times, 0.99);
  }

  await p99();
  const quiet: number[] = [];
  const crowded: number[] = [];
  let dropped = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    quiet.push(await p99());
    const heads = keepUp(HEADS, () => headDribbler(engine.port, DRIP_MS));
    const bodies = keepUp(BODIES, () => bodyDribbler(engine.port, bot.token, DRIP_MS));
    // They are all there and dribbling, and the first of them have been let go.
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    crowded.push(await p99());
    heads.end();
    bodies.end();
    dropped += heads.dropped() + bodies.dropped();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  const ratio = rounded(spreadOf(crowded.map((ms, round) => ms / (quiet[round] ?? Number.NaN))), 2);
  const p99Ms = { quiet: rounded(spreadOf(quiet), 2), crowded: rounded(spreadOf(crowded), 2) };
  return {
    result: { rounds: ROUNDS, requests: REQUESTS, heads: HEADS, bodies: BODIES, dropped, p99Ms, ratio },
    summary: [
      `p99 of healthy requests, quiet    ${shown(p99Ms.quiet)} ms`,
      `p99 with ${HEADS} + ${BODIES} dribblers       ${shown(p99Ms.crowded)} ms = ${shown(ratio)} of quiet (at most ${HIGHEST_RATIO}); ${dropped} were let go`,
    ],
    isGood: ratio.median <= HIGHEST_RATIO && dropped > 0,
  };
});
