import type { z } from 'zod';
import type { Account } from '../../../src-shared/api/accounts.ts';
import type { ShownEjabberdSettings } from '../../../src-shared/api/ejabberd.ts';
import type { Status } from '../../../src-shared/api/status.ts';
import { TELLS_USERS_APART } from '../../http/browser-guard.ts';
import type { Config } from '../config.ts';
import { portProblem } from '../free-port.ts';
import { wordsFor } from '../words.ts';
import { type Api, reachApi } from './api-client.ts';
import { describeCertificate } from './certificate.ts';
import { checkBots, checkErrands } from './doctor-bots.ts';
import { bad, type Finding, good } from './finding.ts';
import { Refused } from './verb.ts';

type Shown = z.infer<typeof ShownEjabberdSettings>['result'];

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

async function checkEngine(api: Api, config: Config): Promise<Finding> {
  if (api.isRunning) {
    const { result } = await api.call<{ result: Status }>('GET', '/api/v1/status');
    const { api_url: url, api_problem: problem } = result;
    return problem === null
      ? good(`the engine runs, API at ${url}`)
      : bad(
          `${problem.replace(/\.$/, '')}, so the API is still at ${url}`,
          problem.startsWith('Port ')
            ? 'Stop that program and set the port again, or choose another: botmother settings set api_port N'
            : OTHER_PAIR,
        );
  }
  const value = async (key: string) =>
    (await api.call<{ result: { value: unknown } }>('GET', `/api/v1/settings/${key}`)).result.value;
  const port = config.port ?? Number(await value('api_port'));
  const mode = config.mode ?? ((await value('api_mode')) === 'network' ? 'network' : 'local');
  const problem = await portProblem(port, mode);
  if (problem === undefined) return good(`no engine runs; port ${port} is free. Start it: botmother serve`);
  const fix = 'botmother settings set api_port N';
  return problem === 'taken'
    ? bad(`port ${port} is used by another program`, `Stop that program, or: ${fix}`)
    : bad(`this machine does not let port ${port} be used`, fix);
}

const OTHER_PAIR =
  'Give it a good pair: botmother settings set api_tls_cert FILE api_tls_key FILE. With "" for both, Botmother makes one itself.';

/** In network mode, how programs know that they reached this API. */
async function checkCertificate(api: Api): Promise<Finding[]> {
  const { result } = await api.call<{ result: Status }>('GET', '/api/v1/status');
  const { api_certificate: certificate } = result;
  if (!certificate) return [];
  const what = describeCertificate(certificate);
  return [certificate.problem === null ? good(what) : bad(what, OTHER_PAIR)];
}

async function checkAccounts(api: Api): Promise<Finding[]> {
  const { result } = await api.call<{ result: z.infer<typeof Account>[] }>('GET', '/api/v1/accounts');
  if (result.length === 0) return [bad('nobody is signed in', 'botmother account add you@server.example')];
  const operator = result.some((account) => account.operator)
    ? []
    : [bad('no account is the operator', `botmother account operator ${result[0]?.jid}`)];
  const sessions = result.map(({ jid, enabled, state, reason }) => {
    if (!api.isRunning) return good(`${jid} is stored`);
    if (!enabled) return bad(`${jid} is switched off`, `botmother account enable ${jid}`);
    if (state === 'online') return good(`${jid} is online`);
    const fix =
      state === 'failed'
        ? `Sign in again, with the new password if it changed: botmother account add ${jid}`
        : 'It is tried again by itself.';
    return bad(`${jid} is ${state}${reason ? `: ${reason}` : ''}`, fix);
  });
  return [...sessions, ...operator];
}

/** Where users of the machine are not told apart, that is to be known (contract, section 7, "Admin routes"). */
export function adminFinding(auth: string, tellsUsersApart: boolean): Finding[] {
  if (auth === 'required') return [good('admin routes need the admin token')];
  if (tellsUsersApart) return [];
  return [
    good(
      'admin routes take every program on this machine: this system does not show whose it is. If others use the machine: botmother settings set admin_auth required',
    ),
  ];
}

async function checkAdmin(api: Api): Promise<Finding[]> {
  const { result } = await api.call<{ result: { value: string } }>('GET', '/api/v1/settings/admin_auth');
  const { result: status } = await api.call<{ result: Status }>('GET', '/api/v1/status');
  return adminFinding(status.api_mode === 'network' ? 'required' : result.value, TELLS_USERS_APART);
}

/** While they are off, no account connects, whatever its own switch says. */
async function areBotsOn(api: Api): Promise<boolean> {
  const route = '/api/v1/settings/bot_features_enabled';
  const { result } = await api.call<{ result: { value: boolean } }>('GET', route);
  return result.value;
}

/** Only where somebody began to set it: personal bots do without. */
async function checkEjabberd(api: Api): Promise<Finding[]> {
  const { result } = await api.call<{ result: Shown }>('GET', '/bot/ejabberd/settings');
  const { api_url: url, host, way } = result;
  if (way === 'none') return [];
  const what = way === 'admin_api' ? 'the admin API of ejabberd' : 'accounts for dedicated bots over XMPP';
  try {
    await api.call('POST', '/bot/ejabberd/test', {});
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [bad(`${what}: ${error.message}`, 'botmother ejabberd set, then botmother ejabberd test')];
  }
  if (way !== 'admin_api') return [good(`${what} at ${host}`)];
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || LOOPBACK.test(hostname)
    ? [good(`the admin API of ejabberd at ${url}`)]
    : [
        bad(
          `the admin API at ${url} is not encrypted: its password travels in clear`,
          'Use an https:// address: botmother ejabberd set',
        ),
      ];
}

/** What only the running engine, or the opened data folder, can tell. */
export async function checkServices(config: Config): Promise<Finding[]> {
  let api: Api;
  try {
    api = await reachApi(config);
  } catch (error) {
    const words = error instanceof Refused ? error.message : wordsFor(error);
    return [bad(words, 'That has to be put right first; then run doctor again.')];
  }
  try {
    const isSwitchedOn = await areBotsOn(api);
    return [
      await checkEngine(api, config),
      ...(await checkCertificate(api)),
      ...(await checkAdmin(api)),
      ...(isSwitchedOn
        ? []
        : [bad('bots are switched off', 'botmother settings set bot_features_enabled true')]),
      ...(await checkAccounts(api)),
      ...(await checkEjabberd(api)),
      ...(isSwitchedOn ? await checkBots(api) : []),
      ...(await checkErrands(api)),
    ];
  } finally {
    await api.close();
  }
}
