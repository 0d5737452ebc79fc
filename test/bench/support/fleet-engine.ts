import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startProcess } from '../../../scripts/lib/processes.mjs';
import { until } from '../../support/until.ts';
import { cpuMsOf } from './cpu.ts';
import { rssMbOf } from './memory.ts';

const cli = join(import.meta.dirname, '../../../dist/main/cli.js');
const WITHIN_MS = 240_000;

/** An engine with dedicated bots as a process of its own, watched through its log. */
export interface FleetEngine {
  pid: number;
  /** Resolves with the seconds from the start until so many are online, and until their devices are published, or compared. */
  allThere(
    count: number,
  ): Promise<{ onlineSeconds: number; publishedSeconds: number; healthSeconds: number }>;
  /** To be called before an outage: who is online and published counts anew. */
  forget(): void;
  /** Since the start or since `forget`, by account. */
  online: ReadonlyMap<string, number>;
  published: ReadonlyMap<string, number>;
  rssMb(): number;
  cpuMs(): number;
  /** Lines of the log that are warnings or worse. */
  troubles: readonly string[];
  stop(): Promise<void>;
}

export async function startFleetEngine(dataDir: string): Promise<FleetEngine> {
  const startedMs = Date.now();
  const engine = await startProcess(
    process.execPath,
    [...(process.env.FLEET_NODE_ARGS?.split(' ') ?? []), cli, 'serve', '--port', '0', '--data-dir', dataDir],
    {
      stdout: 'pipe',
      stderr: 'pipe',
      env: { PATH: process.env.PATH, HOME: dataDir, BOTMOTHER_LOG_LEVEL: 'debug' },
    },
  );
  let healthMs = 0;
  engine.child.stdout?.once('data', () => {
    healthMs = Date.now();
  });
  const online = new Map<string, number>();
  const published = new Map<string, number>();
  const troubles: string[] = [];
  if (engine.child.stderr) {
    createInterface({ input: engine.child.stderr }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const { level, msg, account, state } = JSON.parse(line) as Record<string, string>;
      if (account !== undefined && msg === 'session state changed') {
        if (state === 'online') online.set(account, Date.now());
        else online.delete(account);
      }
      if (account !== undefined && msg === 'the OMEMO device is published')
        published.set(account, Date.now());
      if (level !== 'debug' && level !== 'info') troubles.push(line);
    });
  }
  const secondsOf = (times: ReadonlyMap<string, number>) => (Math.max(...times.values()) - startedMs) / 1_000;
  return {
    pid: engine.pid,
    online,
    published,
    troubles,
    async allThere(count) {
      const areThere = () => {
        if (!engine.isRunning()) throw new Error('the engine ended by itself');
        return online.size >= count && published.size >= count;
      };
      await until(`${count} bots to be there`, areThere, WITHIN_MS);
      return {
        onlineSeconds: secondsOf(online),
        publishedSeconds: secondsOf(published),
        healthSeconds: (healthMs - startedMs) / 1_000,
      };
    },
    forget() {
      online.clear();
      published.clear();
    },
    rssMb: () => rssMbOf(engine.pid),
    cpuMs: () => cpuMsOf(engine.pid),
    stop: () => engine.stop(20_000),
  };
}
