import { describe, expect, it } from 'vitest';
import { earlyPlaces } from '../../../src-main/engine/chat/early-places.ts';
import type { Account } from '../../../src-main/store/account-repository.ts';
import type { ChatMessageRow } from '../../../src-main/store/chat-message-row.ts';
import type { Tx } from '../../../src-main/store/open.ts';
import { bareJid } from '../../../src-shared/jid.ts';

const account = { id: 1, jid: 'you@a.example' } as unknown as Account;
const jid = bareJid('friend@a.example');
const tx = { afterCommit: (run: () => void) => run() } as unknown as Tx;

/** A conversation whose messages stand at their places, by name. */
function conversation() {
  const places = new Map<string, number>();
  const announced: number[] = [];
  const early = earlyPlaces({
    messages: {
      byName: async (_tx, _chat, { name }) => {
        const id = places.get(name);
        return id === undefined ? undefined : ({ id } as ChatMessageRow);
      },
      async moveToEnd(_tx, id) {
        const name = [...places].find(([, at]) => at === id)?.[0] ?? '';
        const place = Math.max(...places.values()) + 1;
        places.set(name, place);
        return place;
      },
    },
    announce: (_tx, _account, _chat, id) => announced.push(id),
  });
  const put = (name: string) => {
    places.set(name, Math.max(0, ...places.values()) + 1);
    return places.get(name) ?? 0;
  };
  return {
    announced,
    streamed: (name: string) => early.came(tx, account, { id: put(name), jid }),
    async archived(name: string) {
      const isNew = !places.has(name);
      if (isNew) put(name);
      await early.archived(tx, account, { chatId: 1, messageId: name, name, isNew });
    },
    placed: () => early.placed(tx, account),
    order: () => [...places].sort((a, b) => a[1] - b[1]).map(([name]) => name),
  };
}

describe('what the stream brings while the archive is read', () => {
  it('stays where it is when the archive tells the same', async () => {
    const chat = conversation();
    chat.streamed('a');
    chat.streamed('b');
    await chat.archived('a');
    expect(chat.order()).toEqual(['a', 'b']);
    await chat.placed();
    expect(chat.order()).toEqual(['a', 'b']);
    expect(chat.announced).toEqual([]);
  });

  it('stands behind what the archive tells, also where the archive does not know it yet; that is announced', async () => {
    const chat = conversation();
    chat.streamed('c');
    chat.streamed('d');
    await chat.archived('a');
    await chat.archived('c');
    await chat.archived('b');
    await chat.placed();

    expect(chat.order()).toEqual(['a', 'c', 'b', 'd']);
    // Where they were, and where they are: c from 1 to 4, d from 2 to 6.
    expect(chat.announced).toEqual([1, 4, 2, 6]);
  });

  it('is followed no longer when the archive is read', async () => {
    const chat = conversation();
    chat.streamed('a');
    await chat.placed();
    await chat.archived('b');
    await chat.placed();
    expect(chat.order()).toEqual(['a', 'b']);
  });
});
