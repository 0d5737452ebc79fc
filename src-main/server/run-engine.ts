import { chmodSync, rmSync } from 'node:fs';
import type { Logger } from '../base/logger.ts';
import { Scope } from '../base/scope.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { openDoor } from '../http/door.ts';
import { DataFolderProblem, lockDataFolder, prepareDataFolder, socketPath } from './data-folder.ts';
import type { Given } from './live-api.ts';
import { openApi } from './open-api.ts';
import { servePublicly } from './public-doors.ts';
import { keepHeapSmall } from './small-heap.ts';

export interface RunningEngine {
  apiUrl: string;
  privateUrl: string;
  privateToken: string;
  stop(): Promise<void>;
}

/**
 * Takes the data folder, opens the listeners (the public ones, the CLI's socket, the window's private one), then
 * brings sessions and deliveries up. Whatever was opened is closed again when a step fails.
 */
export async function runEngine(
  config: { dataDir: string } & Given,
  openBox: () => SecretBox,
  logger: Logger,
): Promise<RunningEngine> {
  const { dataDir } = config;
  const scope = new Scope();
  keepHeapSmall();
  try {
    prepareDataFolder(dataDir);
    const unlock = lockDataFolder(dataDir);
    if (!unlock)
      throw new DataFolderProblem(
        `Another engine is running on ${dataDir}. Stop it first, or use another --data-dir.`,
      );
    scope.add(unlock);

    const api = await openApi(dataDir, openBox(), logger);
    scope.add(api.close);
    const port = await servePublicly(api, { port: config.port, mode: config.mode }, logger, scope);
    await openSocket(api, dataDir, scope);
    const window = await openDoor(api.app, 'private', { host: '127.0.0.1', port: 0 });
    scope.add(window.close);
    api.ports.push(...(window.port === undefined ? [] : [window.port]));

    await api.engine.start();
    logger.info({ port, dataDir }, 'engine started');
    return {
      apiUrl: api.apiUrl(),
      privateUrl: `http://127.0.0.1:${window.port}/`,
      privateToken: api.privateToken,
      stop: () => scope.close(),
    };
  } catch (error) {
    await scope.close();
    throw error;
  }
}

type Api = Awaited<ReturnType<typeof openApi>>;

async function openSocket(api: Api, dataDir: string, scope: Scope): Promise<void> {
  const path = socketPath(dataDir);
  // The lock is ours, so a socket that is there was left by an engine that was killed.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const door = await openDoor(api.app, 'socket', { path });
  scope.add(door.close);
  if (process.platform !== 'win32') chmodSync(path, 0o600);
}
