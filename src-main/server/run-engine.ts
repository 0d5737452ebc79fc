import { chmodSync, rmSync } from 'node:fs';
import type { Logger } from '../base/logger.ts';
import { Scope } from '../base/scope.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { openDoor } from '../http/door.ts';
import { DataFolderProblem, lockDataFolder, prepareDataFolder, socketPath } from './data-folder.ts';
import { openApi } from './open-api.ts';

export interface RunningEngine {
  apiUrl: string;
  privateUrl: string;
  privateToken: string;
  stop(): Promise<void>;
}

/** The engine cannot start; `message` says why and what to do. */
export class CannotStart extends Error {}

/**
 * Takes the data folder, opens the listeners (127.0.0.1 and ::1, the CLI's socket, the window's private one), then
 * brings sessions and deliveries up. Whatever was opened is closed again when a step fails.
 */
export async function runEngine(
  config: { dataDir: string; port: number | undefined },
  openBox: () => SecretBox,
  logger: Logger,
): Promise<RunningEngine> {
  const { dataDir } = config;
  const scope = new Scope();
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
    const port = await openPublicDoors(api, config.port ?? api.engine.settings.get('api_port'), scope);
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

/** Both loopback addresses on one port; ::1 only where the machine has it. */
async function openPublicDoors(api: Api, wanted: number, scope: Scope): Promise<number> {
  const v4 = await openDoor(api.app, 'public', { host: '127.0.0.1', port: wanted }).catch(explain(wanted));
  scope.add(v4.close);
  const port = v4.port ?? wanted;
  const v6 = await openDoor(api.app, 'public', { host: '::1', port }).catch((error: unknown) => {
    if (codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'EAFNOSUPPORT') return undefined;
    return explain(port)(error);
  });
  if (v6) scope.add(v6.close);
  api.ports.push(port);
  return port;
}

async function openSocket(api: Api, dataDir: string, scope: Scope): Promise<void> {
  const path = socketPath(dataDir);
  // The lock is ours, so a socket that is there was left by an engine that was killed.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const door = await openDoor(api.app, 'socket', { path });
  scope.add(door.close);
  if (process.platform !== 'win32') chmodSync(path, 0o600);
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

const explain = (port: number) => (error: unknown) => {
  if (codeOf(error) === 'EADDRINUSE') {
    throw new CannotStart(
      `Port ${port} is taken by another program. Stop it, or choose another port: --port N`,
    );
  }
  if (codeOf(error) === 'EACCES')
    throw new CannotStart(`Port ${port} may not be used. Choose one from 1024: --port N`);
  throw error;
};
