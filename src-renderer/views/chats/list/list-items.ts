import type { Chat, ChatMessage } from '../../../../src-shared/client/types.ts';
import type { Section } from './sections.ts';

/** What a row of the list is. */
export type ListItem =
  | { kind: 'section'; key: string; name: Section['name'] | 'messages' }
  | { kind: 'chat'; key: string; chat: Chat }
  | { kind: 'found'; key: string; message: ChatMessage }
  | { kind: 'more'; key: string }
  | { kind: 'none'; key: string };

interface Found {
  messages: readonly ChatMessage[];
  hasMore: boolean;
  isSearching: boolean;
}

/** The conversations, and below them what was found in them. */
export function listItems(
  sections: readonly Section[],
  { messages, hasMore, isSearching }: Found,
  words: string,
): ListItem[] {
  const items: ListItem[] = [];
  for (const { name, chats } of sections) {
    // What is pinned and the bots need no heading: they are why one is here.
    if (name !== 'bots') items.push({ kind: 'section', key: name, name });
    for (const chat of chats) items.push({ kind: 'chat', key: `${chat.account} ${chat.jid}`, chat });
  }
  if (messages.length > 0) items.push({ kind: 'section', key: 'messages', name: 'messages' });
  for (const message of messages) items.push({ kind: 'found', key: `found ${message.id}`, message });
  if (hasMore) items.push({ kind: 'more', key: 'more' });
  if (words !== '' && items.length === 0 && !isSearching) items.push({ kind: 'none', key: 'none' });
  return items;
}
