import { describe, expect, it } from 'vitest';
import {
  clusters,
  type MessageWindow,
  merged,
  shownPart,
} from '../../../src-renderer/queries/message-window.ts';
import { shouldTell } from '../../../src-renderer/shell/should-tell.ts';
import { rowsOf } from '../../../src-renderer/views/chats/log/rows.ts';
import type { ChatMessage } from '../../../src-shared/client/types.ts';

const NOON = new Date(2026, 4, 5, 12).getTime() / 1_000;
const message = (id: number, change: Partial<ChatMessage> = {}): ChatMessage => ({
  id,
  message_id: `m${id}`,
  account: 'you@a.example',
  chat: 'friend@a.example',
  kind: 'text',
  outgoing: false,
  author: 'friend@a.example',
  by: 'person',
  bot_id: null,
  text: `text ${id}`,
  spoiler: null,
  sent_at: NOON + id,
  state: null,
  reason: null,
  cause: null,
  encrypted: true,
  edited: false,
  retracted: false,
  reply_to: null,
  reactions: [],
  files: [],
  actions: [],
  notice: null,
  ...change,
});
const own = (id: number, change: Partial<ChatMessage> = {}) =>
  message(id, { outgoing: true, author: 'you@a.example', ...change });
const shape = (messages: ChatMessage[], readUpTo?: number) =>
  rowsOf(messages, readUpTo).map(
    ({ isOwn, isFirst, isLast, beginsDay, beginsUnread }) =>
      `${isOwn ? 'own' : 'in'}${isFirst ? ' first' : ''}${isLast ? ' last' : ''}${beginsDay ? ' day' : ''}${beginsUnread ? ' unread' : ''}`,
  );

describe('rows of a conversation', () => {
  it('puts together what one person says within five minutes', () => {
    const late = message(3, { sent_at: NOON + 2 + 301 });
    expect(shape([message(1), message(2), late, own(4, { sent_at: NOON + 304 })])).toEqual([
      'in first day',
      'in last',
      'in first last',
      'own first last',
    ]);
  });

  it('begins each day with its line, and a group with it', () => {
    const before = message(1, { sent_at: new Date(2026, 4, 4, 23, 59).getTime() / 1_000 });
    const after = message(2, { sent_at: new Date(2026, 4, 5, 0, 1).getTime() / 1_000 });
    expect(shape([before, after])).toEqual(['in first last day', 'in first last day']);
  });

  it('has one line before what was not read, which is never something own', () => {
    expect(shape([message(1), own(2), message(3), message(4)], 1)).toEqual([
      'in first last day',
      'own first last',
      'in first unread',
      'in last',
    ]);
  });

  it('puts what bots and the engine say in the chat with oneself on the other side', () => {
    const self = { account: 'you@a.example', chat: 'you@a.example' };
    const engine = own(2, { ...self, by: 'engine' });
    const bot = own(3, { ...self, by: 'bot', bot_id: 7 });
    expect(shape([own(1, self), engine, bot])).toEqual([
      'own first last day',
      'in first last',
      'in first last',
    ]);
  });
});

describe('the part of a conversation that is kept', () => {
  const kept = (ids: number[], more: Partial<MessageWindow> = {}): MessageWindow => ({
    messages: ids.map((id) => message(id)),
    has_older: false,
    has_newer: false,
    ...more,
  });
  const idsOf = ({ messages }: MessageWindow) => messages.map(({ id }) => id);

  it('takes in what is new, changed or gone', () => {
    const changed = message(2, { text: 'changed' });
    const after = merged(kept([1, 2, 3]), { messages: [changed, message(4)], from: 2, to: 4 }, 10, 'older');
    expect(idsOf(after)).toEqual([1, 2, 4]);
    expect(after.messages[1]?.text).toBe('changed');
  });

  it('leaves out what would make a gap', () => {
    const part = kept([10, 11], { has_older: true, has_newer: true });
    expect(idsOf(merged(part, { messages: [message(20)], from: 20, to: 20 }, 10, 'older'))).toEqual([10, 11]);
    expect(idsOf(merged(part, { messages: [message(5)], from: 5, to: 5 }, 10, 'older'))).toEqual([10, 11]);
  });

  it('shows a message once that has got another place', () => {
    const moved = message(9, { message_id: 'm1' });
    expect(idsOf(merged(kept([1, 2]), { messages: [moved], from: 9, to: 9 }, 10, 'older'))).toEqual([2, 9]);
  });

  it('lets go of what is far away, and says so', () => {
    const page = { messages: [message(1), message(2)], from: 0, to: 0 };
    expect(merged(kept([3, 4]), page, 3, 'newer')).toMatchObject({ has_newer: true, has_older: false });
    expect(idsOf(merged(kept([3, 4]), page, 3, 'newer'))).toEqual([1, 2, 3]);
    expect(idsOf(merged(kept([3, 4]), page, 3, 'older'))).toEqual([2, 3, 4]);
  });

  it('stays where it is when it is asked for again', () => {
    expect(shownPart(undefined, 60, 200)).toEqual({ limit: 60 });
    expect(shownPart(kept([]), 60, 200)).toEqual({ limit: 60 });
    const ids = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(shownPart(kept(ids), 60, 200)).toEqual({ limit: 100 });
    expect(shownPart(kept(ids, { has_newer: true }), 60, 80)).toEqual({ around: 51, limit: 80 });
  });

  it('asks for what was announced in as few pages as it takes', () => {
    expect(clusters([9, 5, 6, 500, 9], 100)).toEqual([
      { from: 5, to: 9 },
      { from: 500, to: 500 },
    ]);
  });
});

describe('whether a person is told', () => {
  const chat = { kind: 'contact', muted: false, mentions: 0, name: 'x' } as const;
  const news = { wish: 'all', chat, isOwn: false, kind: 'text' } as const;

  it('follows the setting, the conversation and who wrote', () => {
    expect(shouldTell(news)).toBe(true);
    expect(shouldTell({ ...news, wish: 'off' })).toBe(false);
    expect(shouldTell({ ...news, chat: { ...chat, muted: true } })).toBe(false);
    expect(shouldTell({ ...news, isOwn: true })).toBe(false);
    expect(shouldTell({ ...news, kind: 'notice' })).toBe(false);
  });

  it('tells of rooms only where one is named, if that is wished', () => {
    const room = { ...news, wish: 'mentions', chat: { ...chat, kind: 'room' } } as const;
    expect(shouldTell(room)).toBe(false);
    expect(shouldTell({ ...room, isMention: true })).toBe(true);
    expect(shouldTell({ ...news, wish: 'mentions' })).toBe(true);
  });
});
