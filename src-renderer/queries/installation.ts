import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getEjabberdSettings } from '../../src-shared/client/management.ts';
import {
  getAdminToken,
  getAudit,
  getHealthReport,
  getSandbox,
  getServer,
} from '../../src-shared/client/window.ts';
import { engine, inTime } from '../client.ts';

/** What is wrong and what is fine, in that language. */
export const healthQuery = (lang: 'en' | 'de') =>
  queryOptions({
    queryKey: ['health', lang],
    queryFn: ({ signal }) => getHealthReport(engine, { lang }, { signal }),
  });

/** How the API is reached now. */
export const serverQuery = queryOptions({
  queryKey: ['settings', 'server'],
  queryFn: ({ signal }) => getServer(engine, inTime(signal)),
});

export const ejabberdQuery = queryOptions({
  queryKey: ['settings', 'ejabberd'],
  queryFn: ({ signal }) => getEjabberdSettings(engine, inTime(signal)),
});

export const adminTokenQuery = queryOptions({
  queryKey: ['admin-token'],
  queryFn: async ({ signal }) => (await getAdminToken(engine, inTime(signal))).token,
  gcTime: 0,
});

export const sandboxQuery = queryOptions({
  queryKey: ['sandbox'],
  queryFn: ({ signal }) => getSandbox(engine, inTime(signal)),
});

const AUDIT_PAGE = 100;
/** What changed something in the whole installation. */
export const auditOfAllQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ signal, pageParam }) =>
    getAudit(engine, { limit: AUDIT_PAGE, ...(pageParam && { before: pageParam }) }, inTime(signal)),
  initialPageParam: 0,
  getNextPageParam: (rows) => (rows.length < AUDIT_PAGE ? undefined : rows.at(-1)?.id),
  // Whatever is done here shows there, and nothing is announced of it.
  staleTime: 0,
});
