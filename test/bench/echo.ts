import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import xml from '@xmpp/xml';
import { type Ejabberd, startEjabberd } from '../../scripts/lib/ejabberd.mjs';
import { capture, startProcess, waitForLine } from '../../scripts/lib/processes.mjs';
import { systemClock } from '../../src-main/base/clock.ts';
import { silentLogger } from '../../src-main/base/logger.ts';
import { sessionPool } from '../../src-main/gateways/xmpp/session-pool.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { until } from '../support/until.ts';
import { PASSWORD, registerAll } from './support/accounts.ts';
import { runBench, shown } from './support/bench.ts';
import { cpuMsOf } from './support/cpu.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:echo: CPU time per echoed message of a process with our gateway, against slixmpp's echo bot under the same load
 * in the same run. Every message has to come back, once and in order.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    count: { type: 'string', default: '8000' },
    sessions: { type: 'string', default: '1,20' },
  },
});
const RUNS = Number(values.runs);
const COUNT = Number(values.count);
const SIZES = values.sessions.split(',').map(Number);
/** Messages under way at a time, over all sessions. */
const IN_FLIGHT = 40;
const MAXIMUM_RATIO = 1.2;
const PYTHON = '/usr/bin/python3';
const LOAD_WITHIN_MS = 120_000;

const bots = {
  ours: { command: process.execPath, script: join(import.meta.dirname, 'peers/echo-bot.ts') },
  slixmpp: { command: PYTHON, script: join(import.meta.dirname, 'peers/echo_bot.py') },
};
type Bot = keyof typeof bots;

/** One session that sends to one bot and checks what comes back. */
function talker(
  pool: ReturnType<typeof sessionPool>,
  server: Ejabberd,
  ca: string,
  from: string,
  to: string,
) {
  const session = pool.start({
    jid: bareJid(from),
    resource: 'load',
    password: () => PASSWORD,
    service: server.service,
    ca,
  });
  let sent = 0;
  let returned = 0;
  let limit = 0;
  let problem: string | undefined;
  const sendOne = () => {
    sent += 1;
    const text = `message ${sent} of ${from}, of about the length that people write`;
    session
      .send(xml('message', { to, id: `m${sent}`, type: 'chat' }, xml('body', {}, text)))
      .catch((error: unknown) => {
        problem ??= String(error);
      });
  };
  // Nothing disturbs them: whoever goes away would send something again.
  session.onState(({ state, reason }) => {
    if (reason !== undefined) problem ??= `${from} is ${state}: ${reason}`;
  });
  session.onMessage(async ({ attrs }) => {
    if (attrs.type !== 'chat') return;
    returned += 1;
    if (attrs.id !== `m${returned}`) problem ??= `${from}: ${attrs.id} came back instead of m${returned}`;
    if (sent < limit) sendOne();
  });
  return {
    session,
    begin(count: number, window: number): void {
      limit = sent + count;
      for (let index = 0; index < Math.min(window, count); index += 1) sendOne();
    },
    get isDone() {
      if (problem !== undefined) throw new Error(problem);
      return returned === limit && sent === limit;
    },
  };
}

await runBench('echo', 120_000 + RUNS * SIZES.length * 2 * 60_000, async ({ folder, onEnd }) => {
  const found = await capture(PYTHON, ['-c', 'import slixmpp; print(slixmpp.__version__)']);
  if (found.code !== 0)
    throw new Error('slixmpp, the yardstick, is not installed: sudo apt-get install python3-slixmpp');
  const server = await startEjabberd({ dir: join(folder, 'ejabberd'), settings: { archive: false } });
  onEnd(() => server.kill());
  const most = Math.max(...SIZES);
  const talkers = await registerAll(server, 'talker', most);
  const targets = await registerAll(server, 'bot', most);
  const ca = readFileSync(server.caFile, 'utf8');

  /** Microseconds of the bot's CPU per message, and messages a second. */
  async function measure(bot: Bot, size: number): Promise<{ cpuUs: number; perSecond: number }> {
    const { command, script } = bots[bot];
    const where = [String(server.c2sPort), server.caFile, PASSWORD];
    const process = await startProcess(command, [script, ...where, ...targets.slice(0, size)], {
      stdout: 'pipe',
      logFile: join(folder, `${bot}.log`),
    });
    const pool = sessionPool({ clock: systemClock, logger: silentLogger });
    try {
      await waitForLine(process, /^ready$/, { what: `${bot} to be online`, timeoutMs: 60_000 });
      const all = talkers
        .slice(0, size)
        .map((jid, index) => talker(pool, server, ca, jid, targets[index] ?? ''));
      await until('the load', () => all.every(({ session }) => session.state === 'online'), 60_000);
      const window = Math.max(1, Math.round(IN_FLIGHT / size));
      const play = async (count: number) => {
        for (const one of all) one.begin(Math.ceil(count / size), window);
        await until(`every echo of ${bot}`, () => all.every(({ isDone }) => isDone), LOAD_WITHIN_MS);
      };
      await play(COUNT / 4);
      const [cpuBeforeMs, startedMs] = [cpuMsOf(process.pid), performance.now()];
      await play(COUNT);
      const seconds = (performance.now() - startedMs) / 1_000;
      const count = Math.ceil(COUNT / size) * size;
      return { cpuUs: ((cpuMsOf(process.pid) - cpuBeforeMs) * 1_000) / count, perSecond: count / seconds };
    } finally {
      await pool.stopAll();
      await process.stop();
    }
  }

  const rows = [];
  for (const sessions of SIZES) {
    const costs: Record<Bot, { cpuUs: number; perSecond: number }[]> = { ours: [], slixmpp: [] };
    for (let run = 0; run < RUNS; run += 1) {
      for (const bot of ['ours', 'slixmpp'] as const) costs[bot].push(await measure(bot, sessions));
    }
    const of = (bot: Bot) => ({
      cpuUs: rounded(spreadOf(costs[bot].map(({ cpuUs }) => cpuUs)), 1),
      perSecond: rounded(spreadOf(costs[bot].map(({ perSecond }) => perSecond))),
    });
    const ratios = costs.ours.map(({ cpuUs }, run) => cpuUs / (costs.slixmpp[run]?.cpuUs ?? Number.NaN));
    rows.push({ sessions, ours: of('ours'), slixmpp: of('slixmpp'), ratio: rounded(spreadOf(ratios), 2) });
  }
  return {
    result: { runs: RUNS, messages: COUNT, inFlight: IN_FLIGHT, slixmpp: found.stdout.trim(), rows },
    summary: [
      ...rows.map(
        ({ sessions, ours, slixmpp, ratio }) =>
          `${sessions} session(s): ours ${shown(ours.cpuUs)} us CPU a message, slixmpp ${shown(slixmpp.cpuUs)}: ratio ${shown(ratio)}, at most ${MAXIMUM_RATIO}`,
      ),
      'every message came back, once and in order',
    ],
    isGood: rows.every(({ ratio }) => ratio.median <= MAXIMUM_RATIO),
  };
});
