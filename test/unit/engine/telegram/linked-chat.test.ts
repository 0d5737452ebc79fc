import { expect, it } from 'vitest';
import { isLinked } from '../../../../src-main/engine/telegram/follow-group.ts';

it.each([
  ['its number', '-1001', { id: '-1001', username: 'weather' }, true],
  ['another number', '-1001', { id: '-1002', username: 'weather' }, false],
  ['its name, while no number is known', '@Weather', { id: '-1001', username: 'weather' }, true],
  ['another name', '@weather', { id: '-1001', username: 'weather2' }, false],
  ['no name', '@weather', { id: '-1001', username: null }, false],
])('a chat is known by %s', (_, address, chat, expected) => {
  expect(isLinked({ address }, chat)).toBe(expected);
});
