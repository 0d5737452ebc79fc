import { expect, it } from 'vitest';
import { Emitter } from '../../../../src-main/base/emitter.ts';
import { telegramActs } from '../../../../src-main/engine/telegram/telegram-acts.ts';
import { TelegramFailure } from '../../../../src-main/gateways/telegram/index.ts';
import type { EngineEvents } from '../../../../src-shared/events.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

/** A message that may have arrived above `lookAbove`; `own` are the numbers at Telegram that the bot wrote. */
function inDoubt({ own, next, lookAbove }: { own: number[]; next: number; lookAbove: number }) {
  const link = { id: 1, address: '7', highestMessage: lookAbove };
  const bridge = { botId: 1, link };
  const done: string[] = [];
  const api = {
    isOwn: (_: string, number: number) => Promise.resolve(own.includes(number)),
    send: () => {
      own.push(next);
      done.push(`sent as ${next}`);
      return Promise.resolve(next);
    },
    delete: (_: string, number: number): Promise<boolean> => {
      done.push(`deleted ${number}`);
      return Promise.resolve(true);
    },
    edit: (_: string, number: number) => {
      done.push(`emptied ${number}`);
      return Promise.resolve();
    },
  };
  const nothing = () => Promise.resolve();
  const acts = telegramActs({
    store: {
      write: (unit: (tx: unknown) => unknown) => Promise.resolve(unit({ afterCommit: () => undefined })),
    },
    bridges: { of: () => Promise.resolve(bridge), noteNumber: nothing, setSent: nothing },
    outgoing: {
      end: nothing,
      notBegun: () => {
        done.push('not begun');
        return Promise.resolve();
      },
    },
    messages: {
      drop: (_: unknown, __: number, number: number) => {
        done.push(`forgot ${number}`);
        return Promise.resolve();
      },
      note: (_: unknown, { number }: { number: number }) => {
        done.push(`is ${number}`);
        return Promise.resolve();
      },
    },
    recents: { settle: nothing },
    languageOf: () => Promise.resolve('en'),
    events: new Emitter<EngineEvents>(),
    clock: new ManualClock(),
    logger: { info: () => undefined },
  } as never);
  const part = { text: 'hi', entities: [] };
  const row = { id: 1, botId: 1, linkId: 1, partsDone: 0, task: { kind: 'message', parts: [part] } };
  const step = { kind: 'send', row, part, replyTo: undefined, lookAbove, known: new Set<number>() };
  const perform = () =>
    acts.perform({ bot: { id: 1 }, api, bridge, step } as never, new AbortController().signal);
  const remove = (numbers: number[]) => {
    const deleting = { kind: 'delete', row: { ...row, task: { kind: 'delete' } }, numbers, outOfReach: [] };
    return acts.perform(
      { bot: { id: 1 }, api, bridge, step: deleting } as never,
      new AbortController().signal,
    );
  };
  return { api, done, perform, remove };
}

it('a message that was sent again is not sent once more because nobody could look for the first', async () => {
  const { api, done, perform } = inDoubt({ own: [], next: 200, lookAbove: 100 });
  api.isOwn = (_, number) =>
    number < 150
      ? Promise.resolve(false)
      : Promise.reject(new TelegramFailure('429', { kind: 'rate', status: 429, retryAfterS: 5 }));
  await expect(perform()).rejects.toThrow('429');
  expect(done).toEqual(['sent as 200']);
});

it('of two that are there one stays, the first', async () => {
  const { done, perform } = inDoubt({ own: [150], next: 200, lookAbove: 100 });
  await perform();
  expect(done).toEqual(['sent as 200', 'deleted 200', 'is 150']);
});

it('what the Telegram bot said before anything was known of the chat is no message that got lost', async () => {
  const { done, perform } = inDoubt({ own: [199], next: 200, lookAbove: 0 });
  await perform();
  expect(done).toEqual(['sent as 200', 'is 200']);
});

it('what Telegram will never delete keeps nothing that waits behind it', async () => {
  const { api, done, remove } = inDoubt({ own: [], next: 200, lookAbove: 100 });
  api.delete = () =>
    Promise.reject(new TelegramFailure('400 strange', { kind: 'failed', status: 400, isPermanent: true }));
  await remove([7, 8]);
  expect(done).toEqual(['emptied 7', 'emptied 8', 'forgot 7', 'forgot 8']);
});
