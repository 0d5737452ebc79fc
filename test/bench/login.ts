import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { parseArgs } from 'node:util';
import { type Ejabberd, startEjabberd } from '../../scripts/lib/ejabberd.mjs';
import { systemClock } from '../../src-main/base/clock.ts';
import { silentLogger } from '../../src-main/base/logger.ts';
import { sessionPool } from '../../src-main/gateways/xmpp/session-pool.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { PASSWORD, registerAll } from './support/accounts.ts';
import { runBench, shown } from './support/bench.ts';
import { ownCpuMs } from './support/cpu.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:login: CPU time of our process for one login, from connecting to being online: STARTTLS, SCRAM-SHA-256, binding,
 * stream management, carbons, presence. `first` derives the keys of the password, `again` has them from before.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, count: { type: 'string', default: '100' } },
});
const RUNS = Number(values.runs);
const COUNT = Number(values.count);
const MAXIMUM_CPU_MS = 8;
const HANDSHAKES_AT_ONCE = 8;

interface Cost {
  cpuMs: number;
  perSecond: number;
}

async function costOf(count: number, work: () => Promise<void>): Promise<Cost> {
  const [cpuBeforeMs, startedMs] = [ownCpuMs(), performance.now()];
  await work();
  const seconds = (performance.now() - startedMs) / 1_000;
  return { cpuMs: (ownCpuMs() - cpuBeforeMs) / count, perSecond: count / seconds };
}

/** Signs all in, as an engine does that starts, and measures until the last one is online. */
async function logins(server: Ejabberd, jids: readonly string[]): Promise<Cost> {
  const pool = sessionPool({ clock: systemClock, logger: silentLogger });
  const ca = readFileSync(server.caFile, 'utf8');
  const cost = await costOf(jids.length, async () => {
    const online = jids.map((jid) => {
      const session = pool.start({
        jid: bareJid(jid),
        resource: 'bench',
        password: () => PASSWORD,
        service: server.service,
        ca,
      });
      return new Promise<void>((resolve, reject) => {
        session.onReady(() => resolve());
        session.onState(({ state, reason }) => {
          if (state === 'backing_off' || state === 'failed')
            reject(new Error(`${jid} did not get in: ${reason}`));
        });
      });
    });
    await Promise.all(online);
  });
  await pool.stopAll();
  return cost;
}

/** The part that nobody can do without: TLS with the certificate verified, and nothing more. */
async function handshakes(server: Ejabberd, count: number): Promise<Cost> {
  const secureContext = tls.createSecureContext({ ca: readFileSync(server.caFile) });
  let left = count;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const options = { host: server.host, port: server.tlsPort, servername: server.domain, secureContext };
      const socket = tls.connect({ ...options, ALPNProtocols: ['xmpp-client'] });
      await once(socket, 'secureConnect');
      socket.destroy();
    }
  };
  return costOf(count, async () => {
    await Promise.all(Array.from({ length: HANDSHAKES_AT_ONCE }, worker));
  });
}

await runBench('login', 60_000 + RUNS * COUNT * 200, async ({ folder, onEnd }) => {
  const server = await startEjabberd({ dir: join(folder, 'ejabberd'), settings: { archive: false } });
  onEnd(() => server.kill());
  const warmUp = await registerAll(server, 'warm-up', 20);
  await logins(server, warmUp);
  await handshakes(server, 20);

  const costs: Record<'first' | 'again' | 'handshake', Cost[]> = { first: [], again: [], handshake: [] };
  for (let run = 0; run < RUNS; run += 1) {
    const jids = await registerAll(server, `run-${run}`, COUNT);
    costs.handshake.push(await handshakes(server, COUNT));
    costs.first.push(await logins(server, jids));
    costs.again.push(await logins(server, jids));
  }
  const figures = Object.fromEntries(
    Object.entries(costs).map(([name, all]) => [
      name,
      {
        cpuMs: rounded(spreadOf(all.map(({ cpuMs }) => cpuMs)), 2),
        perSecond: rounded(spreadOf(all.map(({ perSecond }) => perSecond))),
      },
    ]),
  );
  const ratio = rounded(
    spreadOf(costs.first.map(({ cpuMs }, run) => cpuMs / (costs.handshake[run]?.cpuMs ?? Number.NaN))),
    2,
  );
  const { first, again, handshake } = figures;
  if (!first || !again || !handshake) throw new Error('nothing was measured');
  return {
    result: { runs: RUNS, logins: COUNT, ...figures, ratio },
    summary: [
      `first login    ${shown(first.cpuMs)} ms CPU (at most ${MAXIMUM_CPU_MS}), ${first.perSecond.median}/s`,
      `login again    ${shown(again.cpuMs)} ms CPU, ${again.perSecond.median}/s`,
      `TLS handshake  ${shown(handshake.cpuMs)} ms CPU, ${handshake.perSecond.median}/s; a first login costs ${ratio.median} of it`,
    ],
    isGood: first.cpuMs.median <= MAXIMUM_CPU_MS,
  };
});
