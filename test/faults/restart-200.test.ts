import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { until } from '../support/until.ts';
import { Ring } from './support/ring.ts';

const SESSIONS = 200;
const DEADLINE_MS = 60_000;
const PASSWORD = 'ring-pw';

describe.skipIf(lacks('server'))('200 sessions whose server restarts', () => {
  let server: Awaited<ReturnType<typeof startEjabberd>>;
  const jids = Array.from({ length: SESSIONS }, (_, index) => `ring-${index}@localhost`);

  beforeAll(async () => {
    server = await startEjabberd({ settings: { archive: false } });
    for (const jid of jids) await server.register(jid.slice(0, jid.indexOf('@')), PASSWORD);
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  it('all come back, and a message to and from each arrives before and after', async () => {
    const ca = readFileSync(server.caFile, 'utf8');
    const ring = new Ring({ jids, password: PASSWORD, service: server.service, ca });
    onTestFinished(() => ring.stop());
    await until('all to be online', () => ring.areAllOnline, DEADLINE_MS);
    ring.round('before');
    await until('the ledger before', () => ring.isComplete, DEADLINE_MS);

    ring.expectOutage();
    await server.stop();
    await until('all to notice', () => ring.wereAllAway, DEADLINE_MS);
    await server.restart();
    const answeredAt = performance.now();
    await until('all to be back', () => ring.areAllOnline, DEADLINE_MS);
    const seconds = ((performance.now() - answeredAt) / 1_000).toFixed(1);
    process.stderr.write(`${SESSIONS} sessions were back ${seconds} s after the server answered again\n`);
    ring.round('after');
    await until('the whole ledger', () => ring.isComplete, DEADLINE_MS).catch(() => undefined);

    expect(ring.problems()).toEqual([]);
    expect(ring.counts().messages).toBe(SESSIONS * 2);
  }, 240_000);
});
