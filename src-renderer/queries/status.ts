import { queryOptions } from '@tanstack/react-query';
import { Status } from '../../src-shared/api/status.ts';
import { getStatus } from '../../src-shared/client/window.ts';
import { ApiProblem, engine, inTime } from '../client.ts';

/** What runs here. An engine of another version may answer something else, which is then said. */
export const statusQuery = queryOptions({
  queryKey: ['status'],
  async queryFn({ signal }) {
    const parsed = Status.safeParse(await getStatus(engine, inTime(signal)));
    if (!parsed.success) throw new ApiProblem('broken', `GET /api/v1/status: ${parsed.error.message}`);
    return parsed.data;
  },
});
