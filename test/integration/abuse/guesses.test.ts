import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDoor } from '../../../src-main/http/door.ts';
import { ask } from '../../support/ask.ts';
import { engineWithBot } from '../../support/test-engine.ts';

async function open(limits: Record<string, number> = {}) {
  const engine = await engineWithBot();
  for (const [key, value] of Object.entries(limits))
    expect((await engine.call('PUT', `/api/v1/settings/${key}`, { body: { value } })).status).toBe(200);
  const door = await openDoor(engine.app, 'public', { host: '127.0.0.1', port: 0 });
  onTestFinished(door.close);
  const port = door.port ?? 0;
  const as = (path: string, token: string) =>
    ask({ port }, path, { host: `localhost:${port}`, authorization: `Bearer ${token}` });
  const guess = (kind: string) =>
    as(kind === 'bm_' ? '/bot/getMe' : '/bot/list', kind + randomBytes(32).toString('hex'));
  return { ...engine, as, guess };
}

describe('300 guesses of a token', () => {
  it('end in 429 for those who guess, and in nothing for those who know', async () => {
    // So that only the guesses count, and not the number of requests.
    const { as, guess, token, engine } = await open({ rate_limit_ip: 100_000, rate_limit_bot: 100_000 });
    const admin = engine.adminToken.show();
    const met: Record<number, number> = {};

    for (let count = 0; count < 300; count += 1) {
      const answer = await guess(['bm_', 'bma_', 'bms_'][count % 3] ?? '');
      met[answer.status] = (met[answer.status] ?? 0) + 1;
      if (answer.status === 429) {
        expect(answer.body).toMatchObject({ ok: false, error_code: '429', error: 'rate_limited' });
        expect(answer.body.parameters).toEqual({ retry_after: Number(answer.headers['retry-after']) });
      }
      // In between, and from the same address.
      if (count % 50 === 0) expect((await as('/bot/getMe', token)).status).toBe(200);
    }

    expect(Object.keys(met)).toEqual(['401', '429']);
    expect(met[401]).toBeGreaterThanOrEqual(20);
    expect(met[429]).toBeGreaterThan(met[401] ?? 0);
    expect((await as('/bot/getMe', token)).status).toBe(200);
    expect((await as('/bot/list', admin)).status).toBe(200);
  });

  it('do not hold up a valid token under the limits that everybody has', async () => {
    const { as, guess, token } = await open();

    for (let count = 0; count < 300; count += 1) {
      const { status } = await guess('bm_');
      expect([401, 429]).toContain(status);
    }

    expect((await as('/bot/getMe', token)).status).toBe(200);
  });
});
