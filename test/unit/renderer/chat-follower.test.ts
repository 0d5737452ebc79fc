import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import { until } from '../../support/until.ts';

/** What the engine has, and when it answers. */
const here = vi.hoisted(() => ({
  messages: [] as { id: number }[],
  answers: Promise.resolve() as Promise<unknown>,
  chatAnswers: Promise.resolve() as Promise<unknown>,
}));
vi.mock('../../../src-renderer/client.ts', () => ({ ApiProblem: class extends Error {}, engine: {} }));
vi.mock('../../../src-shared/client/window.ts', () => ({
  async getChat(_: unknown, chat: object) {
    await here.chatAnswers;
    return { ...chat, last: here.messages.at(-1) ?? null, mentions: 0 };
  },
  async getChatMessages(_: unknown, { after = 0, limit }: { after?: number; limit: number }) {
    await here.answers;
    const messages = here.messages.filter(({ id }) => id > after).slice(0, limit);
    return { messages, has_older: false, has_newer: false };
  },
}));

interface Chat {
  account: string;
  jid: string;
}
interface Follower {
  changed(chat: Chat): void;
  said(chat: Chat, id: number, isNew: boolean): void;
}
// By names that the compiler does not follow: it reads pages in a project of their own, with what browsers have.
const [FOLLOWER, CHATS]: string[] = ['chat-follower', 'chats'].map(
  (name) => `../../../src-renderer/queries/${name}.ts`,
);
const { follower } = (await import(FOLLOWER ?? '')) as {
  follower: (client: QueryClient, onNew: (message: { id: number }) => void) => Follower;
};
const { chatsQuery } = (await import(CHATS ?? '')) as { chatsQuery: { queryKey: readonly string[] } };

const CHAT = { account: 'you@localhost', jid: 'ada@localhost' };

/** A window that has these messages, and hears of what comes. */
function window(...ids: number[]) {
  here.messages = ids.map((id) => ({ id }));
  const client = new QueryClient();
  client.setQueryData(chatsQuery.queryKey, []);
  const told: number[] = [];
  /** Where it is not in the list yet, nobody can say whose it is. */
  const isListed = () => client.getQueryData<unknown[]>(chatsQuery.queryKey)?.length === 1;
  const follow = follower(client, ({ id }) => isListed() && told.push(id));
  const last = () => client.getQueryData<{ last: { id: number } }[]>(chatsQuery.queryKey)?.[0]?.last.id;
  return { told, follow, last };
}

describe('a message that is new', () => {
  it('is told of, also where the list has it before the message itself is here', async () => {
    const { told, follow, last } = window();
    const { promise, resolve } = Promise.withResolvers<void>();
    here.answers = promise;

    here.messages.push({ id: 1 });
    follow.changed(CHAT);
    follow.said(CHAT, 1, true);
    await until('the conversation in the list', () => last() === 1);
    resolve();

    await until('it to be told of', () => told.length > 0);
    expect(told).toEqual([1]);
  });

  it('is told of, although the list was asked for before it was announced', async () => {
    const { told, follow, last } = window();
    here.answers = Promise.resolve();

    here.messages.push({ id: 1 });
    follow.changed(CHAT);
    await until('the conversation in the list', () => last() === 1);
    follow.said(CHAT, 1, true);

    await until('it to be told of', () => told.length > 0);
    expect(told).toEqual([1]);
  });

  it('is told of when the list has it, which may be asked for already', async () => {
    const { told, follow } = window();
    const { promise, resolve } = Promise.withResolvers<void>();
    [here.answers, here.chatAnswers] = [Promise.resolve(), promise];

    here.messages.push({ id: 1 });
    follow.changed(CHAT);
    follow.said(CHAT, 1, true);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((next) => setTimeout(next));
    resolve();

    await until('it to be told of', () => told.length > 0);
    expect(told).toEqual([1]);
  });

  it('is told of once, and not when it changes', async () => {
    const { told, follow } = window();
    here.answers = Promise.resolve();

    for (const id of [1, 2]) {
      here.messages.push({ id });
      follow.said(CHAT, id, true);
      follow.said(CHAT, id, false);
    }
    await until('both to be told of', () => told.length === 2);
    follow.said(CHAT, 1, false);
    here.messages.push({ id: 3 });
    follow.said(CHAT, 3, true);

    await until('the third', () => told.includes(3));
    expect(told).toEqual([1, 2, 3]);
  });
});
