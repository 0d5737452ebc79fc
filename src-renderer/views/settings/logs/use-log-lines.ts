import { useEffect, useState } from 'react';
import { type LogLevel, LogLine } from '../../../../src-shared/api/logs.ts';
import { followLogs, getLogs } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import { useLiveState } from '../../../live/live.tsx';

/** More would only make the page slow; the engine keeps no more either. */
const MOST_LINES = 1_000;

export type ShownLine = LogLine & { id: number };
let lastId = 0;
const shown = (line: LogLine): ShownLine => {
  lastId += 1;
  return { ...line, id: lastId };
};

/** The last lines from that level on, and those that come. It begins anew when the engine is back. */
export function useLogLines(level: LogLevel): {
  lines: readonly ShownLine[];
  isLive: boolean;
  /** Why there is nothing to follow. */
  problem: string | undefined;
} {
  const [lines, setLines] = useState<readonly ShownLine[]>([]);
  const [isLive, setLive] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isConnected = useLiveState() === 'live';

  useEffect(() => {
    if (!isConnected) return;
    const life = new AbortController();
    async function follow() {
      const coming = followLogs(engine, { level }, { signal: life.signal });
      // Asked for first, so that nothing is missed between the two; what came twice is the same line.
      const first = coming.next();
      // Who leaves meanwhile ends both; of the second nobody would hear.
      first.catch(() => undefined);
      const before = await getLogs(engine, { level }, { signal: life.signal });
      setLines(before.map(shown));
      setLive(true);
      for (let event = await first; !event.done; event = await coming.next()) {
        const line = LogLine.safeParse(event.value.data);
        if (line.success) setLines((had) => [...had, shown(line.data)].slice(-MOST_LINES));
      }
    }
    setProblem(undefined);
    follow()
      .catch((error: Error) => {
        if (!life.signal.aborted) setProblem(error.message);
      })
      .finally(() => {
        if (!life.signal.aborted) setLive(false);
      });
    return () => life.abort();
  }, [level, isConnected]);

  return { lines, isLive, problem };
}
