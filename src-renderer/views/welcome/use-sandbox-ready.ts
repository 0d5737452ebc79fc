import { useEffect, useRef } from 'react';
import type { Sandbox } from '../../../src-shared/client/types.ts';

/** Calls once when the sandbox that is waited for runs. */
export function useSandboxReady(
  sandbox: Sandbox | undefined,
  run: (sandbox: Sandbox) => Promise<void>,
): void {
  const latest = useRef(run);
  latest.current = run;
  const isRunning = sandbox?.state === 'running';
  const ready = useRef(sandbox);
  ready.current = sandbox;
  useEffect(() => {
    if (isRunning && ready.current) void latest.current(ready.current);
  }, [isRunning]);
}
