import { loadavg } from 'node:os';
import { join } from 'node:path';
import { startEjabberd } from '../../scripts/lib/ejabberd.mjs';
import { until } from '../support/until.ts';
import { registerAll } from './support/accounts.ts';
import { runBench, shown } from './support/bench.ts';
import { cpuMsOf } from './support/cpu.ts';
import { requireOpenFiles } from './support/file-limit.ts';
import { BOTS_PER_OWNER, copyFleet, makeFleet, startOwners } from './support/fleet.ts';
import { startFleetEngine } from './support/fleet-engine.ts';
import { loginTraffic } from './support/login-traffic.ts';
import { rounded, spreadOf } from './support/report.ts';

interface Figures {
  healthSeconds: number;
  onlineSeconds: number;
  publishedSeconds: number;
  /** Of the engine, and of the server in the same time: both cores are theirs, and the slower of the two decides. */
  loginCpuMs: number;
  serverCpuMs: number;
  rssMb: number;
  idleCpuPercent: number;
  /** From the moment the server answers again until the last bot is online. */
  backSeconds: number;
  load: number;
}

const MAXIMUM = { onlineSeconds: 15, rssMb: 260, idleCpuPercent: 1.5, backSeconds: 60 };
/** What the targets are for. */
const TARGET_SIZE = 500;
/** After the last login archives are read and profiles compared. */
const SETTLE_MS = 10_000;
/** Each doubling costs at most so much, beyond what an engine without bots takes. */
const DOUBLING = 2.2;

/**
 * bench:sessions -- --omemo: the engine with dedicated bots, their accounts and OMEMO devices on a real server. Online
 * from cold means that each is online and its published device was compared; then memory, time at rest, and the return
 * after the server was restarted. Each number of bots gets a fresh process on a copy of the same data.
 */
export const benchFleet = (options: { sizes: readonly number[]; runs: number; idleMs: number }) =>
  runBench('sessions-omemo', limitMs(options), async ({ folder, onEnd }) => {
    const { sizes, runs, idleMs } = options;
    const most = Math.max(...sizes);
    requireOpenFiles(most + 300);
    const server = await startEjabberd({ dir: join(folder, 'ejabberd') });
    onEnd(() => server.kill());
    const owners = await registerAll(server, 'owner', Math.ceil(most / BOTS_PER_OWNER));
    const bots = await registerAll(server, 'bot', most);
    const master = join(folder, 'fleet');
    await makeFleet(master, server, { bots, owners });
    const stopOwners = await startOwners(server, owners);
    // Everything is published once: that belongs to making a bot, not to starting an engine.
    const first = await startFleetEngine(master);
    onEnd(() => first.stop());
    const made = await first.allThere(most);
    await settled(first);
    await first.stop();
    await stopOwners();
    const traffic = await loginTraffic(server, { master, dataDir: join(folder, 'traffic'), most }, settled);

    const figures = new Map<number, Figures[]>(sizes.map((size) => [size, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const size of sizes) {
        const dataDir = join(folder, `fleet-${size}-${run}`);
        copyFleet(master, dataDir, size);
        figures.get(size)?.push(await measure(dataDir, size, idleMs));
      }
    }

    async function measure(dataDir: string, size: number, idleMs: number): Promise<Figures> {
      const serverBeforeMs = cpuMsOf(server.pid);
      const engine = await startFleetEngine(dataDir);
      onEnd(() => engine.stop());
      const there = await engine.allThere(size);
      await settled(engine);
      const loginCpuMs = engine.cpuMs();
      const serverCpuMs = cpuMsOf(server.pid) - serverBeforeMs;
      const startedMs = performance.now();
      await new Promise((resolve) => setTimeout(resolve, idleMs));
      const idleCpuPercent = ((engine.cpuMs() - loginCpuMs) / (performance.now() - startedMs)) * 100;
      const rssMb = engine.rssMb();

      await server.kill();
      await until('all to notice', () => engine.online.size === 0, 120_000);
      engine.forget();
      await server.restart();
      const answeredMs = Date.now();
      await engine.allThere(size);
      const backSeconds = (Math.max(...engine.online.values()) - answeredMs) / 1_000;
      const load = loadavg()[0] ?? 0;
      await engine.stop();
      return { ...there, loginCpuMs, serverCpuMs, rssMb, idleCpuPercent, backSeconds, load };
    }

    const rows = sizes.map((size) => {
      const of = (pick: (one: Figures) => number, digits: number) =>
        rounded(spreadOf((figures.get(size) ?? []).map(pick)), digits);
      return {
        bots: size,
        healthSeconds: of((one) => one.healthSeconds, 2),
        onlineSeconds: of((one) => one.onlineSeconds, 1),
        publishedSeconds: of((one) => one.publishedSeconds, 1),
        loginCpuMs: of((one) => one.loginCpuMs, 0),
        serverCpuMs: of((one) => one.serverCpuMs, 0),
        rssMb: of((one) => one.rssMb, 0),
        idleCpuPercent: of((one) => one.idleCpuPercent, 2),
        backSeconds: of((one) => one.backSeconds, 1),
        load: of((one) => one.load, 1),
      };
    });
    return {
      result: { runs, idleMs, firstPublishedSeconds: made.publishedSeconds, traffic, rows },
      summary: [
        ...rows.map(
          (one) =>
            `${String(one.bots).padStart(4)} bots  /health ${shown(one.healthSeconds)} s, online ${shown(one.onlineSeconds)} s, devices compared ${shown(one.publishedSeconds)} s, ${shown(one.loginCpuMs)} ms of CPU and ${shown(one.serverCpuMs)} ms of the server's, RSS ${shown(one.rssMb)} MB, idle ${shown(one.idleCpuPercent)} %, back ${shown(one.backSeconds)} s; load ${shown(one.load)}`,
        ),
        `a login: ${traffic.requests.toFixed(1)} requests, ${traffic.sentKb.toFixed(1)} KB sent, ${traffic.receivedKb.toFixed(1)} KB received`,
        `all ${most} made and published for the first time: ${made.publishedSeconds.toFixed(1)} s`,
      ],
      isGood: rows.every((one, at) => {
        const before = rows[at - 1];
        const isStraight =
          !before ||
          one.loginCpuMs.median / before.loginCpuMs.median <= (DOUBLING * one.bots) / before.bots / 2;
        const { publishedSeconds, rssMb, idleCpuPercent, backSeconds } = one;
        const isInTime =
          publishedSeconds.median <= MAXIMUM.onlineSeconds &&
          rssMb.median <= MAXIMUM.rssMb &&
          idleCpuPercent.median <= MAXIMUM.idleCpuPercent &&
          backSeconds.median <= MAXIMUM.backSeconds;
        return isStraight && (one.bots > TARGET_SIZE || isInTime);
      }),
    };
  });

const limitMs = ({ sizes, runs, idleMs }: { sizes: readonly number[]; runs: number; idleMs: number }) =>
  400_000 + runs * sizes.reduce((sum, size) => sum + idleMs + SETTLE_MS + 120_000 + size * 200, 0);

/** What goes on after the last login has come to rest: less than a tenth of a core for a moment. */
async function settled(engine: { cpuMs(): number }): Promise<void> {
  const restMs = 1_000;
  for (let quiet = 0, waited = 0; quiet < 3 && waited < 60; waited += 1) {
    const beforeMs = engine.cpuMs();
    await new Promise((resolve) => setTimeout(resolve, restMs));
    quiet = engine.cpuMs() - beforeMs < restMs / 10 ? quiet + 1 : 0;
  }
}
