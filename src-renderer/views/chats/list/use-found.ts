import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { getChatSearch } from '../../../../src-shared/client/window.ts';
import { engine, inTime } from '../../../client.ts';

const PAUSE_MS = 180;
const SHORTEST = 2;

/** Messages with those words, in the conversations of an account or in one; nothing as long as too little is typed. */
export function useFound(words: string, account: string | undefined, chat?: string) {
  const [settled] = useDebouncedValue(words.trim(), PAUSE_MS);
  const isWished = words.trim().length >= SHORTEST && account !== undefined;
  const isAsked = isWished && settled.length >= SHORTEST;
  const query = useInfiniteQuery({
    queryKey: ['chat-search', account, chat, settled],
    queryFn: ({ signal, pageParam }) =>
      getChatSearch(engine, { q: settled, account, chat, before: pageParam }, inTime(signal)),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: isAsked,
    placeholderData: keepPreviousData,
    // What was found once may be old by the next search.
    staleTime: 0,
    gcTime: 0,
  });
  // An answer says how far was looked; where that far nothing was, it goes on by itself.
  const last = query.data?.pages.at(-1);
  const isBarren = last !== undefined && last.messages.length === 0 && last.next !== null;
  const { fetchNextPage, isFetching, isPlaceholderData } = query;
  const goesOn = isAsked && isBarren && !isFetching && !isPlaceholderData && query.error === null;
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  const messages = useMemo(
    () => (isAsked ? (query.data?.pages.flatMap((page) => page.messages) ?? []) : []),
    [isAsked, query.data],
  );
  return {
    messages,
    hasMore: isAsked && query.hasNextPage,
    /** Also while somebody may still be typing: nothing is known of those words yet. */
    isSearching: isFetching || goesOn || (isWished && settled !== words.trim()),
    /** What is there was found with the words that are typed now. */
    isCurrent: isAsked && settled === words.trim() && !isPlaceholderData,
    more: () => void fetchNextPage(),
    error: query.error,
  };
}
