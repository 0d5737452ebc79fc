import type { z } from 'zod';
import type { BotResource as BotResourceSchema } from '../../../src-shared/api/bot-resources.ts';
import type { Bot } from '../../../src-shared/api/bots.ts';
import { TOKEN_SCOPES, type TokenInUse } from '../../../src-shared/api/token-scopes.ts';
import type { Api } from './api-client.ts';
import { confirm } from './confirm.ts';
import { readFileFrom } from './files.ts';
import { botId, UsageError, type Verb } from './verb.ts';

interface Created {
  id: number;
  name: string;
  mode: string;
  token: string;
  /** Of a dedicated bot. */
  jid?: string;
  api_url: string;
}

type BotResource = z.infer<typeof BotResourceSchema>;

const MODES = ['personal', 'dedicated', 'cloud'];

const nameOf = async (api: Api, id: number) => {
  const { result } = await api.call<{ result: Bot }>('GET', `/api/v1/bots/${id}`);
  return result.name;
};

const switched = (active: boolean): Verb => ({
  usage: `bot ${active ? 'activate' : 'deactivate'} ID`,
  summary: active ? 'Switch a bot on' : 'Switch a bot off; it keeps its token and its queue',
  words: [1, 1],
  async run({ words: [word], api, print }) {
    const id = botId(word);
    const answer = await (await api()).call<{ result: object }>('POST', '/bot/activate', { id, active });
    print(answer.result, `Bot ${id} is ${active ? 'active' : 'deactivated'}.`);
    return 0;
  },
});

const minute = (atS: number) => `${new Date(atS * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function tokenLine({ scopes, last_used: used, ends }: TokenInUse): string {
  const use = used === null ? 'not used yet' : `last used ${minute(used)}`;
  const words = `${scopes.join(', ')}; ${use}`;
  return ends === null ? `Token: ${words}` : `Old token: ${words}; valid until ${minute(ends)}`;
}

/** What was typed after --scopes; nothing: everything. */
function scopesIn(typed: string | boolean | undefined): string[] | undefined {
  if (typeof typed !== 'string') return undefined;
  const scopes = typed
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const wrong = scopes.find((scope) => !TOKEN_SCOPES.some((known) => known === scope));
  if (wrong !== undefined || scopes.length === 0)
    throw new UsageError(`--scopes takes some of ${TOKEN_SCOPES.join(', ')}, separated by commas.`);
  return scopes;
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
        ({ id, name, mode, status, state, jid }) =>
          `[${id}] ${name} (${mode}, ${status}, ${state})${jid === '' ? '' : ` — ${jid}`}`,
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
  'bot show': {
    usage: 'bot show ID',
    summary: 'One bot, with what its tokens may do and when they were last used',
    words: [1, 1],
    async run({ words: [word], api, print }) {
      const id = botId(word);
      const { result } = await (await api()).call<{ result: BotResource }>('GET', `/api/v1/bots/${id}`);
      const { name, owner, mode, status, state, jid, description, tokens, last_active: lastActive } = result;
      print(result, [
        `ID: ${id}`,
        `Name: ${name}`,
        `Mode: ${mode}`,
        `Status: ${status} (${state})`,
        `Account: ${owner}`,
        ...(jid === '' ? [] : [`JID: ${jid}`]),
        ...(description === '' ? [] : [`Description: ${description}`]),
        ...(tokens.length === 0 ? ['Token: revoked'] : tokens.map(tokenLine)),
        `Last active: ${lastActive === null ? 'never' : minute(lastActive)}`,
      ]);
      return 0;
    },
  },
  'bot create': {
    usage:
      'bot create NAME --account JID [--mode personal|dedicated|cloud] [--avatar FILE] [--scopes send,read,ai,bridge]',
    summary: 'Create a bot; personal unless said otherwise',
    flags: { account: true, mode: true, avatar: true, scopes: true },
    words: [1, 1],
    async run({ words: [name], flags: { account, mode, avatar: file, scopes }, api, print }) {
      if (typeof account !== 'string') throw new UsageError('Say whose bot it is: --account JID');
      if (mode !== undefined && !MODES.includes(String(mode)))
        throw new UsageError(`"${mode}" is not a mode. Use ${MODES.join(', ')}.`);
      const avatar = typeof file === 'string' ? readFileFrom(file, 'image').toString('base64') : undefined;
      const body = { name, account, mode, avatar, scopes: scopesIn(scopes) };
      const made = await (await api()).call<Created>('POST', '/bot/create', body);
      print(made, [
        'Bot created!',
        `ID: ${made.id}`,
        `Name: ${made.name}`,
        `Mode: ${made.mode}`,
        ...(made.jid === undefined ? [] : [`JID: ${made.jid}`]),
        `Token: ${made.token}`,
        `API URL: ${made.api_url}`,
      ]);
      return 0;
    },
  },
  'bot delete': {
    usage: 'bot delete ID [--yes]',
    summary: 'Delete a bot with its queue and settings; asks first',
    flags: { yes: false },
    words: [1, 1],
    async run({ words: [word], flags, api, print }) {
      const id = botId(word);
      const client = await api();
      if (flags.yes !== true) {
        const name = await nameOf(client, id);
        await confirm(`Delete bot "${name}" (ID: ${id}) with everything that waits for it?`);
      }
      const { result } = await client.call<{ result: { account_removed?: boolean } }>('POST', '/bot/delete', {
        id,
      });
      print(result, [
        `Bot ${id} is deleted.`,
        ...(result.account_removed === false
          ? ['Its account could not be removed yet. That is tried again by itself; see: botmother doctor']
          : []),
      ]);
      return 0;
    },
  },
  'bot activate': switched(true),
  'bot deactivate': switched(false),
  'bot token': {
    usage: 'bot token ID [--scopes send,read,ai,bridge] [--overlap SECONDS]',
    summary: 'Make a new token; the old one ends, at once or after the given time',
    flags: { overlap: true, scopes: true },
    words: [1, 1],
    async run({ words: [word], flags: { overlap = '0', scopes }, api, print }) {
      const id = botId(word);
      if (!/^\d{1,7}$/.test(String(overlap)))
        throw new UsageError('--overlap takes a whole number of seconds.');
      const body = { id, overlap_s: Number(overlap), scopes: scopesIn(scopes) };
      const { result } = await (await api()).call<{ result: { id: number; token: string } }>(
        'POST',
        '/bot/token',
        body,
      );
      print(result, result.token);
      return 0;
    },
  },
  'bot revoke': {
    usage: 'bot revoke ID',
    summary: 'Take the token away and switch the bot off',
    words: [1, 1],
    async run({ words: [word], api, print }) {
      const id = botId(word);
      const { result } = await (await api()).call<{ result: object }>('POST', '/bot/revoke', { id });
      print(
        result,
        `The token of bot ${id} is revoked; the bot is off. A new one: botmother bot token ${id}`,
      );
      return 0;
    },
  },
};
