import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { adHocCommands } from '../commands/ad-hoc.ts';
import { menuRouter } from '../commands/menu/menu-router.ts';
import { commandRouter } from '../commands/router.ts';
import type { Restorer } from '../engine/admin/restorer.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import type { SandboxHost } from '../engine/sandbox.ts';
import { httpServer } from '../http/server.ts';
import { type LiveApi, liveApi } from './live-api.ts';
import { VERSION } from './version.ts';

/** The engine with its edges built, nothing connected and nothing listening yet. */
export interface OpenApi {
  engine: Engine;
  app: FastifyInstance;
  privateToken: string;
  /** The ports listened on; told to the address guard and shown in URLs. The first is the API's. */
  ports: number[];
  /** Where and how the API is reached. */
  live: LiveApi;
  apiUrl: () => string;
  close: () => Promise<void>;
}

/** Puts engine, chat edge and HTTP edge together. Whoever calls holds the data folder's lock. */
export async function openApi(
  dataDir: string,
  box: SecretBox,
  logger: Logger,
  host: { restorer?: Restorer; sandbox?: SandboxHost } = {},
): Promise<OpenApi> {
  const ports: number[] = [];
  const privateToken = randomBytes(32).toString('hex');
  const live = liveApi({ dataDir, clock: systemClock, ports, settings: () => engine.settings });
  const { apiUrl } = live;
  const engine: Engine = await openEngine({
    dataDir,
    box,
    clock: systemClock,
    logger,
    version: VERSION,
    commands: (services) => commandRouter(services, apiUrl),
    menu: (services) => menuRouter(services),
    adHoc: (services) => adHocCommands(services, apiUrl),
    ownPorts: () => ports,
    apiDoor: live.door,
  });
  const app = await httpServer({
    services: engine,
    clock: systemClock,
    logger,
    version: VERSION,
    apiUrl,
    apiProblem: () => live.state.problem,
    privateToken,
    ...host,
    rendererDir: fileURLToPath(new URL('../renderer/', import.meta.url)),
  }).catch(async (error: unknown) => {
    await engine.stop();
    throw error;
  });
  const close = async () => {
    await app.close();
    await engine.stop();
  };
  return { engine, app, privateToken, ports, live, apiUrl, close };
}
