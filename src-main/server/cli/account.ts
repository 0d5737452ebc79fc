import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import type { Account } from '../../../src-shared/api/accounts.ts';
import { bareJidOnly } from '../../../src-shared/jid.ts';
import { fromHere } from '../config.ts';
import { readPassword } from './secrets.ts';
import { UsageError, type Verb } from './verb.ts';

type AccountRow = z.infer<typeof Account>;

const describe = ({ jid, enabled, state, reason }: AccountRow) =>
  `${jid}  ${enabled ? state : 'disabled'}${reason ? `  (${reason})` : ''}`;

function readCa(file: string | boolean | undefined): string | undefined {
  if (typeof file !== 'string') return undefined;
  try {
    return readFileSync(fromHere(file, process.env), 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`The CA file ${file} cannot be read (${code}).`);
  }
}

/** Before the password is asked for. */
function checkJid(jid: string): void {
  try {
    bareJidOnly(jid);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'not an XMPP address');
  }
}

const path = (jid: string) => `/api/v1/accounts/${encodeURIComponent(jid)}`;

const switched = (enabled: boolean): Verb => ({
  usage: `account ${enabled ? 'enable' : 'disable'} JID`,
  summary: enabled ? 'Connect an account again' : 'Disconnect an account, keep its bots',
  words: [1, 1],
  async run({ words: [jid = ''], api, print }) {
    const { result } = await (await api()).call<{ result: AccountRow }>('PATCH', path(jid), { enabled });
    print(result, describe(result));
    return 0;
  },
});

export const accountVerbs: Record<string, Verb> = {
  'account add': {
    usage:
      'account add JID [--service xmpp://H:P|xmpps://H:P|wss://...] [--ca FILE] [--password-stdin] [--no-verify]',
    summary: 'Sign in with an XMPP account',
    flags: { service: true, ca: true, 'password-stdin': false, 'no-verify': false },
    words: [1, 1],
    async run({ words: [jid = ''], flags, api, print }) {
      const ca = readCa(flags.ca);
      checkJid(jid);
      const password = await readPassword(flags['password-stdin'] === true, `Password of ${jid}`);
      const body = { jid, password, service: flags.service, ca, verify: flags['no-verify'] !== true };
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
      print(result, result.length === 0 ? none : result.map(describe));
      return 0;
    },
  },
  'account remove': {
    usage: 'account remove JID [--with-bots]',
    summary: 'Forget an account',
    flags: { 'with-bots': false },
    words: [1, 1],
    async run({ words: [jid = ''], flags, api, print }) {
      await (await api()).call('DELETE', `${path(jid)}?with_bots=${flags['with-bots'] === true}`);
      print({ removed: jid }, `${jid} is removed.`);
      return 0;
    },
  },
  'account enable': switched(true),
  'account disable': switched(false),
};
