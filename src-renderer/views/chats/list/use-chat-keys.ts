import { useHotkeys } from '@mantine/hooks';
import { useLocation } from 'wouter';
import { paths } from '../../../places.ts';
import { type ChatKey, sameChat } from '../../../queries/chats.ts';
import { useSetting } from '../../../queries/settings.ts';
import type { Section } from './sections.ts';

/** Alt with the arrows goes to the next conversation, with Shift to the next unread one; J and K do outside of fields. */
export function useChatKeys(sections: readonly Section[], open: ChatKey | undefined): void {
  const [, go] = useLocation();
  const hasSingleKeys = useSetting('window_single_keys');
  const chats = sections.flatMap((section) => section.chats);
  const step = (by: 1 | -1, isWanted = (_unread: number) => true) => {
    const at = open ? chats.findIndex((chat) => sameChat(chat, open)) : -1;
    const rest = by === 1 ? chats.slice(at + 1) : chats.slice(0, Math.max(at, 0)).reverse();
    const next = rest.find(({ unread }) => isWanted(unread));
    if (next) go(paths.chat(next.account, next.jid));
  };
  const unread = (count: number) => count > 0;
  useHotkeys(
    [
      ['alt+ArrowDown', () => step(1)],
      ['alt+ArrowUp', () => step(-1)],
      ['alt+shift+ArrowDown', () => step(1, unread)],
      ['alt+shift+ArrowUp', () => step(-1, unread)],
    ],
    [],
  );
  useHotkeys(
    hasSingleKeys
      ? [
          ['j', () => step(1)],
          ['k', () => step(-1)],
        ]
      : [],
  );
}
