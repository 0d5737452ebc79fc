import { chmodSync, rmSync } from 'node:fs';
import { reason } from '../../src-shared/text/reasons.ts';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { Scope } from '../base/scope.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { type Listener, openDoor } from '../http/door.ts';
import { liveRestore } from './backup/live-restore.ts';
import { DataFolderProblem, lockDataFolder, prepareDataFolder, socketPath } from './data-folder.ts';
import type { Given } from './live-api.ts';
import { type OpenApi, openApi } from './open-api.ts';
import { servePublicly } from './public-doors.ts';
import { sandboxHost } from './sandbox-host.ts';
import { keepHeapSmall } from './small-heap.ts';

export interface RunningEngine {
  apiUrl: string;
  privateUrl: string;
  privateToken: string;
  stop(): Promise<void>;
  /** Resolves when no other data is just being put in place, which must not be cut in two. */
  settled(): Promise<void>;
  /** Resolves when the engine is to be stopped and started anew: it has got other data. */
  restartWanted: Promise<void>;
}

/**
 * Takes the data folder, opens the listeners (the public ones, the CLI's socket, the window's private one), then
 * brings sessions and deliveries up. Whatever was opened is closed again when a step fails.
 */
export async function runEngine(
  config: {
    dataDir: string;
    keyFile?: string | undefined;
    privatePort?: number | undefined;
    /** It runs under a window, which shows what is wrong and can mend it. */
    hasWindow?: boolean;
  } & Given,
  openBox: () => SecretBox,
  logger: Logger,
): Promise<RunningEngine> {
  const { dataDir } = config;
  const scope = new Scope();
  keepHeapSmall();
  try {
    prepareDataFolder(dataDir);
    const unlock = lockDataFolder(dataDir);
    if (!unlock) throw new DataFolderProblem(reason('folder.in-use', { folder: dataDir }));
    scope.add(unlock);

    const { promise: restartWanted, resolve: restart } = Promise.withResolvers<void>();
    const restorer = liveRestore({
      dataDir,
      keyFile: config.keyFile,
      now: systemClock.now,
      logger,
      restart,
    });
    // After the data was closed, and while nobody else may use the folder.
    let finishing = Promise.resolve();
    scope.add(() => {
      finishing = restorer.finish();
      return finishing;
    });

    const sandbox = sandboxHost({ logger, onChange: () => api.engine.events.emit('sandbox.changed', {}) });
    scope.add(() => sandbox.close());
    const api: OpenApi = await openApi(dataDir, openBox(), logger, { restorer, sandbox });
    scope.add(api.close);
    const { hasWindow = false } = config;
    const port = await servePublicly(api, { port: config.port, mode: config.mode }, logger, scope, {
      hasWindow,
    });
    await openSocket(api, dataDir, scope);
    const window = await openPrivateDoor(api, config.privatePort);
    scope.add(window.close);
    api.ports.push(...(window.port === undefined ? [] : [window.port]));

    await api.engine.start();
    sandbox.startFor(await api.engine.accounts.list());
    logger.info({ port, dataDir }, 'engine started');
    return {
      apiUrl: api.apiUrl(),
      privateUrl: `http://127.0.0.1:${window.port}/`,
      privateToken: api.privateToken,
      stop: () => scope.close(),
      settled: () => finishing.catch(() => undefined),
      restartWanted,
    };
  } catch (error) {
    await scope.close();
    throw error;
  }
}

type Api = Awaited<ReturnType<typeof openApi>>;

/** The window's listener, on any free port unless it gets the one it wishes for. */
async function openPrivateDoor({ app }: Api, wished = 0): Promise<Listener> {
  const host = '127.0.0.1';
  if (wished === 0) return openDoor(app, 'private', { host, port: 0 });
  return openDoor(app, 'private', { host, port: wished }).catch(() =>
    openDoor(app, 'private', { host, port: 0 }),
  );
}

async function openSocket(api: Api, dataDir: string, scope: Scope): Promise<void> {
  const path = socketPath(dataDir);
  // The lock is ours, so a socket that is there was left by an engine that was killed.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const door = await openDoor(api.app, 'socket', { path });
  scope.add(door.close);
  if (process.platform !== 'win32') chmodSync(path, 0o600);
}
