import type { z } from 'zod';
import { isSettingKey, type Setting, settings } from '../../../src-shared/api/settings.ts';
import type { Status } from '../../../src-shared/api/status.ts';
import { fromHere } from '../config.ts';
import type { Api } from './api-client.ts';
import { describeCertificate } from './certificate.ts';
import { readStdin } from './secrets.ts';
import { botId, UsageError, type Verb } from './verb.ts';

type SettingRow = z.infer<typeof Setting>;

const describe = ({ key, value, summary }: SettingRow) =>
  `${key} = ${value === '' ? '(empty)' : value}  # ${summary}`;

/** Where the settings are: of the installation, or with `--bot ID` of one bot. */
const routeOf = (bot: string | boolean | undefined) =>
  bot === undefined ? '/api/v1/settings' : `/api/v1/bots/${botId(String(bot))}/settings`;
const routeTo = (bot: string | boolean | undefined, key: string) =>
  `${routeOf(bot)}/${encodeURIComponent(key)}`;

const isSecret = (key: string) => isSettingKey(key) && 'isSecret' in settings[key];

/** Of network mode, how programs know that they reached this API; nothing in local mode. */
async function certificateLines(api: Api): Promise<string[]> {
  const { result } = await api.call<{ result: Status }>('GET', '/api/v1/status');
  const { api_certificate: certificate } = result;
  return certificate ? [`# ${describeCertificate(certificate)}`] : [];
}

const isAboutApi = (key: string) => key.startsWith('api_');

/** A path as it is meant where it was typed; a mere name is one in the folder of certificates. */
export const typedValue = (key: string, word: string) =>
  /^api_tls_(cert|key)$/.test(key) && /[/\\]/.test(word) ? fromHere(word, process.env) : word;

const MOST_AT_ONCE = 20;

export const settingVerbs: Record<string, Verb> = {
  'settings list': {
    usage: 'settings list [--bot ID]',
    summary: 'All settings, or those of a bot',
    flags: { bot: true },
    words: [0, 0],
    async run({ flags, api, print }) {
      const route = routeOf(flags.bot);
      const client = await api();
      const { result } = await client.call<{ result: SettingRow[] }>('GET', route);
      const more = flags.bot === undefined ? await certificateLines(client) : [];
      print(result, [...result.map(describe), ...more]);
      return 0;
    },
  },
  'settings get': {
    usage: 'settings get KEY [--bot ID]',
    summary: 'One setting',
    flags: { bot: true },
    words: [1, 1],
    async run({ words: [key = ''], flags, api, print }) {
      const route = routeTo(flags.bot, key);
      const { result } = await (await api()).call<{ result: SettingRow }>('GET', route);
      print(result, String(result.value));
      return 0;
    },
  },
  'settings set': {
    usage: 'settings set KEY VALUE [KEY VALUE ...] | KEY --stdin [--bot ID]',
    summary: 'Change settings, several at once or none; secrets come from stdin',
    flags: { stdin: false, bot: true },
    words: [1, 2 * MOST_AT_ONCE],
    async run({ words, flags, api, print }) {
      const pairs = await readPairs(words, flags.stdin === true);
      for (const [key, value] of pairs) {
        if (value !== '' && isSecret(key) && flags.stdin !== true) {
          throw new UsageError(`${key} is a secret: pass it on stdin with --stdin, not on the command line.`);
        }
      }
      const client = await api();
      const rows = await change(client, flags.bot, pairs);
      const more = rows.some(({ key }) => isAboutApi(key)) ? await certificateLines(client) : [];
      print(rows.length === 1 ? rows[0] : rows, [...rows.map(describe), ...more]);
      return 0;
    },
  },
};

async function readPairs(words: string[], isStdin: boolean): Promise<[key: string, value: string][]> {
  const [only = ''] = words;
  if (isStdin) {
    if (words.length !== 1) throw new UsageError('Give the value, or --stdin.');
    return [[only, (await readStdin()).replace(/\r?\n$/, '')]];
  }
  if (words.length === 1) throw new UsageError('Give the value, or --stdin.');
  if (words.length % 2 === 1) throw new UsageError('Give a value for each key.');
  const keys = words.filter((_, index) => index % 2 === 0);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new UsageError(`${twice} is there twice.`);
  return keys.map((key, index) => [key, typedValue(key, words[2 * index + 1] ?? '')]);
}

/** One by its own route; several by the one that changes all or none. */
async function change(
  api: Api,
  bot: string | boolean | undefined,
  pairs: readonly (readonly [string, string])[],
): Promise<SettingRow[]> {
  const show = async ([key]: readonly [string, string]) =>
    (await api.call<{ result: SettingRow }>('GET', routeTo(bot, key))).result;
  const [only] = pairs;
  if (pairs.length === 1 && only) {
    const [key, value] = only;
    return [(await api.call<{ result: SettingRow }>('PUT', routeTo(bot, key), { value })).result];
  }
  // That route passes over keys it does not know.
  await Promise.all(pairs.map(show));
  const whose = bot === undefined ? '' : `?id=${botId(String(bot))}`;
  await api.call('POST', `/bot/settings${whose}`, Object.fromEntries(pairs));
  return Promise.all(pairs.map(show));
}
