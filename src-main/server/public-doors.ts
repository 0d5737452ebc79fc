import type { Logger } from '../base/logger.ts';
import type { Scope } from '../base/scope.ts';
import { type Listener, openDoor } from '../http/door.ts';
import { portProblem } from './free-port.ts';
import type { OpenApi } from './open-api.ts';

/** The engine cannot start; `message` says why and what to do. */
export class CannotStart extends Error {}

/** How long requests on the old port get to be answered: the one that changed the port is one of them. */
const GRACE_MS = 1_000;

interface Doors {
  port: number;
  listeners: Listener[];
}

const closeAll = async ({ listeners }: Doors) => {
  await Promise.all(listeners.map((listener) => listener.close()));
};

/**
 * Opens the public listeners on the given port, else on that of the setting, and resolves with it. While the setting
 * decides, they follow it: the new port is opened first, and when that fails the old one stays.
 */
export async function servePublicly(
  api: OpenApi,
  given: number | undefined,
  logger: Logger,
  scope: Scope,
): Promise<number> {
  const { settings, events } = api.engine;
  let doors = await openDoors(api, given ?? settings.get('api_port'));
  let isClosed = false;
  api.ports.unshift(doors.port);
  scope.add(() => closeAll(doors));
  const { port } = doors;
  if (given !== undefined) return port;

  async function move(): Promise<void> {
    const wanted = settings.get('api_port');
    if (isClosed) return;
    api.problem.words = undefined;
    if (wanted === doors.port) return;
    const old = doors;
    doors = await openDoors(api, wanted).catch(async (error: unknown) => {
      // It was free when it was set: somebody was faster.
      const isTaken = (await portProblem(wanted)) === 'taken';
      api.problem.words = `Port ${wanted} ${isTaken ? 'is used by another program' : 'could not be opened'}.`;
      throw error;
    });
    api.ports.splice(api.ports.indexOf(old.port), 1, doors.port);
    logger.info({ port: doors.port }, 'the API listens on another port');
    await Promise.all(old.listeners.map((listener) => listener.drain(GRACE_MS)));
  }

  let moves = Promise.resolve();
  const follow = ({ key }: { key: string }) => {
    if (key !== 'api_port') return;
    moves = moves.then(move).catch((error: unknown) => {
      logger.error({ err: error, port: doors.port }, 'the API stays on its old port');
    });
  };
  scope.add(events.on('setting.changed', follow));
  scope.add(() => {
    isClosed = true;
    return moves;
  });
  return port;
}

/** Both loopback addresses on one port; ::1 only where the machine has it. */
async function openDoors({ app }: OpenApi, wanted: number): Promise<Doors> {
  const v4 = await openDoor(app, 'public', { host: '127.0.0.1', port: wanted }).catch(explain(wanted));
  const port = v4.port ?? wanted;
  const v6 = await openDoor(app, 'public', { host: '::1', port }).catch(async (error: unknown) => {
    if (codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'EAFNOSUPPORT') return undefined;
    await v4.close();
    return explain(port)(error);
  });
  return { port, listeners: v6 ? [v4, v6] : [v4] };
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
