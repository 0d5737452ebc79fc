import type { Bot } from '../../../src-shared/api/bots.ts';
import { UsageError, type Verb } from './verb.ts';

interface Created {
  id: number;
  name: string;
  token: string;
  api_url: string;
}

export const botVerbs: Record<string, Verb> = {
  'bot list': {
    usage: 'bot list [--account JID]',
    summary: 'Bots with their state',
    flags: { account: true },
    words: [0, 0],
    async run({ flags, api, print }) {
      const filter = typeof flags.account === 'string' ? `?account=${encodeURIComponent(flags.account)}` : '';
      const { bots } = await (await api()).call<{ bots: Bot[] }>('GET', `/bot/list${filter}`);
      // The token stays out of a list on a screen; --json has it, as the API does.
      const lines = bots.map(
        ({ id, name, mode, status, state }) => `[${id}] ${name} (${mode}, ${status}, ${state})`,
      );
      print(
        bots,
        lines.length === 0
          ? 'There are no bots yet. Create one: botmother bot create NAME --account JID'
          : lines,
      );
      return 0;
    },
  },
  'bot create': {
    usage: 'bot create NAME --account JID',
    summary: 'Create a personal bot',
    flags: { account: true },
    words: [1, 1],
    async run({ words: [name], flags, api, print }) {
      if (typeof flags.account !== 'string') throw new UsageError('Say whose bot it is: --account JID');
      const made = await (await api()).call<Created>('POST', '/bot/create', { name, account: flags.account });
      const { id, token, api_url } = made;
      print(made, [
        'Bot created!',
        `ID: ${id}`,
        `Name: ${made.name}`,
        `Token: ${token}`,
        `API URL: ${api_url}`,
      ]);
      return 0;
    },
  },
  'bot token': {
    usage: 'bot token ID',
    summary: 'Make a new token; the old one ends',
    words: [1, 1],
    async run({ words: [id], api, print }) {
      if (!/^\d+$/.test(id ?? '')) throw new UsageError('The ID is a whole number; see: botmother bot list');
      const made = await (await api()).call<{ id: number; token: string }>('POST', '/bot/token', { id });
      print(made, made.token);
      return 0;
    },
  },
};
