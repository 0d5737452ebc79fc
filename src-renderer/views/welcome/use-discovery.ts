import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type DiscoverServerAnswer, discoverServer } from '../../../src-shared/client/window.ts';
import { engine } from '../../client.ts';

const TYPING_MS = 500;
const looksWhole = (jid: string) => /^[^\s@/]+@[^\s@/]+$/.test(jid);
export const domainOf = (jid: string) => jid.slice(jid.indexOf('@') + 1);

/** What is found out about the server of an address while it is typed; nobody signs in. */
export function useDiscovery(given: { jid: string; service: string; ca: string }): {
  isLooking: boolean;
  found: DiscoverServerAnswer | undefined;
  /** Why the engine did not look. */
  problem: string | undefined;
} {
  const [asked] = useDebouncedValue(`${given.jid.trim()}\n${given.service.trim()}\n${given.ca}`, TYPING_MS);
  const [jid = '', service = '', ...ca] = asked.split('\n');
  const isAsked = looksWhole(jid);
  const { data, error, isFetching } = useQuery({
    // The user does not matter, so another name at the same server asks nothing.
    queryKey: ['discovery', domainOf(jid), service, ca.join('\n')],
    queryFn: ({ signal }) =>
      discoverServer(
        engine,
        { jid, ...(service !== '' && { service }), ...(ca.join('') !== '' && { ca: ca.join('\n') }) },
        { signal },
      ),
    enabled: isAsked,
    retry: false,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const isCurrent = isAsked && data?.domain === domainOf(jid).toLowerCase();
  return {
    isLooking: isAsked && isFetching,
    found: isCurrent || (isAsked && !isFetching) ? data : undefined,
    problem: isAsked && !isFetching ? error?.message : undefined,
  };
}
