import { expect, it } from 'vitest';
import { ConversationTurns } from '../../../../src-main/engine/webhooks/conversation-turns.ts';

function turnsOf(...conversations: string[]) {
  const turns = new ConversationTurns();
  for (const conversation of conversations) turns.wake(conversation);
  return turns;
}

it('gives each conversation one turn at a time, who was served standing last', () => {
  const turns = turnsOf('a', 'b', 'a');

  expect([turns.take(0), turns.take(0), turns.take(0)]).toEqual(['a', 'b', undefined]);
  turns.done('b', { hasMore: true });
  turns.done('a', { hasMore: true });
  expect([turns.take(0), turns.take(0), turns.take(0)]).toEqual(['b', 'a', undefined]);
});

it('forgets a conversation without more, unless something came meanwhile', () => {
  const turns = turnsOf('a', 'b');
  turns.take(0);
  turns.take(0);

  turns.wake('a');
  turns.done('a', { hasMore: false });
  turns.done('b', { hasMore: false });

  expect([turns.take(0), turns.take(0)]).toEqual(['a', undefined]);
});

it('lets a conversation wait without holding up the others, whatever comes in it', () => {
  const turns = turnsOf('a', 'b');
  turns.take(0);
  turns.done('a', { hasMore: true, notBeforeMs: 1_000 });

  turns.wake('a');
  expect([turns.take(999), turns.take(999), turns.earliest()]).toEqual(['b', undefined, 1_000]);
  expect([turns.take(1_000), turns.earliest()]).toEqual(['a', undefined]);
});
