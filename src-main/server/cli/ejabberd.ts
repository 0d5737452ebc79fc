import type { Way } from '../../../src-shared/api/ejabberd.ts';
import { readFileFrom } from './files.ts';
import { readPassword, readStdin } from './secrets.ts';
import { type Flags, UsageError, type Verb } from './verb.ts';

interface Shown {
  api_url: string;
  host: string;
  admin_jid: string;
  admin_password: string;
  service: string;
  ca: string;
  configured: boolean;
  way: Way;
}

const WAY: Record<Way, string> = {
  admin_api: "the server's admin API",
  xmpp_admin: 'the administrator, over XMPP',
  in_band: 'registration over XMPP, as any client does it',
  none: '(not set)',
};

const ROUTE = '/bot/ejabberd/settings';

const describe = (shown: Shown) => [
  `API URL: ${shown.api_url || '(not set)'}`,
  `XMPP host: ${shown.host || '(not set)'}`,
  `Admin JID: ${shown.admin_jid || '(not set)'}`,
  `Admin password: ${shown.admin_password || '(not set)'}`,
  `Service: ${shown.service || '(as DNS says)'}`,
  `CA: ${shown.ca === '' ? '(the system)' : 'the system and the certificates given'}`,
  `Accounts are made by: ${WAY[shown.way]}`,
];

const WHERE =
  '--stdin | [--api-url URL] [--host HOST] [--admin-jid JID] [--password-stdin] [--service URL] [--ca FILE]';
const WHERE_FLAGS = {
  stdin: false,
  'api-url': true,
  host: true,
  'admin-jid': true,
  'password-stdin': false,
  service: true,
  ca: true,
};

/** The fields that were given; undefined when none was. */
async function readFields(flags: Flags): Promise<Record<string, unknown> | undefined> {
  const given = Object.keys(WHERE_FLAGS).filter((name) => flags[name] !== undefined);
  if (given.length === 0) return undefined;
  if (flags.stdin === true) {
    if (given.length > 1) throw new UsageError('--stdin brings all fields: leave the other flags out.');
    const text = await readStdin();
    try {
      const fields: unknown = JSON.parse(text);
      if (typeof fields === 'object' && fields !== null && !Array.isArray(fields)) return { ...fields };
    } catch {
      // Said below.
    }
    throw new UsageError(
      'stdin is not JSON. It looks like {"api_url":"…","host":"…","admin_jid":"…","admin_password":"…"}.',
    );
  }
  const { 'api-url': api_url, host, 'admin-jid': admin_jid, service, ca: caFile } = flags;
  // An empty name clears it.
  const ca =
    typeof caFile === 'string' && caFile !== '' ? readFileFrom(caFile, 'CA').toString('utf8') : caFile;
  const admin_password =
    flags['password-stdin'] === true ? await readPassword(true, 'Admin password') : undefined;
  return { api_url, host, admin_jid, admin_password, service, ca };
}

export const ejabberdVerbs: Record<string, Verb> = {
  'ejabberd show': {
    usage: 'ejabberd show',
    summary: 'How accounts for dedicated bots are made on the XMPP server',
    words: [0, 0],
    async run({ api, print }) {
      const { result } = await (await api()).call<{ result: Shown }>('GET', ROUTE);
      print(result, describe(result));
      return 0;
    },
  },
  'ejabberd set': {
    usage: `ejabberd set ${WHERE}`,
    summary: 'Set it; --stdin reads all fields as JSON',
    flags: WHERE_FLAGS,
    words: [0, 0],
    async run({ flags, api, print }) {
      const body = await readFields(flags);
      if (!body) {
        throw new UsageError(
          'Say what to set: --api-url URL, --host HOST, --admin-jid JID, --password-stdin, --service URL, --ca FILE, or --stdin.',
        );
      }
      const client = await api();
      await client.call('POST', ROUTE, body);
      const { result } = await client.call<{ result: Shown }>('GET', ROUTE);
      print(result, describe(result));
      return 0;
    },
  },
  'ejabberd test': {
    usage: `ejabberd test [${WHERE}]`,
    summary: 'Try it: what is saved, or what is given here',
    flags: WHERE_FLAGS,
    words: [0, 0],
    async run({ flags, api, print }) {
      const body = (await readFields(flags)) ?? {};
      const client = await api();
      const { result } = await client.call<{ result: object }>('POST', '/bot/ejabberd/test', body);
      print(result, 'The server answers, and accounts can be made there.');
      return 0;
    },
  },
};
