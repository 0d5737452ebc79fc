import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { RunningEngine } from '../../../src-main/server/run-engine.ts';
import { serve } from '../../../src-main/server/serve.ts';

const runs = vi.hoisted(() => ({ start: (): Promise<unknown> => new Promise(() => undefined) }));
vi.mock('../../../src-main/server/run-engine.ts', () => ({ runEngine: () => runs.start() }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  const before = { SIGTERM: process.listeners('SIGTERM'), SIGINT: process.listeners('SIGINT') };
  onTestFinished(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    for (const name of ['SIGTERM', 'SIGINT'] as const)
      for (const listener of process.listeners(name))
        if (!before[name].includes(listener)) process.off(name, listener);
  });
});

const config = { dataDir: '/nowhere', port: 0, mode: 'local', logLevel: 'silent' } as Parameters<
  typeof serve
>[0];

it('ends within five seconds of a signal, also while it is starting', async () => {
  void serve(config);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(process.exit).not.toHaveBeenCalled();

  process.emit('SIGTERM');
  process.emit('SIGINT');
  await vi.advanceTimersByTimeAsync(5_000);

  expect(process.exit).toHaveBeenCalledOnce();
});

it('puts other data in place before it ends, however long that takes', async () => {
  const stopped = Promise.withResolvers<void>();
  const engine: Partial<RunningEngine> = {
    apiUrl: 'http://127.0.0.1:7842',
    restartWanted: Promise.resolve(),
    stop: () => stopped.promise,
  };
  runs.start = async () => engine;
  void serve(config);
  await vi.advanceTimersByTimeAsync(0);

  process.emit('SIGTERM');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(process.exit).not.toHaveBeenCalled();

  stopped.resolve();
  runs.start = () => new Promise(() => undefined);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(process.exit).toHaveBeenCalledOnce();
});
