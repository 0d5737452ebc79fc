import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { startEngineProcess } from '../support/engine-process.ts';
import { runBench, shown } from './support/bench.ts';
import { cpuMsOf } from './support/cpu.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:poll: what idle long polls cost, one of each bot, with nothing to tell. Each is answered after its time-out and
 * asked again, as a program does; that is part of the cost.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    polls: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
  },
});
const RUNS = Number(values.runs);
const POLLS = Number(values.polls);
const SECONDS = Number(values.seconds);
const BOTS_PER_ACCOUNT = 20;
const TIMEOUT_S = 50;
const MAXIMUM_PERCENT = 1;

await runBench('poll', 120_000 + RUNS * (SECONDS + 10) * 1_000, async ({ folder, onEnd }) => {
  const engine = await startEngineProcess(join(folder, 'data'));
  onEnd(() => engine.stop());
  for (const key of ['rate_limit_ip', 'rate_limit_bot']) {
    await engine.cli(['settings', 'set', key, '100000']);
  }
  const called = async (path: string, body: unknown) => {
    const answer = await engine.call<{ token: string }>('POST', path, { body });
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const tokens: string[] = [];
  for (let index = 0; tokens.length < POLLS; index += 1) {
    const account = `owner-${index}@localhost`;
    await called('/api/v1/accounts', { jid: account, password: 'x', verify: false });
    // Signed in nowhere: what sessions cost is for another bench.
    await engine.cli(['account', 'disable', account]);
    for (let made = 0; made < BOTS_PER_ACCOUNT && tokens.length < POLLS; made += 1) {
      tokens.push((await called('/bot/create', { name: `Bot ${made}`, account })).token);
    }
  }

  const pool = new Pool(`http://127.0.0.1:${engine.port}`, {
    connections: POLLS,
    bodyTimeout: 0,
    headersTimeout: 0,
  });
  onEnd(() => pool.destroy());
  let [open, answers] = [0, 0];
  let problem: string | undefined;
  let hasEnded = false;
  onEnd(() => {
    hasEnded = true;
  });
  const poll = async (token: string) => {
    while (!hasEnded) {
      open += 1;
      const answer = await pool.request({
        method: 'GET',
        path: `/bot/getUpdates?timeout=${TIMEOUT_S}`,
        headers: { authorization: `Bearer ${token}` },
      });
      const text = await answer.body.text();
      open -= 1;
      answers += 1;
      if (answer.statusCode !== 200 || text !== '{"ok":true,"result":[]}') problem ??= text;
    }
  };
  for (const token of tokens) {
    void poll(token).catch((error: unknown) => {
      problem ??= hasEnded ? undefined : String(error);
    });
    // Spread over the time-out, as programs are that were not started all at once.
    await new Promise((resolve) => setTimeout(resolve, 25));
  }

  const percents: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const [cpuBefore, startedMs] = [cpuMsOf(engine.pid), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
    percents.push(((cpuMsOf(engine.pid) - cpuBefore) * 100) / (performance.now() - startedMs));
    if (problem !== undefined) throw new Error(`a poll went wrong: ${problem}`);
    if (open < POLLS * 0.9) throw new Error(`only ${open} of ${POLLS} polls are open`);
  }
  const cpuPercent = rounded(spreadOf(percents), 2);
  return {
    result: { runs: RUNS, polls: POLLS, seconds: SECONDS, answers, cpuPercent },
    summary: [
      `${POLLS} idle long polls of ${TIMEOUT_S} s: ${shown(cpuPercent)} % of a core, at most ${MAXIMUM_PERCENT}; ${answers} were answered and asked again`,
    ],
    isGood: cpuPercent.median <= MAXIMUM_PERCENT,
  };
});
