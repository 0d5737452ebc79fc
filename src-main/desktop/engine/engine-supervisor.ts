import type { Clock } from '../../base/clock.ts';
import { fullJitterMs } from '../../base/retry.ts';
import type { Scope } from '../../base/scope.ts';
import type { StartMessage } from '../../server/host-messages.ts';
import type { EngineHost, ExitReason } from './engine-host.ts';

export type EngineState =
  | { name: 'starting' }
  | { name: 'ready'; apiUrl: string; privateUrl: string; privateToken: string }
  /** It went away by itself, so many times in a row; the next one starts after `delayMs`. */
  | { name: 'restarting'; reason: ExitReason; delayMs: number; failures: number }
  /** It said why it cannot start, or could not be made (then with the cause). Nothing happens until somebody asks. */
  | { name: 'failed'; message: string; cause?: unknown };

interface SupervisorDeps {
  /** Starts a process. What it throws is shown as the reason why the engine cannot start. */
  createHost: () => EngineHost;
  /** What a new process is told first; asked anew for each. What it throws is shown too. */
  startMessage: () => StartMessage;
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
export function superviseEngine(deps: SupervisorDeps) {
  const { createHost, startMessage, clock, scope, onState, random } = deps;
  let host: EngineHost | undefined;
  /** The running process is about to end: it has said that it cannot start, or was asked to make place for another. */
  let isLeaving = false;
  let isAskedAgain = false;
  let failures = 0;
  let readyAtMs: number | undefined;
  /** The listener of the last engine, so that the page can stay where the next one takes it again. */
  let privatePort: number | undefined;
  let cancelRestart: () => void = () => undefined;
  let cancelKill: () => void = () => undefined;
  let stopped: PromiseWithResolvers<void> | undefined;

  function launch(): void {
    if (stopped) return;
    if (host) {
      if (!isLeaving) return;
      isAskedAgain = true;
      host.kill();
      return;
    }
    cancelRestart();
    readyAtMs = undefined;
    isLeaving = false;
    isAskedAgain = false;
    onState({ name: 'starting' });
    try {
      const message = startMessage();
      begin(createHost(), privatePort === undefined ? message : { ...message, privatePort });
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      onState({ name: 'failed', message: words, cause: error });
    }
  }

  function begin(started: EngineHost, message: StartMessage): void {
    host = started;
    started.onMessage((said) => {
      if (stopped || isLeaving) return;
      if (said.type === 'failed') {
        isLeaving = true;
        onState({ name: 'failed', message: said.message });
        return;
      }
      readyAtMs = clock.monotonic();
      const { apiUrl, privateUrl, privateToken } = said;
      privatePort = Number(new URL(privateUrl).port) || undefined;
      onState({ name: 'ready', apiUrl, privateUrl, privateToken });
    });
    started.onExit((reason) => {
      host = undefined;
      cancelKill();
      if (stopped) stopped.resolve();
      else if (isAskedAgain) launch();
      else if (isLeaving) return;
      // It wants to begin anew: a backup was put in place of its data.
      else if (readyAtMs !== undefined && reason.kind === 'code' && reason.code === 0) launch();
      else restartLater(reason);
    });
    started.post(message);
  }

  function restartLater(reason: ExitReason): void {
    if (readyAtMs !== undefined && clock.monotonic() - readyAtMs >= SOUND_AFTER_MS) failures = 0;
    const delayMs = Math.round(fullJitterMs(failures, RESTART, random));
    failures += 1;
    cancelRestart = clock.after(scope, delayMs, launch);
    onState({ name: 'restarting', reason, delayMs, failures });
  }

  /** Asks the running process to stop, and ends it by force when it takes too long. */
  function askToStop(running: EngineHost): void {
    running.post({ type: 'stop' });
    cancelKill();
    cancelKill = clock.after(scope, STOP_WITHIN_MS, () => running.kill());
  }

  return {
    /** Starts the engine now, also before a planned restart; does nothing while one runs. */
    launch,
    /** Stops the engine in good order and starts another; one that is not running is started. */
    restart(): void {
      if (stopped || (host && isAskedAgain)) return;
      failures = 0;
      if (!host || isLeaving) {
        launch();
        return;
      }
      isLeaving = true;
      isAskedAgain = true;
      askToStop(host);
      onState({ name: 'starting' });
    },
    /** Asks the engine to stop and resolves when its process is gone; ends it by force when it takes too long. */
    stop(): Promise<void> {
      if (stopped) return stopped.promise;
      stopped = Promise.withResolvers<void>();
      cancelRestart();
      if (host) askToStop(host);
      else stopped.resolve();
      return stopped.promise;
    },
  };
}
