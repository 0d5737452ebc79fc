import type { Clock } from '../base/clock.ts';
import { fullJitterMs } from '../base/retry.ts';
import type { Scope } from '../base/scope.ts';
import type { StartMessage } from '../server/host-messages.ts';
import type { EngineHost } from './engine-host.ts';

export type EngineState =
  | { name: 'starting' }
  | { name: 'ready'; privateUrl: string; privateToken: string }
  /** It went away by itself; the next one starts after `delayMs`. */
  | { name: 'restarting'; reason: string; delayMs: number }
  /** It said why it cannot start. Nothing happens until somebody asks again. */
  | { name: 'failed'; message: string };

interface SupervisorDeps {
  /** Starts a process. What it throws is shown as the reason why the engine cannot start. */
  createHost: () => EngineHost;
  start: StartMessage;
  clock: Clock;
  scope: Scope;
  onState: (state: EngineState) => void;
  random?: () => number;
}

const RESTART = { baseMs: 1_000, capMs: 30_000 };
/** An engine that ran that long was sound: its crash starts the count anew. */
const SOUND_AFTER_MS = 60_000;
/** The engine gives itself 4.5 s to close what it holds. */
const STOP_WITHIN_MS = 6_000;

/** Keeps one engine running: starts it, starts it again after a crash, stops it in good order. */
export function superviseEngine({ createHost, start, clock, scope, onState, random }: SupervisorDeps) {
  let host: EngineHost | undefined;
  /** The running process has said that it cannot start, and is about to end. */
  let hasFailed = false;
  let isAskedAgain = false;
  let failures = 0;
  let readyAtMs: number | undefined;
  let cancelRestart: () => void = () => undefined;
  let stopped: PromiseWithResolvers<void> | undefined;

  function launch(): void {
    if (stopped) return;
    if (host) {
      if (!hasFailed) return;
      isAskedAgain = true;
      host.kill();
      return;
    }
    cancelRestart();
    readyAtMs = undefined;
    hasFailed = false;
    isAskedAgain = false;
    onState({ name: 'starting' });
    let started: EngineHost;
    try {
      started = createHost();
    } catch (error) {
      onState({ name: 'failed', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    host = started;
    started.onMessage((message) => {
      if (stopped) return;
      if (message.type === 'failed') {
        hasFailed = true;
        onState({ name: 'failed', message: message.message });
        return;
      }
      readyAtMs = clock.monotonic();
      const { privateUrl, privateToken } = message;
      onState({ name: 'ready', privateUrl, privateToken });
    });
    started.onExit((reason) => {
      host = undefined;
      if (stopped) stopped.resolve();
      else if (isAskedAgain) launch();
      else if (!hasFailed) restartLater(reason);
    });
    started.post(start);
  }

  function restartLater(reason: string): void {
    if (readyAtMs !== undefined && clock.monotonic() - readyAtMs >= SOUND_AFTER_MS) failures = 0;
    const delayMs = Math.round(fullJitterMs(failures, RESTART, random));
    failures += 1;
    cancelRestart = clock.after(scope, delayMs, launch);
    onState({ name: 'restarting', reason, delayMs });
  }

  return {
    /** Starts the engine now, also before a planned restart; does nothing while one runs. */
    launch,
    /** Asks the engine to stop and resolves when its process is gone; ends it by force when it takes too long. */
    stop(): Promise<void> {
      if (stopped) return stopped.promise;
      stopped = Promise.withResolvers<void>();
      cancelRestart();
      if (!host) stopped.resolve();
      else {
        const running = host;
        const cancelKill = clock.after(scope, STOP_WITHIN_MS, () => running.kill());
        running.post({ type: 'stop' });
        return stopped.promise.then(cancelKill);
      }
      return stopped.promise;
    },
  };
}
