import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { startEjabberd } from '../../scripts/lib/ejabberd.mjs';
import { signInOn, startEngineProcess } from '../support/engine-process.ts';
import { until } from '../support/until.ts';
import { cpuMsOf } from './support/cpu.ts';
import { load } from './support/load.ts';
import { benchRecipient } from './support/recipient.ts';
import { machine, rounded, spreadOf } from './support/report.ts';

/**
 * bench:http: what the HTTP API costs, as a ratio to bare node:http measured with the same client in the same run.
 * Each is warmed up alike first. `sendMessage` counts only when the recipient got every message, once and in order.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, count: { type: 'string', default: '4000' } },
});
const RUNS = Number(values.runs);
const COUNT = Number(values.count);
const WARM_UP = 8_000;
const IN_FLIGHT = 16;
const MINIMUM_SEND_RATIO = 0.15;

const folder = mkdtempSync(join(tmpdir(), 'botmother-bench-'));
const closers: (() => unknown)[] = [];

async function startBare(): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support/bare-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closers.push(() => child.kill('SIGKILL'));
  return new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
}

async function main(): Promise<number> {
  const bare = await startBare();
  const server = await startEjabberd({ dir: join(folder, 'ejabberd'), settings: { archive: false } });
  closers.push(() => server.stop());
  await server.register('you', 'you-pw');
  await server.register('friend', 'friend-pw');
  const engine = await startEngineProcess(join(folder, 'data'));
  closers.push(() => engine.stop());
  for (const key of ['rate_limit_ip', 'rate_limit_bot'])
    await engine.cli(['settings', 'set', key, '1000000']);
  await signInOn(engine, server);
  const { body: bot } = await engine.call<{ token: string }>('POST', '/bot/create', {
    body: { name: 'Bench', account: 'you@localhost' },
  });
  const friend = await benchRecipient(server, 'friend@localhost', 'friend-pw');
  closers.push(friend.close);

  const api = `http://127.0.0.1:${engine.port}`;
  const headers = { authorization: `Bearer ${bot.token}`, 'content-type': 'application/json' };
  const post = (path: string) => (index: number) => ({
    method: 'POST' as const,
    path,
    headers,
    body: JSON.stringify({ to: 'friend@localhost', text: `message ${index}` }),
  });
  const sendCpuUs: number[] = [];
  const sendAll = async (count: number) => {
    const before = friend.ids().length;
    const cpuBeforeMs = cpuMsOf(engine.pid);
    const { rate, bodies } = await load(api, post('/bot/sendMessage'), { count, inFlight: IN_FLIGHT });
    await until('all messages', () => friend.ids().length >= before + count, 120_000);
    const ids = new Set(bodies.map(({ message_id }) => String(message_id)));
    const arrived = friend.ids().slice(before);
    if (arrived.length !== count || ids.size !== count || !arrived.every((id) => ids.has(id))) {
      throw new Error(`${count} messages were accepted, ${arrived.length} arrived, ${ids.size} ids`);
    }
    if (count === COUNT) sendCpuUs.push(((cpuMsOf(engine.pid) - cpuBeforeMs) * 1_000) / count);
    return rate;
  };
  const measures = {
    bare: async (count: number) => (await load(bare, post('/'), { count, inFlight: IN_FLIGHT })).rate,
    getMe: async (count: number) =>
      (
        await load(api, () => ({ method: 'GET', path: '/bot/getMe', headers }), {
          count,
          inFlight: IN_FLIGHT,
        })
      ).rate,
    sendMessage: sendAll,
  };

  const rates: Record<string, number[]> = { bare: [], getMe: [], sendMessage: [] };
  // What runs for weeks is measured warm: its code compiled, its log grown to the size that it keeps.
  for (const measure of Object.values(measures)) await measure(WARM_UP);
  for (let run = 0; run < RUNS; run += 1) {
    for (const [name, measure] of Object.entries(measures)) rates[name]?.push(await measure(COUNT));
  }
  const ratioTo = (name: string) =>
    rounded(spreadOf((rates[name] ?? []).map((rate, run) => rate / (rates.bare?.[run] ?? Number.NaN))), 3);
  const perSecond = Object.fromEntries(
    Object.entries(rates).map(([name, all]) => [name, rounded(spreadOf(all))]),
  );
  const ratio = { getMe: ratioTo('getMe'), sendMessage: ratioTo('sendMessage') };
  const cpu = rounded(spreadOf(sendCpuUs));
  const isFastEnough = ratio.sendMessage.median >= MINIMUM_SEND_RATIO;
  const result = {
    bench: 'http',
    runs: RUNS,
    requests: COUNT,
    inFlight: IN_FLIGHT,
    perSecond,
    ratio,
    sendCpuUs: cpu,
    machine: machine(),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.stderr.write(
    [
      `bare node:http   ${perSecond.bare?.median}/s (${perSecond.bare?.min}-${perSecond.bare?.max})`,
      `/bot/getMe       ${perSecond.getMe?.median}/s = ${ratio.getMe.median} of bare`,
      `/bot/sendMessage ${perSecond.sendMessage?.median}/s = ${ratio.sendMessage.median} of bare (at least ${MINIMUM_SEND_RATIO}); every message arrived once; ${cpu.median} us of engine CPU each`,
      '',
    ].join('\n'),
  );
  return isFastEnough ? 0 : 1;
}

try {
  process.exitCode = await main();
} finally {
  for (const close of closers.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
}
