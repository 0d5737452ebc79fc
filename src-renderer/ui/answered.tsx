import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Delayed } from './delayed.tsx';
import { ProblemPage } from './problem-page.tsx';

interface AnsweredProps<T> {
  query: UseQueryResult<T>;
  /** The final layout, while the first answer is on its way. */
  skeleton: ReactNode;
  children: (data: T) => ReactNode;
}

/** Draws every state of a query: the last answer as long as there is one, else what is in its way. */
export function Answered<T>({ query, skeleton, children }: AnsweredProps<T>) {
  const { data, error, isPending, isFetching, refetch } = query;
  if (data !== undefined) return children(data);
  if (isPending || !error) return <Delayed>{skeleton}</Delayed>;
  return <ProblemPage error={error} isTrying={isFetching} onRetry={() => void refetch()} />;
}
