import { readPassword, readStdin } from './secrets.ts';
import { UsageError, type Verb } from './verb.ts';

interface Shown {
  api_url: string;
  host: string;
  admin_jid: string;
  admin_password: string;
  configured: boolean;
}

const ROUTE = '/bot/ejabberd/settings';

const describe = (shown: Shown) => [
  `API URL: ${shown.api_url || '(not set)'}`,
  `XMPP host: ${shown.host || '(not set)'}`,
  `Admin JID: ${shown.admin_jid || '(not set)'}`,
  `Admin password: ${shown.admin_password || '(not set)'}`,
];

async function readSettings(
  flags: Record<string, string | boolean | undefined>,
): Promise<Record<string, unknown>> {
  if (flags.stdin === true) {
    try {
      return JSON.parse(await readStdin());
    } catch {
      throw new UsageError(
        'stdin is not JSON. It looks like {"api_url":"…","host":"…","admin_jid":"…","admin_password":"…"}.',
      );
    }
  }
  const { 'api-url': api_url, host, 'admin-jid': admin_jid } = flags;
  if (
    api_url === undefined &&
    host === undefined &&
    admin_jid === undefined &&
    flags['password-stdin'] !== true
  ) {
    throw new UsageError(
      'Say what to set: --api-url URL, --host HOST, --admin-jid JID, --password-stdin, or --stdin.',
    );
  }
  const admin_password =
    flags['password-stdin'] === true ? await readPassword(true, 'Admin password') : undefined;
  return { api_url, host, admin_jid, admin_password };
}

export const ejabberdVerbs: Record<string, Verb> = {
  'ejabberd show': {
    usage: 'ejabberd show',
    summary: "The XMPP server's admin API",
    words: [0, 0],
    async run({ api, print }) {
      const { result } = await (await api()).call<{ result: Shown }>('GET', ROUTE);
      print(result, describe(result));
      return 0;
    },
  },
  'ejabberd set': {
    usage: 'ejabberd set --stdin | [--api-url URL] [--host HOST] [--admin-jid JID] [--password-stdin]',
    summary: 'Set it; --stdin reads all fields as JSON',
    flags: { stdin: false, 'api-url': true, host: true, 'admin-jid': true, 'password-stdin': false },
    words: [0, 0],
    async run({ flags, api, print }) {
      const body = await readSettings(flags);
      const client = await api();
      await client.call('POST', ROUTE, body);
      const { result } = await client.call<{ result: Shown }>('GET', ROUTE);
      print(result, describe(result));
      return 0;
    },
  },
};
