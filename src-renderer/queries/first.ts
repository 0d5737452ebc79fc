import type { QueryClient } from '@tanstack/react-query';
import { BASE } from '../paths.ts';
import { accountsQuery } from './accounts.ts';
import { botsQuery } from './bots.ts';
import { commandsQuery } from './chat-commands.ts';
import { chatsQuery, messagesQuery } from './chats.ts';
import { settingsQuery } from './settings.ts';
import { statusQuery } from './status.ts';

/**
 * Asks for what the first picture shows before anything is drawn: the views find it on its way. What takes longest and what
 * is looked at first goes first; a browser asks for only a few things at a time.
 */
export function askFirst(client: QueryClient, pathname: string): void {
  const chat = chatIn(pathname);
  void client.prefetchQuery(chatsQuery);
  if (chat) void client.prefetchQuery(messagesQuery(chat));
  void client.prefetchQuery(settingsQuery);
  void client.prefetchQuery(accountsQuery);
  void client.prefetchQuery(statusQuery);
  void client.prefetchQuery(botsQuery);
  if (chat) void client.prefetchQuery(commandsQuery(chat));
}

/** The conversation that an address leads to. */
function chatIn(pathname: string): { account: string; jid: string } | undefined {
  const [, place, account = '', jid = ''] = pathname.slice(BASE.length).split('/');
  if (place !== 'chats' || account === '' || jid === '') return undefined;
  try {
    return { account: decodeURIComponent(account), jid: decodeURIComponent(jid) };
  } catch {
    return undefined;
  }
}
