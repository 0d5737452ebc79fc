import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { startEjabberd } from '../../scripts/lib/ejabberd.mjs';
import { signInOn, startEngineProcess } from '../support/engine-process.ts';
import { until } from '../support/until.ts';
import { runBench, shown } from './support/bench.ts';
import { startChatProvider } from './support/chat-provider.ts';
import { cpuMsOf } from './support/cpu.ts';
import { percentile } from './support/engine.ts';
import { rssMbOf } from './support/memory.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:ai: what bots with a quick provider notice of 50 bots whose provider is slow, each asked by ten people without a
 * pause, as a ratio to the quiet time before in the same round; and what those hold in memory.
 *
 * An answer is timed from the request to `/bot/ai/ask` to the end of its response, with a provider that answers at once: what
 * is left is the engine's own work, and the time that it makes one question wait for others. Four questions are under way
 * in either phase, so the engine is busy in both. Chats take the same way from the lanes on; what XMPP costs is measured by
 * bench:echo and bench:inbound. Providers and people are in this process, which is beside the engine: its work per answer
 * is small and the same for both kinds, but where cores are few or taken by others, everybody waits for them. `cpuMs` tells
 * that apart: CPU time of the engine for each answer, which the load of others hardly changes.
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const ROUNDS = Number(values.rounds);
const SLOW_BOTS = 50;
const PEOPLE = 10;
const SLOW_MS = 5_000;
const QUICK_BOTS = 40;
const QUESTIONS = 1_000;
const WARM_UP_ROUNDS = 3;
const IN_FLIGHT = 4;
const HIGHEST_RATIO = 1.5;
const MOST_EXTRA_MB = 100;
const BOTS_OF_ACCOUNT = 20;
const QUESTION = 'What is the capital of France, and how long has it been so? '.repeat(8);
const ANSWER = 'It is Paris, and it has been so for long. '.repeat(50);

interface BenchBot {
  id: number;
  headers: Record<string, string>;
}

await runBench('ai', 900_000, async ({ folder, onEnd }) => {
  const server = await startEjabberd({ dir: join(folder, 'ejabberd'), settings: { archive: false } });
  onEnd(() => server.stop());
  const slow = await startChatProvider({ text: ANSWER, answerMs: () => SLOW_MS * (0.5 + Math.random()) });
  const quick = await startChatProvider({ text: ANSWER, answerMs: () => 0 });
  onEnd(slow.close);
  onEnd(quick.close);
  const engine = await startEngineProcess(join(folder, 'data'));
  onEnd(() => engine.stop());
  for (const key of ['rate_limit_ip', 'rate_limit_bot'])
    await engine.cli(['settings', 'set', key, '1000000']);
  const pool = new Pool(`http://127.0.0.1:${engine.port}`, {
    connections: 600,
    pipelining: 1,
    // Never one that the engine is about to close.
    keepAliveTimeout: 1_000,
    keepAliveMaxTimeout: 1_000,
  });
  onEnd(() => pool.destroy());

  async function post(path: string, headers: Record<string, string>, body: unknown): Promise<number> {
    const request = {
      method: 'POST',
      path,
      headers,
      body: JSON.stringify(body),
      headersTimeout: 120_000,
    } as const;
    const answer = await pool.request(request);
    await answer.body.dump();
    return answer.statusCode;
  }
  async function makeBot(index: number, baseUrl: string): Promise<BenchBot> {
    const account = `you${Math.floor(index / BOTS_OF_ACCOUNT)}@localhost`;
    const { body: bot } = await engine.call<{ id: number; token: string }>('POST', '/bot/create', {
      body: { name: `Bench ${index}`, account },
    });
    const headers = { authorization: `Bearer ${bot.token}`, 'content-type': 'application/json' };
    await engine.call('POST', `/bot/settings?id=${bot.id}`, {
      body: { ai_per_minute: 600, ai_per_day: 100_000, ai_timeout: 600 },
    });
    const setUp = { provider: 'compatible', endpoint: baseUrl, api_key: `key-${index}`, model: 'bench' };
    const status = await post('/bot/ai/setup', headers, setUp);
    if (status !== 200) throw new Error(`setting up the AI was answered ${status}`);
    return { id: bot.id, headers };
  }
  const accounts = Math.ceil((SLOW_BOTS + QUICK_BOTS) / BOTS_OF_ACCOUNT);
  for (let index = 0; index < accounts; index += 1) {
    await server.register(`you${index}`, 'you-pw');
    await signInOn(engine, server, { jid: `you${index}@localhost` });
  }
  const bots: BenchBot[] = [];
  for (let index = 0; index < SLOW_BOTS + QUICK_BOTS; index += 1)
    bots.push(await makeBot(index, index < SLOW_BOTS ? slow.baseUrl : quick.baseUrl));
  const [slowBots, quickBots] = [bots.slice(0, SLOW_BOTS), bots.slice(SLOW_BOTS)];

  const ask = (bot: BenchBot, person: string) =>
    post(`/bot/ai/ask?from=${person}`, bot.headers, { message: QUESTION });

  /** Of the answers that bots with a quick provider give. */
  async function p99(): Promise<number> {
    const times: number[] = [];
    let count = 0;
    const worker = async (person: number) => {
      while (count < QUESTIONS) {
        const bot = quickBots[count % QUICK_BOTS];
        count += 1;
        if (!bot) throw new Error('there are no bots');
        const startedMs = performance.now();
        const status = await ask(bot, `person${person}`);
        if (status !== 200) throw new Error(`a question was answered ${status}`);
        times.push(performance.now() - startedMs);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, (_, person) => worker(person)));
    return percentile(times, 0.99);
  }

  let isCrowded = false;
  const statuses = new Map<number, number>();
  /** Asks again as soon as there is an answer, while there is to be a crowd. */
  async function keepAsking(bot: BenchBot, person: string): Promise<void> {
    while (isCrowded) {
      const status = await ask(bot, person);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  }

  /** With what the engine worked for each answer meanwhile, those of slow providers too. Milliseconds of CPU. */
  async function measured(): Promise<{ ms: number; cpuMs: number }> {
    const [cpuBefore, slowBefore] = [cpuMsOf(engine.pid), statuses.get(200) ?? 0];
    const ms = await p99();
    const answers = QUESTIONS + (statuses.get(200) ?? 0) - slowBefore;
    return { ms, cpuMs: (cpuMsOf(engine.pid) - cpuBefore) / answers };
  }

  // What runs for weeks is measured warm.
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) await p99();
  const quiet: { ms: number; cpuMs: number }[] = [];
  const crowded: typeof quiet = [];
  const beforeMb = rssMbOf(engine.pid);
  const held: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    quiet.push(await measured());
    isCrowded = true;
    const crowd = Promise.all(
      slowBots.flatMap((bot) =>
        Array.from({ length: PEOPLE }, (_, person) => keepAsking(bot, `person${person}`)),
      ),
    );
    // Looked at when the round is over.
    crowd.catch(() => undefined);
    const answeredBefore = statuses.get(200) ?? 0;
    // They all ask at once at first; what is measured is how it goes on.
    const isGoingOn = () =>
      slow.open() >= SLOW_BOTS && (statuses.get(200) ?? 0) >= answeredBefore + SLOW_BOTS;
    await until('the slow provider to be busy', isGoingOn, 60_000);
    crowded.push(await measured());
    held.push(rssMbOf(engine.pid));
    isCrowded = false;
    await crowd;
  }
  const refused = [...statuses].filter(([status]) => status !== 200);
  if (refused.length > 0) throw new Error(`slow questions were answered ${JSON.stringify(refused)}`);
  const ratio = rounded(spreadOf(crowded.map(({ ms }, round) => ms / (quiet[round]?.ms ?? Number.NaN))), 2);
  const spread = (phase: typeof quiet, of: 'ms' | 'cpuMs') =>
    rounded(spreadOf(phase.map((one) => one[of])), 1);
  const p99Ms = { quiet: spread(quiet, 'ms'), crowded: spread(crowded, 'ms') };
  const cpuMs = { quiet: spread(quiet, 'cpuMs'), crowded: spread(crowded, 'cpuMs') };
  const extraMb = rounded(spreadOf(held.map((mb) => mb - beforeMb)));
  return {
    result: {
      rounds: ROUNDS,
      slowBots: SLOW_BOTS,
      people: PEOPLE,
      questions: QUESTIONS,
      atOnce: slow.most(),
      answeredSlowly: statuses.get(200) ?? 0,
      p99Ms,
      cpuMs,
      ratio,
      extraMb,
    },
    summary: [
      `p99 of an answer, quiet           ${shown(p99Ms.quiet)} ms`,
      `p99 beside ${SLOW_BOTS} slow bots, ${SLOW_BOTS * PEOPLE} asked  ${shown(p99Ms.crowded)} ms = ${shown(ratio)} of quiet (at most ${HIGHEST_RATIO}); ${slow.most()} calls at once`,
      `CPU of the engine for an answer   ${shown(cpuMs.quiet)} ms, beside them ${shown(cpuMs.crowded)} ms`,
      `memory beside before              +${shown(extraMb)} MB (at most ${MOST_EXTRA_MB})`,
    ],
    isGood: ratio.median <= HIGHEST_RATIO && extraMb.median <= MOST_EXTRA_MB,
  };
});
