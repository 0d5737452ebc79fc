import type { z } from 'zod';
import type { Account, RemovedAccount } from '../../../src-shared/api/accounts.ts';
import { bareJidOnly } from '../../../src-shared/jid.ts';
import { readFileFrom } from './files.ts';
import { readPassword } from './secrets.ts';
import { UsageError, type Verb, type VerbContext } from './verb.ts';

type AccountRow = z.infer<typeof Account>;

const describe = ({ jid, enabled, state, reason }: AccountRow) =>
  `${jid}  ${enabled ? state : 'disabled'}${reason ? `  (${reason})` : ''}`;
const listed = (account: AccountRow) =>
  [
    describe(account),
    account.operator ? 'operator' : '',
    account.language ?? '',
    account.omemo ? 'OMEMO' : '',
  ]
    .filter(Boolean)
    .join('  ');

/** Before the password is asked for. */
function checkJid(jid: string): void {
  try {
    bareJidOnly(jid);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'not an XMPP address');
  }
}

const LANGUAGES = ['en', 'de', 'default'];
const path = (jid: string) => `/api/v1/accounts/${encodeURIComponent(jid)}`;

async function change(api: VerbContext['api'], jid: string, body: object): Promise<AccountRow> {
  checkJid(jid);
  const { result } = await (await api()).call<{ result: AccountRow }>('PATCH', path(jid), body);
  return result;
}

const switched = (enabled: boolean): Verb => ({
  usage: `account ${enabled ? 'enable' : 'disable'} JID`,
  summary: enabled ? 'Connect an account again' : 'Disconnect an account, keep its bots',
  words: [1, 1],
  async run({ words: [jid = ''], api, print }) {
    const account = await change(api, jid, { enabled });
    print(account, describe(account));
    return 0;
  },
});

/** What to do about a device that nobody can take off the lists from here. */
const deviceLeft = (device: number | null): string[] =>
  device === null
    ? []
    : [
        `Its OMEMO device ${device} may still be on its list of devices: there was no connection to take it off.`,
        'Remove it there in another app of the account. Should the account be added here again, that happens by itself.',
      ];

export const accountVerbs: Record<string, Verb> = {
  'account add': {
    usage:
      'account add JID [--service xmpp://H:P|xmpps://H:P|wss://...] [--ca FILE] [--password-stdin] [--omemo] [--no-verify]',
    summary: 'Sign in with an XMPP account',
    flags: { service: true, ca: true, 'password-stdin': false, omemo: false, 'no-verify': false },
    words: [1, 1],
    makesFolder: true,
    async run({ words: [jid = ''], flags, api, print }) {
      const ca = typeof flags.ca === 'string' ? readFileFrom(flags.ca, 'CA').toString('utf8') : undefined;
      checkJid(jid);
      const password = await readPassword(flags['password-stdin'] === true, `Password of ${jid}`);
      const body = {
        jid,
        password,
        service: flags.service,
        ca,
        verify: flags['no-verify'] !== true,
        ...(flags.omemo === true && { omemo: true }),
      };
      const client = await api();
      const { result } = await client.call<{ result: AccountRow }>('POST', '/api/v1/accounts', body);
      const next = client.isRunning
        ? describe(result)
        : `${result.jid} is stored. Start the engine: botmother serve`;
      print(result, next);
      return 0;
    },
  },
  'account list': {
    usage: 'account list',
    summary: 'Accounts and the state of their sessions',
    words: [0, 0],
    async run({ api, print }) {
      const { result } = await (await api()).call<{ result: AccountRow[] }>('GET', '/api/v1/accounts');
      const none = 'Nobody is signed in yet. Sign in: botmother account add you@server.example';
      print(result, result.length === 0 ? none : result.map(listed));
      return 0;
    },
  },
  'account remove': {
    usage: 'account remove JID [--with-bots]',
    summary: 'Forget an account',
    flags: { 'with-bots': false },
    words: [1, 1],
    async run({ words: [jid = ''], flags, api, print }) {
      checkJid(jid);
      const url = `${path(jid)}?with_bots=${flags['with-bots'] === true}`;
      const { result } = await (await api()).call<{ result: z.infer<typeof RemovedAccount>['result'] }>(
        'DELETE',
        url,
      );
      print(result, [`${result.removed} is removed.`, ...deviceLeft(result.device_left)]);
      return 0;
    },
  },
  'account operator': {
    usage: 'account operator JID',
    summary: 'Make this account the one that runs this installation',
    words: [1, 1],
    async run({ words: [jid = ''], api, print }) {
      const account = await change(api, jid, { operator: true });
      print(account, `${account.jid} is the operator now.`);
      return 0;
    },
  },
  'account language': {
    usage: 'account language JID en|de|default',
    summary: 'Language of the answers in the chat of this account',
    words: [2, 2],
    async run({ words: [jid = '', language = ''], api, print }) {
      if (!LANGUAGES.includes(language))
        throw new UsageError(`"${language}" is not a language. Use ${LANGUAGES.join(', ')}.`);
      const account = await change(api, jid, { language: language === 'default' ? null : language });
      print(account, `${account.jid}: ${account.language ?? 'the language of the settings'}`);
      return 0;
    },
  },
  'account omemo': {
    usage: 'account omemo JID on|off',
    summary: 'Give the account an OMEMO device here, or take it away with its keys',
    words: [2, 2],
    async run({ words: [jid = '', word = ''], api, print }) {
      if (word !== 'on' && word !== 'off') throw new UsageError(`"${word}" is neither on nor off.`);
      const account = await change(api, jid, { omemo: word === 'on' });
      print(
        account,
        account.omemo
          ? `${account.jid} may have an OMEMO device here: its chat with itself is encrypted.`
          : `${account.jid} may have no OMEMO device here any more. It is taken off the list of devices now, or as soon as the account is online.`,
      );
      return 0;
    },
  },
  'account enable': switched(true),
  'account disable': switched(false),
};
