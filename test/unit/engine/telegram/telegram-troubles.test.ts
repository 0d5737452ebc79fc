import { expect, it } from 'vitest';
import { Emitter } from '../../../../src-main/base/emitter.ts';
import { telegramTroubles } from '../../../../src-main/engine/telegram/telegram-troubles.ts';
import type { EngineEvents } from '../../../../src-shared/events.ts';
import type { BotId } from '../../../../src-shared/ids.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const BOT = 1 as BotId;

/** The troubles of one bridge; what is stored of them outlives `begin`, which is a start of the program. */
function troublesOfBot() {
  const bridge = { told: {} as Record<string, string | undefined> };
  const told: string[] = [];
  const begin = () =>
    telegramTroubles({
      store: { write: (unit: (tx: unknown) => unknown) => Promise.resolve(unit({})) },
      bridges: {
        of: () => Promise.resolve(bridge),
        setTold: (_: unknown, __: unknown, side: string, kind: string | undefined) => {
          bridge.told = { ...bridge.told, [side]: kind };
          return Promise.resolve();
        },
      },
      notices: {
        tell: (_: unknown, __: unknown, kind: string) => {
          told.push(kind);
          return Promise.resolve();
        },
      },
      events: new Emitter<EngineEvents>(),
      clock: new ManualClock(),
      logger: { error: (_: unknown, why: string) => told.push(why) },
    } as never);
  return { begin, told };
}

it('an owner is told once, over restarts too, and once more when it worked in between', async () => {
  const { begin, told } = troublesOfBot();
  await begin().note(BOT, 'writing', { kind: 'blocked' });
  const second = begin();
  await second.note(BOT, 'writing', { kind: 'blocked' });
  expect(told).toEqual(['telegram-blocked']);

  // It was mended while the program did not run.
  const third = begin();
  await third.well(BOT, 'writing');
  await third.note(BOT, 'writing', { kind: 'blocked' });
  expect(told).toEqual(['telegram-blocked', 'telegram-blocked']);
});

it('what works for now only is shown, and its owner is not told of the next time', async () => {
  const { begin, told } = troublesOfBot();
  const troubles = begin();
  for (let round = 0; round < 3; round += 1) {
    await troubles.note(BOT, 'hearing', { kind: 'other-program' });
    expect(troubles.shown(BOT).trouble?.kind).toBe('other-program');
    await troubles.well(BOT, 'hearing', { isForNow: true });
    expect(troubles.shown(BOT)).toMatchObject({ isOnline: true, trouble: null });
  }
  expect(told).toEqual(['telegram-other-program']);

  await troubles.well(BOT, 'hearing');
  await troubles.note(BOT, 'hearing', { kind: 'other-program' });
  expect(told).toHaveLength(2);
});

it('each side is told of by itself, and what is over on one is not over on the other', async () => {
  const { begin, told } = troublesOfBot();
  const first = begin();
  await first.note(BOT, 'hearing', { kind: 'other-program' });
  await first.note(BOT, 'writing', { kind: 'blocked' });
  await first.well(BOT, 'hearing');
  expect(first.shown(BOT).trouble?.kind).toBe('blocked');

  // Both still go on, or are over, after a start.
  const second = begin();
  await second.note(BOT, 'writing', { kind: 'blocked' });
  expect(told).toEqual(['telegram-other-program', 'telegram-blocked']);
  await second.note(BOT, 'hearing', { kind: 'other-program' });
  expect(told).toHaveLength(3);
  await second.well(BOT, 'writing');
  await begin().note(BOT, 'hearing', { kind: 'other-program' });
  expect(told).toHaveLength(3);
});

it('a token that is worth nothing is told of once, though both sides notice', async () => {
  const { begin, told } = troublesOfBot();
  const troubles = begin();
  await troubles.note(BOT, 'writing', { kind: 'token' });
  await troubles.note(BOT, 'hearing', { kind: 'token' });
  await troubles.well(BOT, 'hearing');
  expect(troubles.shown(BOT).trouble?.kind).toBe('token');
  await troubles.note(BOT, 'hearing', { kind: 'token' });
  expect(told).toEqual(['telegram-token']);
});
