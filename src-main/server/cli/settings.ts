import type { z } from 'zod';
import { isSettingKey, type Setting, settings } from '../../../src-shared/api/settings.ts';
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

export const settingVerbs: Record<string, Verb> = {
  'settings list': {
    usage: 'settings list [--bot ID]',
    summary: 'All settings, or those of a bot',
    flags: { bot: true },
    words: [0, 0],
    async run({ flags, api, print }) {
      const route = routeOf(flags.bot);
      const { result } = await (await api()).call<{ result: SettingRow[] }>('GET', route);
      print(result, result.map(describe));
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
    usage: 'settings set KEY VALUE|--stdin [--bot ID]',
    summary: 'Change a setting; secrets come from stdin',
    flags: { stdin: false, bot: true },
    words: [1, 2],
    async run({ words: [key = '', word], flags, api, print }) {
      if ((word === undefined) !== (flags.stdin === true))
        throw new UsageError('Give the value, or --stdin.');
      if (word !== undefined && word !== '' && isSecret(key)) {
        throw new UsageError(`${key} is a secret: pass it on stdin with --stdin, not on the command line.`);
      }
      const route = routeTo(flags.bot, key);
      const value = word ?? (await readStdin()).replace(/\r?\n$/, '');
      const { result } = await (await api()).call<{ result: SettingRow }>('PUT', route, { value });
      print(result, describe(result));
      return 0;
    },
  },
};
