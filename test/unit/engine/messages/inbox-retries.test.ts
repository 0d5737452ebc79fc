import { expect, it, vi } from 'vitest';
import { silentLogger } from '../../../../src-main/base/logger.ts';
import { Scope } from '../../../../src-main/base/scope.ts';
import { inboxRunner } from '../../../../src-main/engine/messages/inbox-runner.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

it('trying an inbox again and again leaves nothing behind in the scope of the session', async () => {
  const [clock, scope] = [new ManualClock(), new Scope()];
  // Another row each time, as when the disk is full for hours.
  const rows: unknown[] = [];
  const next = vi.fn(async () => [{ id: `row ${rows.push(1)}` }]);
  const runner = inboxRunner({
    account: { id: 1, jid: 'you@localhost' } as never,
    inbox: { next } as never,
    clock,
    logger: silentLogger,
    scope,
    work: () => Promise.reject(new Error('the disk is full')),
    isAlone: () => false,
    mayWork: () => true,
  });

  runner.wake();
  for (let round = 1; round <= 50; round += 1) {
    await vi.waitUntil(() => clock.waits.length > 0, { timeout: 45_000 });
    expect(scope.size).toBe(1);
    clock.advance(60_000);
  }

  await vi.waitUntil(() => next.mock.calls.length > 50, { timeout: 45_000 });
  await scope.close();
  await runner.idle();
});
