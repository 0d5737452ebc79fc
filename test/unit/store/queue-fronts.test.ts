import { describe, expect, it } from 'vitest';
import { QueueFronts } from '../../../src-main/store/queue-fronts.ts';
import type { BotId } from '../../../src-shared/ids.ts';

const BOT = 1 as BotId;
const update = (updateId: number, { conversation = 'a@x', data = '{}', botId = BOT } = {}) => ({
  botId,
  updateId,
  type: 'message',
  conversation,
  data,
  deliveryId: `d${updateId}`,
  createdAt: 0,
  attempts: 0,
  refusals: 0,
  deliveryOf: null,
});

function watched() {
  const fronts = new QueueFronts();
  fronts.watch(BOT);
  return fronts;
}
const idsOf = (fronts: QueueFronts, conversation = 'a@x') =>
  fronts.of(BOT, conversation)?.map(({ updateId }) => updateId);

describe('the fronts of queues', () => {
  it('hold a conversation from its first update to its last', () => {
    const fronts = watched();
    fronts.added(update(2), 1);
    fronts.added(update(4), 2);
    fronts.added(update(6, { conversation: 'b@x' }), 1);
    expect(idsOf(fronts)).toEqual([2, 4]);

    fronts.removed(BOT, 'a@x', 2);
    expect(idsOf(fronts)).toEqual([4]);
    fronts.removed(BOT, 'a@x', 4);
    expect(idsOf(fronts)).toBeUndefined();
    expect(idsOf(fronts, 'b@x')).toEqual([6]);
  });

  it('know nothing of a conversation of which something else waits', () => {
    const fronts = watched();
    fronts.added(update(4), 2);
    expect(idsOf(fronts)).toBeUndefined();

    fronts.added(update(2, { conversation: 'b@x' }), 1);
    fronts.added(update(8, { conversation: 'b@x' }), 3);
    expect(idsOf(fronts, 'b@x')).toBeUndefined();
  });

  it('forget a conversation that lost another than its oldest, and a bot that nobody delivers for', () => {
    const fronts = watched();
    fronts.added(update(2), 1);
    fronts.added(update(4), 2);
    fronts.removed(BOT, 'a@x', 4);
    expect(idsOf(fronts)).toBeUndefined();

    fronts.added(update(6), 1);
    fronts.unwatch(BOT);
    expect(idsOf(fronts)).toBeUndefined();
    fronts.added(update(8), 1);
    expect(idsOf(fronts)).toBeUndefined();
  });

  it('hold so many characters and no more, and have room again when they are gone', () => {
    const fronts = watched();
    const data = 'x'.repeat(5_000_000);
    fronts.added(update(2, { data }), 1);
    fronts.added(update(4, { data, conversation: 'b@x' }), 1);
    expect([idsOf(fronts), idsOf(fronts, 'b@x')]).toEqual([[2], undefined]);

    fronts.removed(BOT, 'a@x', 2);
    fronts.added(update(6, { data, conversation: 'b@x' }), 1);
    expect(idsOf(fronts, 'b@x')).toEqual([6]);
  });
});
