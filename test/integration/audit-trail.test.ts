import { describe, expect, it, onTestFinished } from 'vitest';
import { auditTrail } from '../../src-main/engine/audit/audit-trail.ts';
import { auditRepository } from '../../src-main/store/audit-repository.ts';
import { openStore } from '../../src-main/store/open.ts';
import { LOCAL_TENANT } from '../../src-shared/ids.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { testFolder } from '../support/test-folder.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const admin = { actor: 'admin', from: 'socket' };

describe('the audit trail', () => {
  it('keeps changes for a year and refusals for 30 days', async () => {
    const store = await openStore(testFolder());
    onTestFinished(() => store.close());
    const clock = new ManualClock();
    const audit = auditTrail({ store, audit: auditRepository(store, LOCAL_TENANT), clock });
    const actions = async () => (await audit.page({ limit: 100 })).map(({ action }) => action);
    await store.write((tx) => audit.note(tx, admin, { action: 'bot.create' }));
    await audit.refused(admin, { action: 'admin.denied' });
    await audit.refused(admin, { action: 'admin.denied' });

    clock.advance(29 * DAY_MS);
    await store.write((tx) => audit.expire(tx));
    expect(await actions()).toEqual(['admin.denied', 'admin.denied', 'bot.create']);
    clock.advance(2 * DAY_MS);
    await store.write((tx) => audit.expire(tx));
    expect(await actions()).toEqual(['admin.denied', 'bot.create']);
    clock.advance(335 * DAY_MS);
    await store.write((tx) => audit.expire(tx));
    expect(await actions()).toEqual([]);
  });
});
