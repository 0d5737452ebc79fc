import type { Chat } from '../../../../src-shared/client/types.ts';
import { type Text, useLanguage, useText } from '../../../text/use-text.ts';
import { badgeCount } from '../../../ui/badge-count.ts';
import { shortWhen } from '../../../ui/when.ts';
import { lineOf } from './one-line.ts';

/** How somebody is there, in words; undefined: nothing is known. */
export function stateWords({ kind, state, presence }: Chat, text: Text): string | undefined {
  if (kind === 'bot' && state) return text.common.states[state];
  return kind === 'contact' && presence ? text.chats.presences[presence] : undefined;
}

/** Whether what is written is encrypted, in words. */
export const lockWords = ({ encryption }: Chat, text: Text): string =>
  text.chats.lock.words[encryption.state];

/** Everything a row shows, for those who hear it. */
export function useRowName(chat: Chat): string {
  const text = useText();
  const language = useLanguage();
  const { last, unread, muted } = chat;
  return [
    chat.name,
    stateWords(chat, text),
    lockWords(chat, text),
    unread > 0 ? text.shell.unread(badgeCount(unread)) : undefined,
    muted ? text.chats.list.muted : undefined,
    last ? `${lineOf(last, text.chats.message)}, ${shortWhen(last.sent_at, language)}` : undefined,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}
