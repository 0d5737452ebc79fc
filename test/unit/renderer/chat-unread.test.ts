import { describe, expect, it } from 'vitest';
import { beginsElsewhere } from '../../../src-renderer/queries/message-window.ts';
import { sectionsOf } from '../../../src-renderer/views/chats/list/sections.ts';
import { rowsOf } from '../../../src-renderer/views/chats/log/rows.ts';
import type { Chat, ChatMessage } from '../../../src-shared/client/types.ts';

const message = (id: number): ChatMessage => ({
  id,
  message_id: `m${id}`,
  account: 'you@a.example',
  chat: 'friend@a.example',
  kind: 'text',
  outgoing: false,
  author: 'friend@a.example',
  by: 'person',
  bot_id: null,
  text: 'said',
  spoiler: null,
  sent_at: 1_700_000_000 + id,
  state: null,
  reason: null,
  cause: null,
  encrypted: false,
  edited: false,
  retracted: false,
  reply_to: null,
  reactions: [],
  files: [],
  actions: [],
  notice: null,
});
const messages = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const newAt = (...of: Parameters<typeof rowsOf>) =>
  rowsOf(...of)
    .filter((row) => row.beginsUnread)
    .map((row) => row.message.id);

describe('what is new', () => {
  it('begins behind what was read last, and with the first of a conversation where nothing was', () => {
    expect(newAt(messages(1, 9), 4, false)).toEqual([5]);
    expect(newAt(messages(1, 9), 0, false)).toEqual([1]);
    expect(newAt(messages(1, 9), 9, false)).toEqual([]);
    expect(newAt(messages(1, 9), undefined, false)).toEqual([]);
  });

  it('does not begin at the top of a page before which there is more of it', () => {
    expect(newAt(messages(50, 99), 4, true)).toEqual([]);
    // It does where the page begins right behind what was read, or with it.
    expect(newAt(messages(4, 99), 4, true)).toEqual([5]);
  });

  it('is looked for elsewhere where it begins before the page, or behind it', () => {
    const part = (from: number, to: number, has_older: boolean, has_newer: boolean) => ({
      messages: messages(from, to),
      has_older,
      has_newer,
    });
    expect(beginsElsewhere(part(50, 99, true, false), 4)).toBe(true);
    expect(beginsElsewhere(part(50, 99, true, false), 60)).toBe(false);
    expect(beginsElsewhere(part(1, 40, false, true), 90)).toBe(true);
    expect(beginsElsewhere(part(1, 40, false, false), 0)).toBe(false);
    expect(beginsElsewhere(part(50, 99, true, false), undefined)).toBe(false);
    expect(beginsElsewhere({ messages: [], has_older: false, has_newer: false }, 4)).toBe(false);
  });
});

describe('the list of unread conversations', () => {
  const chat = (jid: string, unread: number) =>
    ({ account: 'you@a.example', jid, name: jid, kind: 'contact', unread, last: null }) as unknown as Chat;
  const shown = (open: { account: string; jid: string } | undefined) =>
    sectionsOf([chat('read@a.example', 0), chat('new@a.example', 2)], {
      account: undefined,
      onlyUnread: true,
      open,
      words: '',
    }).flatMap(({ chats }) => chats.map(({ jid }) => jid));

  it('keeps the one that is open while it is read', () => {
    expect(shown(undefined)).toEqual(['new@a.example']);
    expect(shown({ account: 'you@a.example', jid: 'read@a.example' })).toEqual([
      'new@a.example',
      'read@a.example',
    ]);
    expect(shown({ account: 'me@a.example', jid: 'read@a.example' })).toEqual(['new@a.example']);
  });
});
