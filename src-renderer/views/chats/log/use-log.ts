import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { loadAround, loadNewer, loadOlder, messagesQuery } from '../../../queries/chats.ts';
import { beginsElsewhere } from '../../../queries/message-window.ts';
import { rowsOf } from './rows.ts';

/**
 * The messages of a conversation as rows, and more of them on request. Where more is unread than one page has, the part
 * around the first of it is shown first; an `aim` is what somebody wants to see instead.
 */
export function useLog(chat: Chat, aim: number | undefined) {
  const client = useQueryClient();
  const { account, jid } = chat;
  const query = useQuery(messagesQuery({ account, jid }));
  // As it was when the conversation was opened: the line stays where it is while one reads.
  const [readUpTo] = useState(chat.unread > 0 ? (chat.read_up_to ?? 0) : undefined);
  const running = useRef<Promise<void>>(undefined);
  const [problem, setProblem] = useState<Error>();

  const acts = useMemo(() => {
    const key = { account, jid };
    /** One at a time: each starts where the last one ended. */
    const run = (task: () => Promise<void>): Promise<void> => {
      running.current ??= task()
        .then(() => setProblem(undefined), setProblem)
        .finally(() => {
          running.current = undefined;
        });
      return running.current;
    };
    return {
      older: () => run(() => loadOlder(client, key)),
      newer: () => run(() => loadNewer(client, key)),
      around: async (id: number | undefined) => {
        await running.current;
        await run(() => loadAround(client, key, id));
      },
    };
  }, [client, account, jid]);

  const [isPlaced, setPlaced] = useState(aim !== undefined);
  const isFound = !isPlaced && query.data !== undefined && !beginsElsewhere(query.data, readUpTo);
  const isSought = !isPlaced && query.data !== undefined && !isFound;
  useEffect(() => {
    if (isFound) setPlaced(true);
    if (isSought) void acts.around(Math.max(1, readUpTo ?? 1)).finally(() => setPlaced(true));
  }, [isFound, isSought, acts, readUpTo]);
  const isReady = query.data !== undefined && (isPlaced || isFound);

  const { messages, has_older: hasOlder = false } = query.data ?? {};
  const rows = useMemo(
    () => (isReady ? rowsOf(messages ?? [], readUpTo, hasOlder) : []),
    [isReady, messages, readUpTo, hasOlder],
  );
  return {
    rows,
    /** What is to be shown first is there. */
    isReady,
    hasOlder,
    hasNewer: query.data?.has_newer ?? false,
    query,
    problem,
    ...acts,
  };
}
export type Log = ReturnType<typeof useLog>;
