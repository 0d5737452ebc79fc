import type { QueryClient } from '@tanstack/react-query';
import type { ChatMessage } from '../../src-shared/client/types.ts';
import { getChat, getChatMessages } from '../../src-shared/client/window.ts';
import { ApiProblem, engine } from '../client.ts';
import {
  type ChatKey,
  changeMessages,
  chatsQuery,
  messagesQuery,
  placeChat,
  sameChat,
  settledChats,
  settledMessages,
} from './chats.ts';
import { clusters, merged } from './message-window.ts';

const CLUSTER = 100;
const KEPT = 600;
const within = () => ({ signal: AbortSignal.timeout(10_000) });

/** Runs one task per conversation at a time; what is asked for meanwhile is done once, after it, and waited for. */
function perChat(task: (chat: ChatKey) => Promise<void>, onFailed: (chat: ChatKey) => void) {
  const running = new Map<string, { isAskedAgain: boolean; done: Promise<void> }>();
  return function run(chat: ChatKey): Promise<void> {
    const key = `${chat.account} ${chat.jid}`;
    const now = running.get(key);
    if (now) {
      now.isAskedAgain = true;
      return now.done;
    }
    const state = { isAskedAgain: true, done: Promise.resolve() };
    running.set(key, state);
    state.done = (async () => {
      while (state.isAskedAgain) {
        state.isAskedAgain = false;
        // What is announced in the same breath is asked for together.
        await new Promise((resolve) => setTimeout(resolve));
        await task(chat).catch(() => onFailed(chat));
      }
      running.delete(key);
    })();
    return state.done;
  };
}

/** With a message that was not there before; `isMention`: the person is named in what came. */
export type OnNew = (message: ChatMessage, isMention: boolean) => void;

/** Asks only for what was announced, and puts it where it belongs. */
export function follower(client: QueryClient, onNew: OnNew) {
  const changed = new Map<string, Set<number>>();
  /** Of those, the ones that were not there before. */
  const unheard = new Map<string, Set<number>>();
  const fresh = new Map<string, ChatMessage[]>();
  const keyOf = ({ account, jid }: ChatKey) => `${account} ${jid}`;
  const note = (ids: Map<string, Set<number>>, chat: ChatKey, id: number) =>
    void ids.set(keyOf(chat), (ids.get(keyOf(chat)) ?? new Set()).add(id));

  const mentionsOf = (chat: ChatKey) =>
    client.getQueryData(chatsQuery.queryKey)?.find((one) => sameChat(one, chat))?.mentions ?? 0;

  /** What was announced and could not be asked for is in what is asked for as a whole. */
  function askAgain(chat: ChatKey): void {
    void client.invalidateQueries({ queryKey: messagesQuery(chat).queryKey });
    void client.invalidateQueries({ queryKey: chatsQuery.queryKey });
  }

  const askChat = perChat(async (chat) => {
    try {
      await settledChats(client);
      const news = await getChat(engine, chat, within());
      const before = client.getQueryData(chatsQuery.queryKey)?.find((one) => sameChat(one, chat));
      if (JSON.stringify(before?.encryption) !== JSON.stringify(news.encryption))
        void client.invalidateQueries({ queryKey: ['devices', chat.account] });
      placeChat(client, chat, news);
      if (news.last === null)
        changeMessages(client, chat, () => ({ messages: [], has_older: false, has_newer: false }));
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'not_found') throw error;
      placeChat(client, chat, undefined);
    }
  }, askAgain);

  const askMessages = perChat(async (chat) => {
    await settledMessages(client, chat);
    const ids = changed.get(keyOf(chat)) ?? [];
    changed.delete(keyOf(chat));
    const isNew = unheard.get(keyOf(chat)) ?? new Set();
    unheard.delete(keyOf(chat));
    const list = client.getQueryData(chatsQuery.queryKey);
    const before = list?.find((one) => sameChat(one, chat))?.last?.id ?? 0;
    const isKept = client.getQueryData(messagesQuery(chat).queryKey) !== undefined;
    for (const { from, to } of clusters(ids, CLUSTER)) {
      // Old messages of a conversation that is not shown are read when it is.
      const hasNews = [...isNew].some((id) => id >= from && id <= to);
      if (!isKept && to <= before && !hasNews) continue;
      const { messages } = await getChatMessages(
        engine,
        { ...chat, ...(from > 1 ? { after: from - 1 } : {}), limit: to - from + 1 },
        within(),
      );
      const told = messages.filter(({ id }) => id <= to);
      changeMessages(client, chat, (kept) => merged(kept, { messages: told, from, to }, KEPT, 'older'));
      if (!list) continue;
      const news = told.filter(({ id }) => isNew.has(id));
      fresh.set(keyOf(chat), [...(fresh.get(keyOf(chat)) ?? []), ...news]);
    }
  }, askAgain);

  return {
    changed: (chat: ChatKey): void => void askChat(chat),
    said(chat: ChatKey, id: number, isNew: boolean): void {
      note(changed, chat, id);
      if (isNew) note(unheard, chat, id);
      const mentions = mentionsOf(chat);
      void askMessages(chat)
        .then(() => askChat(chat))
        .then(() => {
          const news = fresh.get(keyOf(chat)) ?? [];
          fresh.delete(keyOf(chat));
          // The engine knows what the person is called there; it counts.
          for (const message of news) onNew(message, mentionsOf(chat) > mentions);
        });
    },
    typing(chat: ChatKey, who: string, isTyping: boolean): void {
      client.setQueryData(chatsQuery.queryKey, (list) =>
        list?.map((one) => {
          if (!sameChat(one, chat)) return one;
          const others = one.typing.filter((name) => name !== who);
          return { ...one, typing: isTyping ? [...others, who] : others };
        }),
      );
    },
  };
}
