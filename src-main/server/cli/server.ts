import type { ApiCertificate, ApiServer } from '../../../src-shared/api/status.ts';
import type { Api } from './api-client.ts';
import { describeCertificate } from './certificate.ts';
import { typedValue } from './settings.ts';
import { Refused, UsageError, type Verb } from './verb.ts';

const SETTINGS = '/bot/settings';
const CERTIFICATE = '/api/v1/certificate';

const serverOf = async (api: Api) => (await api.call<{ result: ApiServer }>('GET', '/api/v1/server')).result;

function describe({ mode, port, url, addresses, problem, certificate, given }: ApiServer): string[] {
  return [
    `mode: ${mode}`,
    `port: ${port}`,
    `listens on: ${addresses.join(', ') || 'nothing, no engine runs'}`,
    `protocol: ${mode === 'network' ? 'https (TLS 1.2 or newer)' : 'http'}`,
    `url: ${url}`,
    ...(certificate ? [describeCertificate(certificate)] : []),
    ...(problem === null ? [] : [`problem: ${problem}`]),
    ...(given.mode === null ? [] : [`said at the start, before the settings: --mode ${given.mode}`]),
    ...(given.port === null ? [] : [`said at the start, before the settings: --port ${given.port}`]),
  ];
}

/** Changes settings of the server, and shows what came of it: what is so, not what was asked for. */
const changing =
  (settings: (words: readonly string[]) => Record<string, string>): Verb['run'] =>
  async ({ words, api, print }) => {
    const client = await api();
    await client.call('POST', SETTINGS, settings(words));
    const server = await serverOf(client);
    print(server, describe(server));
    if (server.problem !== null) throw new Refused(`The setting is stored, but: ${server.problem}`);
    return 0;
  };

function pairOf([file = '', key]: readonly string[]): Record<string, string> {
  if (file !== 'auto') {
    const cert = { api_tls_cert: typedValue('api_tls_cert', file) };
    return key === undefined ? cert : { ...cert, api_tls_key: typedValue('api_tls_key', key) };
  }
  if (key !== undefined)
    throw new UsageError('With auto, Botmother makes certificate and key: name no file.');
  return { api_tls_cert: '', api_tls_key: '' };
}

/** The server of the API: what `/api server` does in chat. */
export const serverVerbs: Record<string, Verb> = {
  'server status': {
    usage: 'server status',
    summary: 'How the API is reached: mode, port, addresses, certificate',
    words: [0, 0],
    async run({ api, print }) {
      const server = await serverOf(await api());
      print(server, describe(server));
      return 0;
    },
  },
  'server local': {
    usage: 'server local',
    summary: 'Only this machine reaches the API, over http',
    words: [0, 0],
    run: changing(() => ({ api_mode: 'local' })),
  },
  'server network': {
    usage: 'server network',
    summary: 'The network reaches the API, over https; admin routes then need the admin token',
    words: [0, 0],
    run: changing(() => ({ api_mode: 'network' })),
  },
  'server port': {
    usage: 'server port N',
    summary: 'Change the port (1024 to 65535)',
    words: [1, 1],
    run: changing(([port = '']) => ({ api_port: port })),
  },
  'server cert': {
    usage: 'server cert FILE [KEYFILE] | auto',
    summary: 'Use your own certificate, with its key at once; auto: the one that Botmother makes',
    words: [1, 2],
    run: changing(pairOf),
  },
  'server key': {
    usage: 'server key FILE',
    summary: 'Use your own key',
    words: [1, 1],
    run: changing(([file = '']) => ({ api_tls_key: typedValue('api_tls_key', file) })),
  },
  'server renew-cert': {
    usage: 'server renew-cert',
    summary: 'Make the self-made certificate anew; programs that trust the old one need the new one',
    words: [0, 0],
    async run({ api, print }) {
      const client = await api();
      const { result } = await client.call<{ result: ApiCertificate }>('POST', `${CERTIFICATE}/renew`);
      print(result, describeCertificate(result));
      return 0;
    },
  },
  'server delete-cert': {
    usage: 'server delete-cert',
    summary: 'Delete the self-made certificate; another one is made when it is needed',
    words: [0, 0],
    async run({ api, print }) {
      const client = await api();
      const { result } = await client.call<{ result: { deleted: boolean } }>('DELETE', CERTIFICATE);
      const server = await serverOf(client);
      const done = result.deleted ? 'The self-made certificate is deleted.' : 'There was none.';
      print({ ...result, server }, [done, ...describe(server)]);
      return 0;
    },
  },
};
