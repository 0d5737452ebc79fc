import { expect, it } from 'vitest';
import { seenChats } from '../../../../src-main/engine/telegram/seen-chats.ts';

it('remembers what was said in a chat before it was linked, for each Telegram bot', () => {
  const chats = seenChats();
  chats.noteOwn('1', '-100', 7);
  chats.noteOwn('1', '-100', 9);
  expect(chats.ownIn('1', '-100')).toBe(9);
  expect(chats.ownIn('2', '-100')).toBeUndefined();
});

it('keeps the newest only', () => {
  const chats = seenChats();
  for (let chat = 0; chat <= 500; chat += 1) chats.noteOwn('1', String(chat), chat + 1);
  expect(chats.ownIn('1', '0')).toBeUndefined();
  expect(chats.ownIn('1', '500')).toBe(501);
});
