import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEngineProcess } from '../support/engine-process.ts';
import { until } from '../support/until.ts';
import { runBench, shown } from './support/bench.ts';
import { cpuMsOf } from './support/cpu.ts';
import { percentile } from './support/engine.ts';
import { benchReceiver } from './support/receiver.ts';
import { rounded, type Spread, spreadOf } from './support/report.ts';
import { tinyServer } from './support/tiny-server.ts';

/**
 * bench:inbound: from a message that a server hands over to its webhook, stored in between. The engine is a process as
 * its users run it, with a session over TLS; the server is a stand-in that costs little, because a real one would be the
 * limit, and shares this process with the receiver. Every message has to arrive once and in order.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    count: { type: 'string', default: '4000' },
    single: { type: 'string', default: '400' },
  },
});
const RUNS = Number(values.runs);
const COUNT = Number(values.count);
const SINGLE = Number(values.single);
const IN_FLIGHT = 32;
const CONVERSATIONS = 8;
const MAXIMUM_P50_MS = 3;
const MINIMUM_PER_SECOND = 1_000;
const people = Array.from({ length: CONVERSATIONS }, (_, index) => `friend-${index}@localhost`);

/** Messages on their way: who waits for each, and what had to come first. */
class Ledger {
  readonly #next = new Map<string, number>();
  readonly #sent = new Map<string, number>();
  readonly #waiting = new Map<string, () => void>();
  problem: string | undefined;

  send(from: string, deliver: (from: string, body: string, id: string) => void): Promise<void> {
    const number = this.#sent.get(from) ?? 0;
    this.#sent.set(from, number + 1);
    const body = `${number} of ${from}, of about the length that people write`;
    return new Promise((resolve) => {
      this.#waiting.set(`${from} ${number}`, resolve);
      deliver(from, body, `${from}-${number}`);
    });
  }

  arrived(from: string, body: string): void {
    const number = Number.parseInt(body, 10);
    const expected = this.#next.get(from) ?? 0;
    if (number !== expected) this.problem ??= `${from}: ${number} came instead of ${expected}`;
    this.#next.set(from, number + 1);
    this.#waiting.get(`${from} ${number}`)?.();
    this.#waiting.delete(`${from} ${number}`);
  }

  check(): void {
    if (this.problem !== undefined) throw new Error(this.problem);
    if (this.#waiting.size > 0) throw new Error(`${this.#waiting.size} messages did not arrive`);
  }
}

await runBench('inbound', 60_000 + RUNS * 90_000, async ({ folder, onEnd }) => {
  const server = await tinyServer();
  onEnd(() => server.close());
  const ledger = new Ledger();
  const hook = await benchReceiver(({ conversation, body }) => ledger.arrived(conversation, body));
  onEnd(hook.close);
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, server.ca);
  const engine = await startEngineProcess(join(folder, 'data'));
  onEnd(() => engine.stop());
  const where = ['--service', server.service, '--ca', caFile, '--password-stdin', '--no-verify'];
  const added = await engine.cli(['account', 'add', server.jid, ...where], 'secret\n');
  if (added.status !== 0) throw new Error(`signing in: ${added.stderr}`);
  await until('the account is online', () => server.isOnline);
  const called = async (path: string, body: unknown, token?: string) => {
    const answer = await engine.call<{ id: number; token: string }>('POST', path, {
      body,
      ...(token !== undefined && { token }),
    });
    if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const bot = await called('/bot/create', { name: 'Bench', account: server.jid });
  await called(`/bot/settings?id=${bot.id}`, { scope: 'direct' });
  await called('/bot/setWebhook', { url: hook.url }, bot.token);

  async function oneAtATime(count: number): Promise<number[]> {
    const took: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const startedMs = performance.now();
      await ledger.send(people[index % CONVERSATIONS] ?? '', server.deliver);
      took.push(performance.now() - startedMs);
    }
    return took;
  }

  /** Messages a second, and microseconds of the engine's CPU for each. */
  async function many(count: number): Promise<{ perSecond: number; cpuUs: number }> {
    let next = 0;
    const cpuBefore = cpuMsOf(engine.pid);
    const startedMs = performance.now();
    const worker = async () => {
      for (let index = next++; index < count; index = next++) {
        await ledger.send(people[index % CONVERSATIONS] ?? '', server.deliver);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    const ms = performance.now() - startedMs;
    return { perSecond: (count * 1_000) / ms, cpuUs: ((cpuMsOf(engine.pid) - cpuBefore) * 1_000) / count };
  }

  await oneAtATime(100);
  await many(1_000);
  const [p50, p99, perSecond, cpuUs]: number[][] = [[], [], [], []];
  for (let run = 0; run < RUNS; run += 1) {
    const took = await oneAtATime(SINGLE);
    p50?.push(percentile(took, 0.5));
    p99?.push(percentile(took, 0.99));
    const load = await many(COUNT);
    perSecond?.push(load.perSecond);
    cpuUs?.push(load.cpuUs);
  }
  const info = await engine.call('GET', '/bot/getWebhookInfo', { token: bot.token });
  ledger.check();
  if (info.body.dead_letters !== 0 || info.body.dropped !== 0) throw new Error('updates were lost');
  const of = (all: number[] | undefined, digits: number): Spread => rounded(spreadOf(all ?? []), digits);
  const figures = {
    p50Ms: of(p50, 2),
    p99Ms: of(p99, 2),
    perSecond: of(perSecond, 0),
    cpuUs: of(cpuUs, 0),
  };
  return {
    result: {
      runs: RUNS,
      count: COUNT,
      single: SINGLE,
      inFlight: IN_FLIGHT,
      conversations: CONVERSATIONS,
      ...figures,
    },
    summary: [
      `one at a time: p50 ${shown(figures.p50Ms)} ms, at most ${MAXIMUM_P50_MS}; p99 ${shown(figures.p99Ms)} ms`,
      `${IN_FLIGHT} in flight over ${CONVERSATIONS} conversations: ${shown(figures.perSecond)}/s, at least ${MINIMUM_PER_SECOND}; ${shown(figures.cpuUs)} us of the engine's CPU each`,
      'measured from the stand-in of a server, over TLS, to the receiver; both share one process, the engine is another',
      'every message arrived once and in order',
    ],
    isGood: figures.p50Ms.median <= MAXIMUM_P50_MS && figures.perSecond.median >= MINIMUM_PER_SECOND,
  };
});
