import { DomainError } from '../../src-shared/errors.ts';
import { reason } from '../../src-shared/text/reasons.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import type { Scope } from '../base/scope.ts';
import type { ApiMode, ApiWish } from '../engine/settings/api-door.ts';
import { API_KEYS } from '../engine/settings/setting-service.ts';
import { type Listener, openDoor } from '../http/door.ts';
import { HOSTS, portProblem } from './free-port.ts';
import type { Given } from './live-api.ts';
import type { OpenApi } from './open-api.ts';
import type { LoadedCertificate } from './tls/certificates.ts';

/** The engine cannot start; `message` says why and what to do. */
export class CannotStart extends Error {
  /** Another program has the port. */
  readonly isTaken: boolean;
  constructor(message: string, { isTaken = false } = {}) {
    super(message);
    this.isTaken = isTaken;
  }
}

/** How long a long poll or an idle connection on a listener that goes is let be. */
const GRACE_MS = 1_000;
/** How often the files of the certificate, its time and the addresses of the machine are looked at. */
const LOOK_MS = 60_000;

const OTHER_PAIR =
  'Another pair: botmother settings set api_tls_cert FILE api_tls_key FILE. Without network mode: botmother settings set api_mode local';

interface Doors {
  mode: ApiMode;
  port: number;
  certificate: LoadedCertificate | undefined;
  listeners: Listener[];
}

const isApiKey = (key: string) => API_KEYS.some((known) => known === key);

/**
 * Opens the public listeners as command line and settings say, and resolves with their port. From then on they follow
 * the settings, the files of the certificate and the addresses of the machine. What cannot be opened leaves everything
 * as it was. In network mode there is TLS or nothing. Where another program has the port from the start, nothing starts;
 * with a window it is told there, where another port can be chosen, and the port is tried again.
 */
export async function servePublicly(
  api: OpenApi,
  given: Given,
  logger: Logger,
  scope: Scope,
  { clock = systemClock, hasWindow = false }: { clock?: Clock; hasWindow?: boolean } = {},
): Promise<number> {
  const { live, ports } = api;
  Object.assign(live.given, given);
  let isWaiting = false;
  let doors = await openDoors(api, live.wanted()).catch((error: unknown): Doors => {
    if (error instanceof DomainError) throw new CannotStart(`${error.message} ${OTHER_PAIR}`);
    if (!hasWindow || !(error instanceof CannotStart && error.isTaken)) throw error;
    isWaiting = true;
    return { ...live.wanted(), certificate: undefined, listeners: [] };
  });
  const leaving = new Set<Listener>();
  let isClosed = false;
  ports.unshift(doors.port);
  tell();
  scope.add(async () => {
    await Promise.all([...doors.listeners, ...leaving].map((listener) => listener.close()));
  });

  /** Makes what is so now known to everybody. */
  function tell(): void {
    live.state.mode = doors.mode;
    live.state.certificate = doors.certificate;
    live.state.addresses = doors.listeners.flatMap(({ host }) => host ?? []);
    ports[0] = doors.port;
  }

  function drain({ listeners }: Doors): void {
    for (const listener of listeners) {
      leaving.add(listener);
      void listener.drain(GRACE_MS).finally(() => leaving.delete(listener));
    }
  }

  /** What could not be opened; not tried again by itself where the try would cut off who is connected. */
  let refused: string | undefined;
  const keyOf = ({ mode, port }: ApiWish) => `${mode} ${port}`;

  async function move(isLook: boolean): Promise<void> {
    if (isClosed) return;
    const wish = live.wanted();
    if (wish.mode === doors.mode && wish.port === doors.port && doors.listeners.length > 0) {
      if (wish.mode === 'network') await changeCertificate();
    } else {
      if (isLook && refused === keyOf(wish) && doors.listeners.length > 0) return;
      refused = keyOf(wish);
      const old = doors;
      // On the same port the new ones cannot open before the old ones have let go.
      doors = wish.port === old.port ? await replace(old, wish) : await openDoors(api, wish);
      tell();
      if (wish.port !== old.port) drain(old);
      logger.info({ port: doors.port, mode: doors.mode }, 'the API is reached in another way');
    }
    live.state.problem = undefined;
    refused = undefined;
  }

  async function changeCertificate(): Promise<void> {
    const certificate = await live.loadCertificate();
    const isSame = certificate.cert === doors.certificate?.cert && certificate.key === doors.certificate.key;
    doors.certificate = certificate;
    tell();
    if (isSame) return;
    for (const listener of doors.listeners) listener.setCertificate(certificate);
    logger.info({ fingerprint: certificate.leaf.fingerprint256 }, 'the API has another certificate');
  }

  async function replace(old: Doors, wish: ApiWish): Promise<Doors> {
    // What can fail is tried first, as far as it can while the old ones are there.
    if (wish.mode === 'network' && (await portProblem(wish.port, wish.mode, true))) {
      throw taken(wish.port);
    }
    const certificate = wish.mode === 'network' ? await live.loadCertificate() : undefined;
    drain(old);
    // Until one of the two below opens.
    doors = { ...old, listeners: [] };
    try {
      return await openWith(api, wish, certificate);
    } catch (error) {
      doors = await openWith(api, old, old.certificate);
      throw error;
    }
  }

  /** It was possible when it was set: something has changed since. */
  function complain(error: unknown): void {
    const { port } = live.wanted();
    const isTaken = error instanceof CannotStart && error.isTaken;
    const words =
      error instanceof DomainError
        ? error.message
        : reason(isTaken ? 'port.taken-now' : 'port.not-opened', { port });
    if (live.state.problem === words) return;
    live.state.problem = words;
    logger.error({ err: error, port: doors.port, mode: doors.mode }, 'the API stays as it is');
  }

  let moves = Promise.resolve();
  const follow = (isLook = false) => {
    moves = moves.then(() => move(isLook)).catch(complain);
    return moves;
  };
  live.state.follow = () => follow();
  scope.add(
    api.engine.events.on('setting.changed', ({ key }) => {
      if (isApiKey(key)) void follow();
    }),
  );
  const look = () => {
    void follow(true);
    clock.after(scope, LOOK_MS, look);
  };
  clock.after(scope, LOOK_MS, look);
  if (isWaiting) complain(taken(doors.port));
  scope.add(() => {
    isClosed = true;
    return moves;
  });
  return doors.port;
}

async function openDoors(api: OpenApi, wish: ApiWish): Promise<Doors> {
  return openWith(api, wish, wish.mode === 'network' ? await api.live.loadCertificate() : undefined);
}

/** Both kinds of addresses on one port; those of IPv6 only where the machine has them. */
async function openWith(
  { app }: OpenApi,
  { mode, port: wanted }: Pick<ApiWish, 'mode' | 'port'>,
  certificate: LoadedCertificate | undefined,
): Promise<Doors> {
  const [v4Host, v6Host] = HOSTS[mode];
  const v4 = await openDoor(app, 'public', { host: v4Host, port: wanted }, certificate).catch(
    explain(wanted),
  );
  const port = v4.port ?? wanted;
  const v6 = await openDoor(app, 'public', { host: v6Host, port, ipv6Only: true }, certificate).catch(
    async (error: unknown) => {
      if (codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'EAFNOSUPPORT') return undefined;
      await v4.close();
      return explain(port)(error);
    },
  );
  return { mode, port, certificate, listeners: v6 ? [v4, v6] : [v4] };
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

const taken = (port: number) =>
  new CannotStart(reason('port.taken', { port }), {
    isTaken: true,
  });

const explain = (port: number) => (error: unknown) => {
  if (codeOf(error) === 'EADDRINUSE') {
    throw taken(port);
  }
  if (codeOf(error) === 'EACCES') throw new CannotStart(reason('port.forbidden', { port }));
  throw error;
};
