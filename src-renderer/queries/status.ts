import { queryOptions } from '@tanstack/react-query';
import { ApiProblem, getStatus } from '../client.ts';

/** Asked when the page opens and whenever something was announced; never on a timer. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => getStatus(signal),
  retry: (failures, error) => error instanceof ApiProblem && error.kind === 'unreachable' && failures < 2,
  retryDelay: 400,
});
