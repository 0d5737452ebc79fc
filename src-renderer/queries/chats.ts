import { type QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query';
import type { Chat, ChatMessage } from '../../src-shared/client/types.ts';
import { getChatMessages, getChats } from '../../src-shared/client/window.ts';
import { engine, inTime } from '../client.ts';
import { type ChatKey, sameChat } from './chat-key.ts';
import { type MessageWindow, merged, shownPart } from './message-window.ts';

export { type ChatKey, sameChat } from './chat-key.ts';

/** Messages of one page, and the most that are kept of one conversation: what is far away is asked for again. */
export const PAGE = 60;
const KEPT = 600;
const LARGEST_PAGE = 200;

export const chatsQuery = queryOptions({
  queryKey: ['chats'],
  queryFn: ({ signal }) => getChats(engine, {}, inTime(signal)),
});

const messagesKey = ({ account, jid }: ChatKey) => ['chat-messages', account, jid] as const;

/** The part of a conversation that is shown; at first its newest messages. Asked for again, it stays that part. */
export const messagesQuery = ({ account, jid }: ChatKey) =>
  queryOptions({
    queryKey: messagesKey({ account, jid }),
    queryFn: async ({ signal, client, queryKey }): Promise<MessageWindow> => {
      const part = shownPart(client.getQueryData<MessageWindow>(queryKey), PAGE, LARGEST_PAGE);
      return getChatMessages(engine, { account, jid, ...part }, inTime(signal));
    },
  });

/** Changes what is kept of a conversation, if anything is. */
export function changeMessages(
  client: QueryClient,
  chat: ChatKey,
  change: (kept: MessageWindow) => MessageWindow,
): void {
  client.setQueryData(messagesQuery(chat).queryKey, (kept) => (kept ? change(kept) : kept));
}

/** Puts a message into its place, where its place is in sight. */
export const placeMessage = (client: QueryClient, message: ChatMessage): void =>
  changeMessages(client, { account: message.account, jid: message.chat }, (kept) =>
    merged(kept, { messages: [message], from: message.id, to: message.id }, KEPT, 'older'),
  );

/** Pages that are on their way, by conversation. */
const pages = new Map<string, Promise<void>>();
const nameOf = ({ account, jid }: ChatKey) => `${account} ${jid}`;
function during(chat: ChatKey, task: () => Promise<void>): Promise<void> {
  const page = task().finally(() => pages.get(nameOf(chat)) === page && pages.delete(nameOf(chat)));
  pages.set(nameOf(chat), page);
  return page;
}

const onItsWay = (client: QueryClient, queryKey: QueryKey): Promise<unknown> | undefined => {
  const query = client.getQueryCache().find({ queryKey, exact: true });
  return query?.state.fetchStatus === 'fetching' ? query.promise : undefined;
};

/** When no answer is on its way that may not know yet what was just announced, and would take its place. */
export async function settledChats(client: QueryClient): Promise<void> {
  for (let list = onItsWay(client, chatsQuery.queryKey); list; list = onItsWay(client, chatsQuery.queryKey))
    await list.catch(() => undefined);
}
export async function settledMessages(client: QueryClient, chat: ChatKey): Promise<void> {
  const next = () => onItsWay(client, messagesKey(chat)) ?? pages.get(nameOf(chat));
  for (let page = next(); page; page = next()) await page.catch(() => undefined);
}

const abort = () => AbortSignal.timeout(10_000);

/** Adds the page before what is kept. */
export async function loadOlder(client: QueryClient, chat: ChatKey): Promise<void> {
  const first = client.getQueryData(messagesQuery(chat).queryKey)?.messages[0];
  if (!first) return;
  await during(chat, async () => {
    const asked = { ...chat, before: first.id, limit: PAGE };
    const page = await getChatMessages(engine, asked, { signal: abort() });
    changeMessages(client, chat, (kept) => ({
      ...merged(kept, { messages: page.messages, from: 0, to: 0 }, KEPT, 'newer'),
      has_older: page.has_older,
    }));
  });
}

/** Adds the page after what is kept. */
export async function loadNewer(client: QueryClient, chat: ChatKey): Promise<void> {
  const last = client.getQueryData(messagesQuery(chat).queryKey)?.messages.at(-1);
  if (!last) return;
  await during(chat, async () => {
    const asked = { ...chat, after: last.id, limit: PAGE };
    const page = await getChatMessages(engine, asked, { signal: abort() });
    changeMessages(client, chat, (kept) => ({
      ...merged({ ...kept, has_newer: false }, { messages: page.messages, from: 0, to: 0 }, KEPT, 'older'),
      has_newer: page.has_newer,
    }));
  });
}

/** Shows another part of a conversation: around a message, or its end. */
export async function loadAround(client: QueryClient, chat: ChatKey, id: number | undefined): Promise<void> {
  const part = id === undefined ? {} : { around: id };
  await during(chat, async () => {
    const page = await getChatMessages(engine, { ...chat, ...part, limit: PAGE }, { signal: abort() });
    client.setQueryData(messagesQuery(chat).queryKey, page);
  });
}

/** Puts one conversation into the list, or takes it out. */
export function placeChat(client: QueryClient, key: ChatKey, chat: Chat | undefined): void {
  client.setQueryData(chatsQuery.queryKey, (list) => {
    if (!list) return list;
    const at = list.findIndex((one) => sameChat(one, key));
    if (!chat) return at === -1 ? list : list.toSpliced(at, 1);
    return at === -1 ? [...list, chat] : list.with(at, chat);
  });
}
