import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { EngineEvents } from '../../src-shared/events.ts';
import { Announcements, type LiveState } from './announcements.ts';
import { gathered } from './gathered.ts';
import { staleKeys } from './stale.ts';

const announcements = new Announcements();
const LiveContext = createContext<LiveState>('connecting');

/** Whether what the page shows follows the engine. */
export const useLiveState = (): LiveState => useContext(LiveContext);

/** Listens to the engine for the whole page: what an announcement makes old is asked for again, so no view ever polls. */
export function Live({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const life = new AbortController();
    const ask = gathered((queryKey) => askAgain(client, queryKey));
    const stop = announcements.onAny((name, data) => ask(staleKeys(name, data as never)));
    void announcements.follow(life.signal, setState, () => void client.invalidateQueries());
    return () => {
      stop();
      life.abort();
    };
  }, [client]);

  return <LiveContext value={state}>{children}</LiveContext>;
}

/** Asks again for what has become old. A first answer on its way may not know that, and nothing cuts it short: after it. */
function askAgain(client: QueryClient, queryKey: QueryKey): void {
  const onTheirWay = client.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' });
  void client.invalidateQueries({ queryKey });
  for (const { state, promise, queryKey: exactKey } of onTheirWay)
    if (state.data === undefined)
      void promise
        ?.catch(() => undefined)
        .then(() => client.invalidateQueries({ queryKey: exactKey, exact: true }));
}

/** Calls the listener with every announcement of that name while the view is there. The listener should be stable. */
export function useAnnouncement<N extends keyof EngineEvents>(
  name: N,
  listener: (data: EngineEvents[N]) => void,
): void {
  useEffect(() => announcements.on(name, listener), [name, listener]);
}
