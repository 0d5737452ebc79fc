import { expect, it, onTestFinished, vi } from 'vitest';
import { restBell } from '../../../../src-main/engine/telegram/rest-bell.ts';
import { NobodyHere } from '../../../../src-main/engine/telegram/telegram-delivery.ts';
import { telegramPoll } from '../../../../src-main/engine/telegram/telegram-poll.ts';
import { TelegramFailure, type TelegramUpdate } from '../../../../src-main/gateways/telegram/index.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { until } from '../../../support/until.ts';

interface Asked {
  timeoutS: number;
  answer: (updates: TelegramUpdate[]) => void;
  refuse: (error: Error) => void;
}

/** A Telegram bot that is listened to, and Telegram in the hands of the test: each question waits for its answer. */
function listening(delivery: Record<string, unknown> = {}) {
  const clock = new ManualClock();
  const asked: Asked[] = [];
  const noted: string[] = [];
  const bell = restBell(clock);
  const ending = new AbortController();
  const updates = ({ timeoutS, signal }: { timeoutS: number; signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      asked.push({ timeoutS, answer: resolve, refuse: reject });
    });
  const nothing = () => Promise.resolve();
  const poll = telegramPoll({
    bots: { byId: () => Promise.resolve({ id: 1, status: 'active' }) },
    bridges: { of: () => Promise.resolve({ isEnabled: true, nextUpdate: 1, link: { mode: 'bridge' } }) },
    delivery: {
      see: nothing,
      prepare: nothing,
      pass: () => Promise.resolve(0),
      take: () => Promise.resolve(true),
      ...delivery,
    },
    troubles: {
      note: (_: number, __: string, { kind }: { kind: string }) => {
        noted.push(kind);
        return Promise.resolve();
      },
      well: (_: number, __: string, { isForNow }: { isForNow: boolean }) => {
        noted.push(isForNow ? 'well for now' : 'well');
        return Promise.resolve();
      },
    },
    seen: () => undefined,
    clock,
    logger: { warn: () => undefined, debug: () => undefined, error: () => undefined },
  } as never);
  const quiet = { untilMs: clock.monotonic() };
  const caughtUp = Promise.withResolvers<string>();
  const onCaughtUp = () => caughtUp.resolve('caught up');
  const run = poll.run(
    { bot: { id: 1 }, api: { updates }, bell, quiet, onHeard: () => undefined, onCaughtUp } as never,
    ending.signal,
  );
  onTestFinished(() => {
    ending.abort(new Error('over'));
    return run;
  });
  /** The next question, after however long a rest. */
  const next = async (restMs = 0): Promise<Asked> => {
    await until('a question', () => {
      if (asked.length === 0) clock.advance(restMs);
      return asked.length > 0;
    });
    return asked.shift() as Asked;
  };
  return { next, noted, clock, bell, quiet, ending, caughtUp: caughtUp.promise };
}

const CONFLICT = new TelegramFailure('getUpdates: 409', { kind: 'other-program', status: 409 });

it('a program that reads too is one trouble, however often it lets us have a word', async () => {
  const { next, noted, clock } = listening();
  (await next()).answer([]);
  for (let round = 0; round < 3; round += 1) {
    (await next()).refuse(CONFLICT);
    const short = await next(600_000);
    expect(short.timeoutS).toBe(0);
    short.answer([]);
  }
  const long = await next();
  expect(noted).toEqual(['well', ...Array(3).fill(['other-program', 'well for now']).flat()]);

  // It has gone: a whole long poll ends by itself.
  clock.advance(30_000);
  long.answer([]);
  await next();
  expect(noted.at(-1)).toBe('well');
});

it.each([
  ['refuses us at once, every time', false],
  ['lets us have a word in between', true],
])('another reader that %s is asked seldom, and ever more so', async (_, hasWord) => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(1);
  onTestFinished(() => random.mockRestore());
  const { next, clock } = listening();
  const restsS: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    (await next()).refuse(CONFLICT);
    const [restMs = 0] = await until('a rest', () => (clock.waits.length > 0 ? clock.waits : undefined));
    restsS.push(restMs / 1_000);
    clock.advance(restMs);
    if (hasWord) (await next()).answer([]);
  }
  expect(restsS).toEqual([10, 20, 40, 80, 160, 320, 600, 600]);
});

const updatesOf = (count: number): TelegramUpdate[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    chat: { id: '1', kind: 'private', title: 'Ada', username: null },
  }));

it('news that cannot be taken keep nothing from being sent, however many wait', async () => {
  const { next, noted, caughtUp } = listening({
    take: () => Promise.reject(new NobodyHere('nobody is signed in')),
  });
  (await next()).answer(updatesOf(100));
  expect(await caughtUp).toBe('caught up');
  await next(60_000);
  expect(noted).toEqual(['failed']);
});

it('nothing more of what came is taken when it is switched off', async () => {
  const taken: number[] = [];
  const over = Promise.withResolvers<void>();
  const { next, ending } = listening({
    take: (_: unknown, __: unknown, { id }: TelegramUpdate) => {
      taken.push(id);
      if (id === 2) ending.abort(new Error('switched off'));
      if (id === 2) over.resolve();
      return Promise.resolve(true);
    },
  });
  (await next()).answer(updatesOf(5));
  await over.promise;
  await new Promise(setImmediate);
  expect(taken).toEqual([1, 2]);
});

it('asks for nothing before the time that Telegram asked for, however often it is rung', async () => {
  const { next, bell, clock } = listening();
  const begunMs = clock.monotonic();
  const refusal = { kind: 'rate' as const, status: 429, retryAfterS: 120 };
  (await next()).refuse(new TelegramFailure('getUpdates: 429', refusal));
  const again = next(10_000);
  for (let round = 0; round < 20; round += 1) {
    bell.ring();
    await new Promise(setImmediate);
  }
  await again;
  expect(clock.monotonic() - begunMs).toBeGreaterThanOrEqual(120_000);
});
