import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Ejabberd } from '../../../scripts/lib/ejabberd.mjs';
import { FaultProxy } from '../../support/fault-proxy.ts';
import { copyFleet } from './fleet.ts';
import { startFleetEngine } from './fleet-engine.ts';

/** What bots say and hear from the start until nothing follows any more, for each of them. */
export interface LoginTraffic {
  /** Questions to the server and to others, binding among them. */
  requests: number;
  sentKb: number;
  receivedKb: number;
}

/** So many: what they tell each other's sessions, as that a server announces lists, is part of it. */
const BOTS = 20;

/** Counts what goes over the wire when the first bots of a fleet sign in. `settled` resolves when they are done. */
export async function loginTraffic(
  server: Ejabberd,
  { master, dataDir, most }: { master: string; dataDir: string; most: number },
  settled: (engine: { cpuMs(): number }) => Promise<void>,
): Promise<LoginTraffic> {
  const bots = Math.min(BOTS, most);
  const sent: Buffer[] = [];
  const bytes = { up: 0, down: 0 };
  const pem = (name: string) => readFileSync(join(server.dir, 'tls', name), 'utf8');
  const proxy = await FaultProxy.start({
    to: { host: server.host, port: server.tlsPort },
    tls: {
      cert: pem('server.crt'),
      key: pem('server.key'),
      ca: readFileSync(server.caFile, 'utf8'),
      servername: server.domain,
    },
    watch: (direction, data) => {
      bytes[direction] += data.length;
      if (direction === 'up') sent.push(Buffer.from(data));
    },
  });
  copyFleet(master, dataDir, bots);
  const database = new BetterSqlite3(join(dataDir, 'bot_registry.db'));
  database.prepare('update account set service = ?').run(`xmpps://127.0.0.1:${proxy.port}`);
  database.close();
  const engine = await startFleetEngine(dataDir);
  try {
    await engine.allThere(bots);
    await settled(engine);
  } finally {
    await engine.stop();
    await proxy.close();
  }
  const text = Buffer.concat(sent).toString('utf8');
  const requests = text.match(/<iq [^>]*\btype="(?:get|set)"/g)?.length ?? 0;
  return {
    requests: requests / bots,
    sentKb: bytes.up / bots / 1_024,
    receivedKb: bytes.down / bots / 1_024,
  };
}
