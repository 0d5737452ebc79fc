import type { Chat } from '../../../../src-shared/client/types.ts';
import { type ChatKey, sameChat } from '../../../queries/chat-key.ts';

export interface Section {
  name: 'bots' | 'people';
  chats: Chat[];
}

interface Wish {
  account: string | undefined;
  onlyUnread: boolean;
  /** Stays while it is read. */
  open?: ChatKey | undefined;
  words: string;
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
const newestFirst = (a: Chat, b: Chat) =>
  (b.last?.sent_at ?? 0) - (a.last?.sent_at ?? 0) || a.name.localeCompare(b.name);

/** The list: the chat with oneself and the bots, then people and rooms, each the newest first. */
export function sectionsOf(chats: readonly Chat[], { account, onlyUnread, open, words }: Wish): Section[] {
  const wanted = plain(words.trim());
  const shown = chats
    .filter((chat) => account === undefined || chat.account === account)
    .filter((chat) => !onlyUnread || chat.unread > 0 || (open !== undefined && sameChat(chat, open)))
    .filter(({ name, jid }) => wanted === '' || plain(name).includes(wanted) || jid.includes(wanted))
    .sort(newestFirst);
  const own = shown.filter(({ kind }) => kind === 'self');
  const bots = shown.filter(({ kind }) => kind === 'bot');
  const people = shown.filter(({ kind }) => kind === 'contact' || kind === 'room');
  return [
    { name: 'bots' as const, chats: [...own, ...bots] },
    { name: 'people' as const, chats: people },
  ].filter(({ chats }) => chats.length > 0);
}
