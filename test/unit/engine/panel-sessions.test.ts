import { describe, expect, it } from 'vitest';
import { secretBox } from '../../../src-main/base/secret-box.ts';
import { panelSessions } from '../../../src-main/engine/admin/panel-sessions.ts';
import type { AuditTrail } from '../../../src-main/engine/audit/audit-trail.ts';
import type { Store } from '../../../src-main/store/open.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const MINUTE_MS = 60_000;
const SOMEBODY = { actor: 'admin', from: 'test' };

function sessionsOn(clock: ManualClock) {
  const store = { write: () => Promise.resolve() } as unknown as Store;
  const audit = { note: async () => undefined } as unknown as AuditTrail;
  return panelSessions({ store, audit, clock, box: secretBox(new Uint8Array(32)) });
}

describe('a login code', () => {
  it('is taken for five minutes and not longer', async () => {
    const clock = new ManualClock();
    const panel = sessionsOn(clock);
    const [early, late] = [await panel.newCode(SOMEBODY), await panel.newCode(SOMEBODY)];

    clock.advance(5 * MINUTE_MS - 1);
    await expect(panel.logIn(early, SOMEBODY)).resolves.toMatch(/^bms_/);
    clock.advance(1);
    await expect(panel.logIn(late, SOMEBODY)).rejects.toMatchObject({ code: 'panel.code' });
  });

  it('is not taken after all were ended, nor when it was never given out', async () => {
    const panel = sessionsOn(new ManualClock());
    const code = await panel.newCode(SOMEBODY);

    panel.endAll();

    await expect(panel.logIn(code, SOMEBODY)).rejects.toMatchObject({ code: 'panel.code' });
    await expect(panel.logIn('', SOMEBODY)).rejects.toMatchObject({ code: 'panel.code' });
  });
});

describe('a session of the panel', () => {
  it('lives while it is used and ends after an hour without', async () => {
    const clock = new ManualClock();
    const panel = sessionsOn(clock);
    const token = await panel.logIn(await panel.newCode(SOMEBODY), SOMEBODY);
    for (let hours = 0; hours < 5; hours += 1) {
      clock.advance(59 * MINUTE_MS);
      expect(panel.credential(token)?.ended.aborted).toBe(false);
    }
    const credential = panel.credential(token);

    clock.advance(60 * MINUTE_MS);

    expect(credential?.ended.aborted).toBe(true);
    expect(panel.credential(token)).toBeUndefined();
    expect(clock.waits).toEqual([]);
  });

  it('leaves no timer behind when all are ended', async () => {
    const clock = new ManualClock();
    const panel = sessionsOn(clock);
    const token = await panel.logIn(await panel.newCode(SOMEBODY), SOMEBODY);

    panel.endAll();

    expect(panel.credential(token)).toBeUndefined();
    expect(clock.waits).toEqual([]);
  });
});
