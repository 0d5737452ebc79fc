import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import type { Chat, ChatMessage } from '../../src-shared/client/types.ts';
import { desktop } from '../desktop.ts';
import { BASE, paths } from '../places.ts';
import { useChatNews } from '../queries/chat-news.ts';
import { chatsQuery, sameChat } from '../queries/chats.ts';
import { useSetting } from '../queries/settings.ts';
import { useText } from '../text/use-text.ts';
import { lineOf } from '../views/chats/list/one-line.ts';
import { isOwn } from '../views/chats/log/rows.ts';
import { shouldTell } from './should-tell.ts';

/** What waits unread, without what is muted. */
const unreadOf = (chats: readonly Chat[]) =>
  chats.reduce((sum, { unread, muted }) => sum + (muted ? 0 : unread), 0);

/**
 * Follows the conversations wherever one is in the window: what waits unread, in the title and on the icon of the app, and
 * notifications of the system where there is a program that can show them.
 */
export function useChatEvents(): number {
  const { common, chats: words } = useText();
  const client = useQueryClient();
  const [, go] = useLocation();
  const { data: unread = 0 } = useQuery({ ...chatsQuery, select: unreadOf });
  const wish = useSetting('window_notifications');
  const showsText = useSetting('window_notification_text');

  const tell = useRef((_message: ChatMessage, _isMention: boolean) => {});
  tell.current = (message, isMention) => {
    const app = desktop();
    const key = { account: message.account, jid: message.chat };
    const chat = client.getQueryData(chatsQuery.queryKey)?.find((one) => sameChat(one, key));
    if (!app || !chat) return;
    const isSeen = isOpen(key.account, key.jid) && document.hasFocus();
    if (isSeen || !shouldTell({ wish, chat, isOwn: isOwn(message), kind: message.kind, isMention })) return;
    const who = chat.kind === 'room' ? `${message.author}: ` : '';
    const said = lineOf(message, words.message) || words.message.file;
    void app.notify({
      title: chat.name,
      body: showsText ? `${who}${said}` : words.notify.newMessage,
      route: `${BASE}${paths.chat(key.account, key.jid)}`,
      tag: `${key.account} ${key.jid}`,
    });
  };
  useChatNews(useCallback((message, isMention) => tell.current(message, isMention), []));

  useEffect(() => {
    document.title = unread > 0 ? words.notify.title(unread, common.product) : common.product;
    void desktop()?.setBadge(unread);
  }, [unread, words, common]);
  useEffect(
    () =>
      desktop()?.onOpenRoute((route) => go(route.startsWith(BASE) ? route.slice(BASE.length) || '/' : route)),
    [go],
  );
  return unread;
}

const isOpen = (account: string, jid: string) => location.pathname === `${BASE}${paths.chat(account, jid)}`;
