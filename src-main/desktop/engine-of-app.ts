import { app, utilityProcess } from 'electron';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Scope } from '../base/scope.ts';
import { canHostEngine, childHost, type EngineHost, engineEnv, utilityHost } from './engine/engine-host.ts';
import { type EngineState, superviseEngine } from './engine/engine-supervisor.ts';
import { type EngineView, type EngineWatch, watchEngine } from './engine/engine-watch.ts';
import type { DataKeys } from './keystore/data-key.ts';
import { engineEntry, nodeProgram } from './paths.ts';

interface EngineOfAppDeps {
  distDir: string;
  dataDir: string;
  keys: DataKeys;
  clock: Clock;
  scope: Scope;
  logger: Logger;
  takeOutput: (chunk: Uint8Array) => void;
  onState: (state: EngineState) => void;
  onView: (view: EngineView) => void;
}

/** The engine of this app: kept running, told its key, and followed while it runs. */
export function engineOfApp(deps: EngineOfAppDeps) {
  const { distDir, dataDir, keys, clock, scope, logger, takeOutput, onState, onView } = deps;
  let state: EngineState = { name: 'starting' };
  let view: EngineView | undefined;
  let watch: EngineWatch | undefined;
  let life = new AbortController();

  function createHost(): EngineHost {
    const entry = engineEntry(distDir, process.env, app.isPackaged);
    if (canHostEngine(process.versions.node)) return utilityHost(utilityProcess.fork, entry, takeOutput);
    const node = nodeProgram({
      env: process.env,
      isPackaged: app.isPackaged,
      resourcesPath: process.resourcesPath,
    });
    return childHost(node, entry, engineEnv(process.env, app.isPackaged), takeOutput);
  }

  function startMessage() {
    const dataKey = keys.forStart();
    return { type: 'start' as const, dataDir, ...(dataKey !== undefined && { dataKey }) };
  }

  function follow(next: EngineState): void {
    life.abort();
    life = new AbortController();
    state = next;
    watch = undefined;
    if (next.name === 'ready') {
      const { signal } = life;
      const take = (seen: EngineView) => {
        view = seen;
        onView(seen);
      };
      watch = watchEngine(next, { signal, logger, clock, scope, onView: take });
    }
    if (next.name === 'restarting') {
      logger.warn({ reason: next.reason, delayMs: next.delayMs }, 'the engine stopped and is started again');
    }
    if (next.name === 'failed') logger.error({ reason: next.message }, 'the engine cannot start');
    onState(next);
  }

  const supervisor = superviseEngine({ createHost, startMessage, clock, scope, onState: follow });
  scope.add(() => life.abort());
  return {
    ...supervisor,
    state: () => state,
    stop(): Promise<void> {
      life.abort();
      return supervisor.stop();
    },
    /** What it was like when it was looked at last; undefined before. */
    view: () => view,
    switchBots(areOn: boolean): void {
      watch?.switchBots(areOn).catch((error: unknown) => {
        logger.warn({ err: error }, 'the bots could not be switched');
        // The menu shows what is so.
        if (view) onView(view);
      });
    },
  };
}
export type EngineOfApp = ReturnType<typeof engineOfApp>;
