import type { ApiCertificate } from '../../../src-shared/api/status.ts';
import type { Translate } from '../../../src-shared/text/translate.ts';
import type { ApiServerState } from '../../engine/settings/api-server.ts';
import { trustOf } from './calls.ts';

const dayOf = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);

/** Whose certificate it is, until when it is good, for which names, and how it is recognised. */
export function certificateLines(certificate: ApiCertificate, t: Translate): string[] {
  const { self_made: isSelfMade, fingerprint, valid_until: until, names, problem } = certificate;
  return [
    t(isSelfMade ? 'server.cert.self-made' : 'server.cert.own'),
    ...(until === null ? [] : [t('server.cert.until', { day: dayOf(until) })]),
    ...(names.length === 0 ? [] : [t('server.cert.names', { names: names.join(', ') })]),
    ...(fingerprint === null ? [] : [`SHA-256: ${fingerprint}`]),
    ...(problem === null ? [] : [t('server.problem', { problem })]),
  ];
}

/** How the server is reached: what is so, not what was asked for. */
export function serverLines(server: ApiServerState, t: Translate): string[] {
  const { mode, port, addresses, url, problem, certificate, given } = server;
  return [
    t('server.mode', { mode }),
    t('server.port', { port }),
    t('server.addresses', { addresses: addresses.join(', ') || t('server.none') }),
    t(mode === 'network' ? 'server.https' : 'server.http'),
    `URL: ${url}`,
    ...(certificate ? certificateLines(certificate, t) : []),
    ...(problem === undefined ? [] : [t('server.problem', { problem })]),
    ...(given.mode === undefined ? [] : [t('server.given', { what: `--mode ${given.mode}` })]),
    ...(given.port === undefined ? [] : [t('server.given', { what: `--port ${given.port}` })]),
  ];
}

/** A request that proves it, and how it knows that it reached this server. */
export const checkLines = (server: ApiServerState, t: Translate): string[] => [
  ['curl', ...trustOf({ server }), `"${new URL('/health', server.url).href}"`].join(' '),
  ...(server.certificate?.self_made ? [t('api.self-made')] : []),
];
