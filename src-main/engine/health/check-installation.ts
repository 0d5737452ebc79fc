import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { ApiCertificate } from '../../../src-shared/api/status.ts';
import { DomainError } from '../../../src-shared/errors.ts';
import { readReason, reasonIn } from '../../../src-shared/text/reasons.ts';
import { amount, day, type Said } from '../../../src-shared/text/said.ts';
import type { ReachedApi } from '../settings/api-door.ts';
import type { Observation } from './observation.ts';

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;
const LOW_BYTES = 500 * 1024 * 1024;

/** How the API is reached, against what the settings say. */
export function observeApi({
  url,
  problem,
  addresses,
}: Pick<ReachedApi, 'url' | 'problem' | 'addresses'>): Observation {
  if (problem === undefined) return { level: 'ok', code: 'api.ok', values: { url } };
  const said: Said = (language) => reasonIn(language, problem).replace(/\.$/, '');
  const about = { values: { url, problem: said }, level: 'error', action: 'api-settings' } as const;
  if (!readReason(problem)?.code.startsWith('port.')) return { ...about, code: 'api.pair' };
  // With a window the engine starts without a port as well, and goes on trying.
  return { ...about, code: addresses.length > 0 ? 'api.port' : 'api.closed' };
}

/** In network mode, how programs know that they reached this API. */
export function observeCertificate(certificate: ApiCertificate): Observation {
  const { self_made: isSelfMade, fingerprint, valid_until: validUntil, names, problem } = certificate;
  if (problem !== null || fingerprint === null || validUntil === null) {
    const values = { reason: problem ?? '' };
    return { level: 'error', code: 'certificate.bad', values, action: 'api-settings' };
  }
  const code = isSelfMade ? ('certificate.self-made' as const) : ('certificate.own' as const);
  return { level: 'ok', code, values: { fingerprint, day: day(validUntil), names: names.join(' ') } };
}

/** Where users of the machine are not told apart, that is to be known (contract, section 7, "Admin routes"). */
export function observeAdmin(auth: string, tellsUsersApart: boolean): Observation[] {
  if (auth === 'required') return [{ level: 'ok', code: 'admin.token' }];
  return tellsUsersApart ? [] : [{ level: 'note', code: 'admin.open', action: 'api-settings' }];
}

/** Whether accounts for dedicated bots can be made, where somebody began to set it up: personal bots do without. */
export async function observeServer(
  { api_url: url, host, way }: { api_url: string; host: string; way: string },
  test: () => Promise<void>,
): Promise<Observation[]> {
  if (way === 'none') return [];
  const action = 'server-settings' as const;
  try {
    await test();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [{ level: 'error', code: 'server.bad', values: { reason: error.message }, action }];
  }
  const place = way === 'admin_api' ? url : host;
  if (way === 'admin_api') {
    const { protocol, hostname } = new URL(url);
    if (protocol !== 'https:' && !LOOPBACK.test(hostname))
      return [{ level: 'warning', code: 'server.plain', values: { place }, action }];
  }
  return [{ level: 'ok', code: 'server.ok', values: { place } }];
}

/** Where the data lies: whether others can read it, and whether there is room. */
export async function observeFolder(dataDir: string): Promise<Observation[]> {
  const found: Observation[] = [];
  if (process.platform !== 'win32' && (statSync(dataDir).mode & 0o077) !== 0)
    found.push({ level: 'error', code: 'folder.open', values: { path: dataDir } });
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize < LOW_BYTES) {
    const free = Math.floor((bavail * bsize) / (1024 * 1024));
    found.push({ level: 'warning', code: 'disk.low', values: { free: amount(free) } });
  }
  return found;
}
