import { expect, it } from 'vitest';
import { telegramDelivery } from '../../../../src-main/engine/telegram/telegram-delivery.ts';
import type { TelegramMedia, TelegramMessage } from '../../../../src-main/gateways/telegram/index.ts';
import type { SameMessage } from '../../../../src-main/store/telegram-message-repository.ts';
import type { TelegramChat } from '../../../../src-shared/api/telegram.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

/** A bridge with a chat of that kind, and which numbers are known of it. */
function linkedWith(kind: TelegramChat['kind']) {
  const chat: TelegramChat = { id: '-1001', kind, title: 'News', username: null };
  const link = { id: 1, chatId: chat.id, address: chat.id, chat, mode: 'bridge', highestMessage: 10 };
  const bridge = { botId: 1, telegramId: '5', isEnabled: true, nextUpdate: 1, link };
  const known = new Map<number, SameMessage>();
  const said: string[] = [];
  const account = { jid: 'you@a.example' };
  const bot = { id: 1, owner: 'you@a.example', jid: '' };
  const nothing = () => Promise.resolve();
  const delivery = telegramDelivery({
    store: {
      write: (unit: (tx: unknown) => unknown) => Promise.resolve(unit({ afterCommit: () => undefined })),
    },
    bridges: { of: () => Promise.resolve(bridge), noteNumber: nothing, setNextUpdate: nothing },
    messages: {
      byNumber: (_: unknown, __: number, number: number) => Promise.resolve(known.get(number)),
      note: (_: unknown, same: SameMessage) => {
        known.set(same.number, same);
        return Promise.resolve();
      },
    },
    recents: { insert: nothing },
    accounts: { ofPerson: () => Promise.resolve(account) },
    post: {
      put: (_: unknown, __: unknown, { stanza }: { stanza: string }) => {
        said.push(stanza);
        return Promise.resolve();
      },
    },
    languageOf: () => Promise.resolve('en'),
    tell: nothing,
    clock: new ManualClock(),
  } as never);
  const update = (id: number, isEdit = false, media?: TelegramMedia) => {
    const text = { text: `word ${id}`, entities: [] };
    const message: TelegramMessage = { id, isEdit, from: 'Ada', isFromBot: false, text, at: 0 };
    if (media) message.media = media;
    return { id, chat, message };
  };
  const see = (ids: number[]) =>
    delivery.see(
      bot as never,
      bridge as never,
      ids.map((id) => update(id)),
    );
  const take = (id: number, isEdit = false, media?: TelegramMedia) =>
    delivery.take(bot as never, bridge as never, update(id, isEdit, media));
  return { known, said, see, take };
}

it('the posts of others in a channel are known, so that none is taken for one of ours', async () => {
  const { known, see } = linkedWith('channel');
  await see([9, 11, 12]);
  expect([...known.keys()]).toEqual([11, 12]);
});

it('where a Telegram bot can change its own messages only, others need not be known', async () => {
  const { known, see } = linkedWith('supergroup');
  await see([11, 12]);
  expect(known.size).toBe(0);
});

it('a post of a channel is carried over once, and so is its correction', async () => {
  const { known, said, see, take } = linkedWith('channel');
  await see([11]);
  await take(11);
  await take(11);
  expect(said).toHaveLength(1);
  expect(known.get(11)?.name).not.toBe('');
  await take(11, true);
  expect(said).toHaveLength(2);
  expect(said[1]).toContain(`id="${known.get(11)?.name}"`);
});

it('a place that moves all the time is told of once', async () => {
  const { said, take } = linkedWith('private');
  const place = (latitude: number) => ({ kind: 'live-location' as const, latitude, longitude: 13.4 });
  await take(11, false, place(52.5));
  await take(11, true, place(52.6));
  await take(11, true, place(52.7));
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('52.5');
});
