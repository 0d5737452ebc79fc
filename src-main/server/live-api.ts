import { join } from 'node:path';
import ipaddr from 'ipaddr.js';
import type { SettingKey } from '../../src-shared/api/settings.ts';
import { refuse } from '../../src-shared/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { ApiDoor, ApiMode, ApiWish } from '../engine/settings/api-door.ts';
import type { SettingService } from '../engine/settings/setting-service.ts';
import { portProblem } from './free-port.ts';
import { certificates, type LoadedCertificate, shownCertificate, shownProblem } from './tls/certificates.ts';
import { lanAddresses } from './tls/machine-names.ts';
import { namesOf } from './tls/self-signed.ts';

/** What the command line or the environment say; it comes before the settings. */
export interface Given {
  port?: number | undefined;
  mode?: ApiMode | undefined;
}

interface LiveApiDeps {
  dataDir: string;
  clock: Clock;
  /** The ports listened on; the first is the API's. */
  ports: readonly number[];
  settings: () => Pick<SettingService, 'get'>;
}

/** Where and how the API is reached at this moment. `public-doors` keeps it true, everybody else asks. */
export function liveApi({ dataDir, clock, ports, settings }: LiveApiDeps) {
  const given: Given = {};
  const certs = certificates({ dir: join(dataDir, 'api-tls'), now: clock.now });
  const state: {
    /** Undefined while nothing listens. */
    mode: ApiMode | undefined;
    addresses: readonly string[];
    /** Why the API is not as the settings have it, in words. */
    problem: string | undefined;
    certificate: LoadedCertificate | undefined;
    /** Looks again what the settings say; set by who opens the listeners. */
    follow: () => Promise<void>;
  } = {
    mode: undefined,
    addresses: [],
    problem: undefined,
    certificate: undefined,
    follow: async () => undefined,
  };

  const mode = () => state.mode ?? given.mode ?? settings().get('api_mode');
  const port = () => ports[0] ?? settings().get('api_port');
  const files = () => ({ cert: settings().get('api_tls_cert'), key: settings().get('api_tls_key') });

  async function tryOut(wish: ApiWish, changed: ReadonlySet<SettingKey>): Promise<void> {
    // What was said at the start stays, whatever the settings are.
    const mode = given.mode ?? wish.mode;
    const isAboutTls = changed.has('api_tls_cert') || changed.has('api_tls_key');
    if (isAboutTls || (changed.has('api_mode') && mode === 'network')) {
      await certs.check(wish, mode === 'network');
    }
    if (!changed.has('api_mode') && !changed.has('api_port')) return;
    const isPortGiven = given.port !== undefined && !changed.has('api_port');
    const port = isPortGiven ? (ports[0] ?? given.port ?? wish.port) : wish.port;
    const isOurs = port === ports[0];
    // What is ours is not in the way of the listener that takes its place.
    if (isOurs && (mode === 'local' || state.mode === 'network')) return;
    const problem = await portProblem(port, mode, isOurs);
    if (problem === 'taken') throw refuse('setting.port-taken', { port });
    if (problem === 'forbidden') throw refuse('setting.port-forbidden', { port });
  }

  const apiUrl = () =>
    mode() === 'local'
      ? `http://localhost:${port()}/bot/`
      : `https://${networkHost(state.certificate)}:${port()}/bot/`;

  const door: ApiDoor = {
    mode,
    reached: () => ({
      mode: mode(),
      port: port(),
      url: apiUrl(),
      addresses: state.addresses,
      problem: state.problem,
      given: { ...given },
    }),
    tryOut,
    settle: () => state.follow(),
    async certificate() {
      if (mode() === 'local') return undefined;
      try {
        return shownCertificate(state.certificate ?? (await certs.peek(files())));
      } catch (error) {
        return shownProblem(error);
      }
    },
    async renewCertificate() {
      const made = await certs.renew();
      await state.follow();
      return shownCertificate(made);
    },
    async deleteCertificate() {
      const wasThere = await certs.remove();
      await state.follow();
      return wasThere;
    },
  };
  return {
    given,
    state,
    door,
    /** What the listeners should be like; port 0: any, once. */
    wanted: (): ApiWish => ({
      mode: given.mode ?? settings().get('api_mode'),
      port:
        given.port === 0 && ports[0] !== undefined ? ports[0] : (given.port ?? settings().get('api_port')),
      ...files(),
    }),
    loadCertificate: () => certs.load(files()),
    /** Base URL of the bot API as programs reach it. */
    apiUrl,
  };
}
export type LiveApi = ReturnType<typeof liveApi>;

/** The host that others are told: one that the certificate stands for, else the first address of this machine. */
function networkHost(certificate: LoadedCertificate | undefined): string {
  const own = certificate && !certificate.isSelfMade ? namesOf(certificate.leaf) : [];
  const known = own.filter((name) => !name.startsWith('*.'));
  const named = known.find((name) => !ipaddr.isValid(name) && name !== 'localhost') ?? known[0];
  const host = named ?? lanAddresses()[0] ?? 'localhost';
  return ipaddr.IPv6.isValid(host) ? `[${host}]` : host;
}
