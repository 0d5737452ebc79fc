import { expect, it, onTestFinished, vi } from 'vitest';
import { serve } from '../../../src-main/server/serve.ts';

vi.mock('../../../src-main/server/run-engine.ts', () => ({ runEngine: () => new Promise(() => undefined) }));

it('ends within five seconds of a signal, also while it is starting', async () => {
  vi.useFakeTimers();
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
  const before = { SIGTERM: process.listeners('SIGTERM'), SIGINT: process.listeners('SIGINT') };
  onTestFinished(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    for (const name of ['SIGTERM', 'SIGINT'] as const)
      for (const listener of process.listeners(name))
        if (!before[name].includes(listener)) process.off(name, listener);
  });

  void serve({ dataDir: '/nowhere', port: 0, mode: 'local', logLevel: 'silent' } as Parameters<
    typeof serve
  >[0]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(exit).not.toHaveBeenCalled();
  process.emit('SIGTERM');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(exit).toHaveBeenCalledExactlyOnceWith(0);
});
