import type { z } from 'zod';
import { MASK, type Setting } from '../../../src-shared/api/settings.ts';
import { readStdin } from './secrets.ts';
import { UsageError, type Verb } from './verb.ts';

type SettingRow = z.infer<typeof Setting>;

const describe = ({ key, value, summary }: SettingRow) =>
  `${key} = ${value === '' ? '(empty)' : value}  # ${summary}`;

export const settingVerbs: Record<string, Verb> = {
  'settings list': {
    usage: 'settings list',
    summary: 'All settings',
    words: [0, 0],
    async run({ api, print }) {
      const { result } = await (await api()).call<{ result: SettingRow[] }>('GET', '/api/v1/settings');
      print(result, result.map(describe));
      return 0;
    },
  },
  'settings get': {
    usage: 'settings get KEY',
    summary: 'One setting',
    words: [1, 1],
    async run({ words: [key = ''], api, print }) {
      const { result } = await (await api()).call<{ result: SettingRow }>(
        'GET',
        `/api/v1/settings/${encodeURIComponent(key)}`,
      );
      print(result, String(result.value));
      return 0;
    },
  },
  'settings set': {
    usage: 'settings set KEY VALUE|--stdin',
    summary: 'Change a setting; secrets come from stdin',
    flags: { stdin: false },
    words: [1, 2],
    async run({ words: [key = '', word], flags, api, print }) {
      if ((word === undefined) !== (flags.stdin === true))
        throw new UsageError('Give the value, or --stdin.');
      const value = word ?? (await readStdin()).replace(/\r?\n$/, '');
      const client = await api();
      const route = `/api/v1/settings/${encodeURIComponent(key)}`;
      if (word !== undefined && word !== '') {
        const { result: now } = await client.call<{ result: SettingRow }>('GET', route);
        if (now.value === MASK || /password/.test(now.key)) {
          throw new UsageError(`${key} is a secret: pass it on stdin with --stdin, not on the command line.`);
        }
      }
      const { result } = await client.call<{ result: SettingRow }>('PUT', route, { value });
      print(result, describe(result));
      return 0;
    },
  },
};
