import { expect, it } from 'vitest';
import { WriteQueue } from '../../../../src-main/gateways/xmpp/write-queue.ts';

it('keeps the order, but for what is urgent', () => {
  const queue = new WriteQueue();
  for (const text of ['1', '2', '3', '4']) queue.add(text);

  expect(queue.piece(2)).toBe('12');
  queue.setUrgent('a');
  queue.add('5');

  expect([queue.next(), queue.piece(100), queue.next(), queue.isEmpty]).toEqual([
    'a',
    '345',
    undefined,
    true,
  ]);
});

it('is empty when it was cleared', () => {
  const queue = new WriteQueue();
  queue.add('1');
  queue.setUrgent('a');
  queue.clear();
  queue.add('2');
  expect(queue.piece(100)).toBe('2');
});

it('keeps only the newest of what is urgent', () => {
  const queue = new WriteQueue();
  queue.add('1');
  for (const text of ['a', 'b', 'c']) queue.setUrgent(text);
  expect(queue.piece(100)).toBe('c1');
});
