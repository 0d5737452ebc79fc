import { expect, it, vi } from 'vitest';
import { commandQueue } from '../../../../src-main/engine/messages/command-queue.ts';

function start({ mayWork = (): boolean => true } = {}) {
  const [setAside, takeBack, failed] = [vi.fn(), vi.fn(), vi.fn()];
  const queue = commandQueue({ mayWork, setAside, takeBack, failed });
  return { queue, setAside, takeBack, failed };
}

it('begins each when the one before has ended, and gives each row back once', async () => {
  const { queue, setAside, takeBack } = start();
  const first = Promise.withResolvers<void>();
  const begun: string[] = [];
  const work = (name: string, until?: Promise<void>) => async () => {
    begun.push(name);
    await until;
  };
  queue.add('a', work('a', first.promise));
  expect([queue.isBusy, queue.holdsTexts]).toEqual([true, false]);
  queue.add('b', work('b'));
  expect([queue.holdsTexts, begun]).toEqual([true, ['a']]);

  first.resolve();

  await vi.waitUntil(() => !queue.isBusy);
  expect(begun).toEqual(['a', 'b']);
  expect([setAside.mock.calls, takeBack.mock.calls]).toEqual([
    [['a'], ['b']],
    [['a'], ['b']],
  ]);
});

it('holds up texts while one is under way that says so, and no longer, whatever comes of it', async () => {
  const { queue } = start();
  const first = Promise.withResolvers<void>();
  queue.add('a', () => queue.hold(() => first.promise));
  expect(queue.holdsTexts).toBe(true);

  first.reject(new Error('the disk is full'));

  await vi.waitUntil(() => !queue.isBusy);
  expect(queue.holdsTexts).toBe(false);
});

it('goes on after one that failed, which is tried again', async () => {
  const { queue, takeBack, failed } = start();
  const reason = new Error('the disk is full');
  queue.add('a', () => Promise.reject(reason));
  queue.add('b', async () => undefined);
  await vi.waitUntil(() => !queue.isBusy);
  expect([failed.mock.calls, takeBack.mock.calls]).toEqual([[['a', reason]], [['b']]]);
});

it('ends the one under way and leaves the others to whoever is next', async () => {
  const { queue, takeBack } = start();
  const begun: string[] = [];
  queue.add('a', (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())));
  queue.add('b', async () => void begun.push('b'));

  await queue.end();

  expect([begun, queue.isBusy]).toEqual([[], false]);
  expect(takeBack.mock.calls.flat().sort()).toEqual(['a', 'b']);
});

it('begins nothing once another engine acts', async () => {
  let isActing = true;
  const { queue, takeBack } = start({ mayWork: () => isActing });
  const first = Promise.withResolvers<void>();
  const begun: string[] = [];
  queue.add('a', () => first.promise);
  queue.add('b', async () => void begun.push('b'));
  isActing = false;
  first.resolve();
  await vi.waitUntil(() => !queue.isBusy);
  expect([begun, takeBack.mock.calls]).toEqual([[], [['a'], ['b']]]);

  queue.add('c', async () => void begun.push('c'));
  await vi.waitUntil(() => !queue.isBusy);
  isActing = true;
  queue.add('c', async () => void begun.push('c again'));
  await vi.waitUntil(() => !queue.isBusy);
  expect(begun).toEqual(['c again']);
});
