import { queryOptions } from '@tanstack/react-query';
import { getAccounts } from '../../src-shared/client/window.ts';
import { engine, inTime } from '../client.ts';

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: ({ signal }) => getAccounts(engine, inTime(signal)),
});
