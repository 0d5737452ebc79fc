import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useAnnouncement } from '../live/live.tsx';
import { follower, type OnNew } from './chat-follower.ts';

/** Keeps the conversations as they are, for the whole window. `onNew`: with each message that was not there before. */
export function useChatNews(onNew: OnNew): void {
  const client = useQueryClient();
  const follow = useMemo(() => follower(client, onNew), [client, onNew]);
  useAnnouncement(
    'chat.message',
    useCallback(({ account, chat, id, isNew }) => follow.said({ account, jid: chat }, id, isNew), [follow]),
  );
  useAnnouncement(
    'chat.changed',
    useCallback(({ account, chat }) => follow.changed({ account, jid: chat }), [follow]),
  );
  useAnnouncement(
    'chat.typing',
    useCallback(
      ({ account, chat, who, isTyping }) => follow.typing({ account, jid: chat }, who, isTyping),
      [follow],
    ),
  );
}
