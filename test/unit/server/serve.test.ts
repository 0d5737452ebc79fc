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

function running(engine: Partial<RunningEngine> = {}) {
  const stop = vi.fn(async () => undefined);
  const never = new Promise<void>(() => undefined);
  return { apiUrl: 'http://x', restartWanted: never, settled: async () => undefined, stop, ...engine };
}

it('stops an engine that was ready only after the signal', async () => {
  const started = Promise.withResolvers<unknown>();
  runs.start = () => started.promise;
  const status = serve(config);
  process.emit('SIGTERM');
  const engine = running();
  started.resolve(engine);

  expect(await status).toBe(0);
  expect(engine.stop).toHaveBeenCalledOnce();
});

it('starts nothing anew after the signal', async () => {
  const stopped = Promise.withResolvers<undefined>();
  const start = vi.fn(async () => running({ restartWanted: Promise.resolve(), stop: () => stopped.promise }));
  runs.start = start;
  const status = serve(config);
  await vi.advanceTimersByTimeAsync(0);
  process.emit('SIGTERM');
  stopped.resolve(undefined);

  expect(await status).toBe(0);
  expect(start).toHaveBeenCalledOnce();
});

it('does not end amid a change of its data, however long that takes', async () => {
  const settled = Promise.withResolvers<void>();
  const hanging = new Promise<void>(() => undefined);
  runs.start = async () => running({ stop: () => hanging, settled: () => settled.promise });
  void serve(config);
  await vi.advanceTimersByTimeAsync(0);

  process.emit('SIGTERM');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(process.exit).not.toHaveBeenCalled();

  settled.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(process.exit).toHaveBeenCalledOnce();
});
