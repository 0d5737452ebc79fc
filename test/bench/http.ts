import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEjabberd } from '../../scripts/lib/ejabberd.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { signInOn, startEngineProcess } from '../support/engine-process.ts';
import { until } from '../support/until.ts';
import { shown } from './support/bench.ts';
import { cpuMsOf } from './support/cpu.ts';
import { load } from './support/load.ts';
import type { PlainAccount } from './support/plain-client.ts';
import { benchRecipient } from './support/recipient.ts';
import { machine, rounded, type Spread, spreadOf } from './support/report.ts';

/**
 * bench:http: what the HTTP API costs, as a ratio to bare node:http measured with the same client in the same run. Each is
 * warmed up first, and measured for about as long: what is quick gets more requests.
 *
 * `sendMessage` is measured twice. `accepted`: what a request does, with its outbox on the disk, while the XMPP server
 * stands still, so that the engine sends no more than the first hundred; then it goes on. `delivered`: with sending, server
 * and recipient at work on the same processors. What these leave for anything is shown by `least`, which does next to
 * nothing (`support/least-sender.ts`). Engine and `least` send over TLS; the recipient, which is a part of the measuring,
 * does without. All count only when the recipient got every message, once.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, count: { type: 'string', default: '4000' } },
});
const RUNS = Number(values.runs);
const COUNT = Number(values.count);
const WARM_UP = 8_000;
const IN_FLIGHT = 16;
/** How many requests of it take as long as one of `sendMessage`, about. */
const QUICK = { bare: 5, getMe: 2 } as Record<string, number>;
/** Of bare node:http. */
const MINIMUM_ACCEPTED = 0.15;

const folder = mkdtempSync(join(tmpdir(), 'botmother-bench-'));
const closers: (() => unknown)[] = [];

/** A listener for the recipient: its TLS would take the processors from what is measured. */
const withoutTls = (port: number) => `
  - port: ${port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    shaper: none
    access: c2s`;

/** Starts a program of `support/`; resolves with the address that it prints. */
async function startProgram(name: string, ...words: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'support', name), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  closers.push(() => child.kill('SIGKILL'));
  return new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
}

async function main(): Promise<number> {
  const bare = await startProgram('bare-server.ts');
  const openPort = await freePort();
  const server = await startEjabberd({
    dir: join(folder, 'ejabberd'),
    settings: { archive: false, extra: { listen: withoutTls(openPort) } },
  });
  closers.push(() => server.stop());
  for (const user of ['you', 'friend', 'least']) await server.register(user, `${user}-pw`);
  const accountOf = (user: string) => ({
    host: server.host,
    jid: `${user}@localhost`,
    password: `${user}-pw`,
  });
  const engine = await startEngineProcess(join(folder, 'data'));
  closers.push(() => engine.stop());
  for (const key of ['rate_limit_ip', 'rate_limit_bot'])
    await engine.cli(['settings', 'set', key, '1000000']);
  await signInOn(engine, server);
  const { body: bot } = await engine.call<{ token: string }>('POST', '/bot/create', {
    body: { name: 'Bench', account: 'you@localhost' },
  });
  const friend = await benchRecipient({ ...accountOf('friend'), port: openPort });
  closers.push(friend.close);
  const sender: PlainAccount = { ...accountOf('least'), port: server.tlsPort, caFile: server.caFile };
  const least = await startProgram('least-sender.ts', folder, JSON.stringify(sender));

  const api = `http://127.0.0.1:${engine.port}`;
  const headers = { authorization: `Bearer ${bot.token}`, 'content-type': 'application/json' };
  const post = (path: string) => (index: number) => ({
    method: 'POST' as const,
    path,
    headers,
    body: JSON.stringify({ to: 'friend@localhost', text: `message ${index}` }),
  });
  let sent = 0;
  /** Sends that many, and checks that all arrive. */
  async function send(origin: string, path: string, count: number, afterwards = () => undefined as unknown) {
    const before = friend.ids().length;
    const { rate, bodies } = await load(origin, post(path), { count, inFlight: IN_FLIGHT });
    afterwards();
    await until('all messages', () => friend.ids().length >= before + count, 120_000);
    sent += count;
    const ids = new Set(bodies.map(({ message_id }) => String(message_id)));
    const arrived = new Set(friend.ids().slice(before));
    if (arrived.size !== count || ids.size !== count || ![...arrived].every((id) => ids.has(id))) {
      throw new Error(`${count} messages were accepted, ${arrived.size} arrived, ${ids.size} ids`);
    }
    return rate;
  }
  const cpuUs: number[] = [];
  const measures = {
    bare: async (count: number) => (await load(bare, post('/'), { count, inFlight: IN_FLIGHT })).rate,
    getMe: async (count: number) => {
      const getMe = () => ({ method: 'GET' as const, path: '/bot/getMe', headers });
      return (await load(api, getMe, { count, inFlight: IN_FLIGHT })).rate;
    },
    accepted: async (count: number) => {
      process.kill(server.pid, 'SIGSTOP');
      const goOn = () => process.kill(server.pid, 'SIGCONT');
      try {
        return await send(api, '/bot/sendMessage', count, goOn);
      } finally {
        goOn();
      }
    },
    delivered: async (count: number) => {
      const beforeMs = cpuMsOf(engine.pid);
      const rate = await send(api, '/bot/sendMessage', count);
      cpuUs.push(((cpuMsOf(engine.pid) - beforeMs) * 1_000) / count);
      return rate;
    },
    least: (count: number) => send(least, '/', count),
  };
  type Name = keyof typeof measures;
  const names = Object.keys(measures) as Name[];

  const measure = (name: Name, count: number) => measures[name](count * (QUICK[name] ?? 1));

  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  // What runs for weeks is measured warm: its code compiled, its log grown to the size that it keeps.
  for (const name of names) await measure(name, WARM_UP);
  cpuUs.length = 0;
  for (let run = 0; run < RUNS; run += 1) {
    for (const name of names) rates[name].push(await measure(name, COUNT));
  }
  await setTimeout(1_000);
  if (friend.ids().length !== sent) throw new Error(`${friend.ids().length} messages came, of ${sent}`);
  const ratio = (name: Name, to: Name = 'bare') =>
    rounded(spreadOf(rates[name].map((rate, run) => rate / (rates[to][run] ?? Number.NaN))), 3);
  const perSecond = Object.fromEntries(names.map((name) => [name, rounded(spreadOf(rates[name]))])) as Record<
    Name,
    Spread
  >;
  const ratios = {
    getMe: ratio('getMe'),
    accepted: ratio('accepted'),
    delivered: ratio('delivered'),
    least: ratio('least'),
    deliveredToLeast: ratio('delivered', 'least'),
  };
  const cpu = rounded(spreadOf(cpuUs));
  const setting = { runs: RUNS, requests: COUNT, inFlight: IN_FLIGHT, recipientTls: false };
  const result = { bench: 'http', ...setting, perSecond, ratios };
  process.stdout.write(`${JSON.stringify({ ...result, deliveredCpuUs: cpu, machine: machine() })}\n`);
  process.stderr.write(
    [
      `bare node:http          ${shown(perSecond.bare)}/s`,
      `/bot/getMe              ${shown(perSecond.getMe)}/s = ${shown(ratios.getMe)} of bare`,
      `/bot/sendMessage        ${shown(perSecond.accepted)}/s = ${shown(ratios.accepted)} of bare (at least ${MINIMUM_ACCEPTED}), the server standing still`,
      `  with server at work   ${shown(perSecond.delivered)}/s = ${shown(ratios.delivered)} of bare; ${cpu.median} us of engine CPU each`,
      `  the least, likewise   ${shown(perSecond.least)}/s = ${shown(ratios.least)} of bare; ours is ${shown(ratios.deliveredToLeast)} of it`,
      'Every message arrived once. The recipient reads without TLS.',
      '',
    ].join('\n'),
  );
  return ratios.accepted.median >= MINIMUM_ACCEPTED ? 0 : 1;
}

try {
  process.exitCode = await main();
} finally {
  for (const close of closers.reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
}
