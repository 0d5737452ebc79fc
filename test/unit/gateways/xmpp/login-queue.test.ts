import { expect, it } from 'vitest';
import { LoginQueue } from '../../../../src-main/gateways/xmpp/login-queue.ts';

it('lets so many in at a time, in order, and a place is given on once', async () => {
  const queue = new LoginQueue(2);
  const order: number[] = [];
  const turns = [1, 2, 3, 4].map(async (n) => {
    const release = await queue.turn('x.org');
    order.push(n);
    return release;
  });
  const [first, second] = await Promise.all(turns.slice(0, 2));

  expect(order).toEqual([1, 2]);
  first?.();
  first?.();
  await turns[2];
  expect(order).toEqual([1, 2, 3]);
  second?.();
  await turns[3];
  expect(order).toEqual([1, 2, 3, 4]);
});

it('does not let one server hold up another', async () => {
  const queue = new LoginQueue(1);
  await queue.turn('silent.org');
  void queue.turn('silent.org');

  await expect(queue.turn('x.org')).resolves.toBeTypeOf('function');
});
