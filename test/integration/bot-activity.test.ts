import { expect, it } from 'vitest';
import { silentLogger } from '../../src-main/base/logger.ts';
import { botActivity, SLOT_S, SLOTS } from '../../src-main/engine/bots/bot-activity.ts';
import { activityRepository } from '../../src-main/store/activity-repository.ts';
import type { AccountId } from '../../src-shared/ids.ts';
import { deliveryRig } from '../support/delivery-rig.ts';

async function counted() {
  const rig = await deliveryRig();
  const open = () => botActivity({ ...rig, rows: activityRepository(rig.store), logger: silentLogger });
  const botId = await rig.aBot('https://bot.example/');
  return { ...rig, open, botId };
}

it('counts what a bot was told, what it said and what failed, over half-hours and restarts', async () => {
  const { open, botId, queue, events, clock, accountId } = await counted();
  const before = open();
  await queue(botId, 'a');
  events.emit('message.queued', { accountId, botId });
  events.emit('message.queued', { accountId: accountId as AccountId });
  expect((await before.of(botId)).totals).toEqual({ received: 1, sent: 1, failed: 0 });
  await before.close();

  const after = open();
  clock.advance(SLOT_S * 1_000);
  await queue(botId, 'b');
  await queue(botId, 'c');
  events.emit('update.failed', { botId });
  events.emit('message.state-changed', { messageId: 'x', botId, state: 'failed' });
  events.emit('message.state-changed', { messageId: 'y', botId, state: 'delivered' });

  const { slots, totals, since } = await after.of(botId);
  expect(slots).toHaveLength(SLOTS);
  expect(slots.slice(-2)).toEqual([
    { received: 1, sent: 1, failed: 0 },
    { received: 2, sent: 0, failed: 2 },
  ]);
  expect(totals).toEqual({ received: 3, sent: 1, failed: 2 });
  expect(since % SLOT_S).toBe(0);
  await after.close();
  expect((await open().of(botId)).totals).toEqual(totals);
});

it('writes what it counted with what is written anyway, and forgets what is older than a day', async () => {
  const { open, botId, queue, store, clock, settled } = await counted();
  const activity = open();
  await queue(botId, 'a');
  const rows = () => store.read.selectFrom('bot_activity').selectAll().execute();
  expect(await rows()).toEqual([]);

  clock.advance(20_000);
  await settled(async () => (await rows()).length === 1);
  clock.advance(24 * 3_600_000 + SLOT_S * 1_000);
  expect((await activity.of(botId)).totals.received).toBe(0);
  await store.write((tx) => activity.expire(tx));
  expect(await rows()).toEqual([]);
  await activity.close();
});

it('passes over a bot that was deleted before its counts were written', async () => {
  const { open, botId, queue, store, bots } = await counted();
  const activity = open();
  await queue(botId, 'a');
  await store.write((tx) => bots.delete(tx, botId));
  await activity.close();
  expect(await store.read.selectFrom('bot_activity').selectAll().execute()).toEqual([]);
});
