import {
  type BotTelegram,
  TELEGRAM_MODES,
  type TelegramBot,
  type TelegramChat,
  type TelegramTrouble,
} from '../../../src-shared/api/telegram.ts';
import { fill } from '../../../src-shared/errors.ts';
import { type HealthWords, healthEn } from '../../../src-shared/text/health-en.ts';
import type { Api } from './api-client.ts';
import { confirm } from './confirm.ts';
import { readSecret, readStdin } from './secrets.ts';
import { botId, type Flags, UsageError, type Verb } from './verb.ts';

const routeOf = (word: string | undefined) => `/api/v1/bots/${botId(word)}/telegram`;

type Changed = BotTelegram & { warning: string | null };

async function shown(api: Api, word: string | undefined): Promise<BotTelegram> {
  return (await api.call<{ result: BotTelegram }>('GET', routeOf(word))).result;
}
async function changed(api: Api, word: string | undefined, change: object): Promise<Changed> {
  return (await api.call<{ result: Changed }>('PATCH', routeOf(word), change)).result;
}
async function asked<Result>(api: Api, word: string | undefined, act: string, body: object): Promise<Result> {
  return (await api.call<{ result: Result }>('POST', `${routeOf(word)}/${act}`, body)).result;
}

const minute = (atS: number | null) =>
  atS === null ? 'never' : `${new Date(atS * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const chatLine = ({ id, kind, title, username }: TelegramChat) =>
  [id, kind, title, ...(username === null ? [] : [`@${username}`])].join('  ');
const warningOf = ({ warning }: Changed) => (warning === null ? [] : [`Mind: ${warning}`]);

/** As `doctor` says it. */
function troubleLines({ enabled, trouble, webhook }: BotTelegram, word: string | undefined): string[] {
  if (!enabled || !trouble) return [];
  const { kind, since, retry_at: retryAt } = trouble;
  const { fix = 'It goes on by itself.', cli = fix }: HealthWords = healthEn[`telegram.${kind}`];
  return [
    `Trouble: ${TROUBLES[kind]} (since ${minute(since)})`,
    `  -> ${fill(cli, { id: word ?? '', host: webhook ?? '?' })}`,
    ...(retryAt === null ? [] : [`Next try: ${minute(retryAt)}`]),
  ];
}

const TROUBLES: Readonly<Record<TelegramTrouble, string>> = {
  unreachable: 'Telegram cannot be reached',
  token: 'Telegram does not know the token any more',
  webhook: 'another program has set a webhook',
  'other-program': 'another program reads its messages too',
  chat: 'Telegram does not let the bot into the chat',
  blocked: 'the Telegram bot was blocked or removed from the chat',
  rate: 'Telegram asked to wait',
  encryption: 'there is no OMEMO device to encrypt for',
  failed: 'Telegram did not do what it was asked for',
};

function describe(bridge: BotTelegram, word: string | undefined): string[] {
  const { token, username, chat, mode } = bridge;
  if (token === null) return [`Telegram: not set up. Set it up: botmother telegram setup ${word} CHAT_ID`];
  return [
    `Telegram: ${bridge.enabled ? 'active' : 'off'}`,
    `Telegram bot: ${username === null ? '?' : `@${username}`} (token ${token})`,
    `Chat: ${chat === null ? '(none yet)' : chatLine(chat)}`,
    `Mode: ${mode}`,
    `Answers of the AI: ${bridge.ai_answers ? 'go to Telegram too' : 'stay here'}`,
    ...troubleLines(bridge, word),
    `Last from Telegram: ${minute(bridge.last_received)}`,
    `Last to Telegram: ${minute(bridge.last_sent)}`,
    `Waiting for Telegram: ${bridge.waiting}`,
  ];
}

const ASKS = 'Token of the Telegram bot, from @BotFather';
const TOKEN = { flag: 'token-stdin', variable: 'BOTMOTHER_TELEGRAM_TOKEN' };

/** The token, where one is given or needed; undefined leaves the one that is set. `isOther`: another one is to be set. */
async function tokenFor({ token }: BotTelegram, flags: Flags, isOther = false): Promise<string | undefined> {
  const fromStdin = flags[TOKEN.flag] === true;
  const isGiven = fromStdin || process.env[TOKEN.variable] !== undefined;
  if (!isGiven && token !== null && !isOther) return undefined;
  return readSecret({ ...TOKEN, fromStdin, prompt: ASKS });
}

/** A token that need not be saved, where one is given. */
const draftOf = async (flags: Flags): Promise<{ token?: string | undefined }> =>
  flags[TOKEN.flag] === true || process.env[TOKEN.variable] !== undefined
    ? { token: await readSecret({ ...TOKEN, fromStdin: flags[TOKEN.flag] === true, prompt: ASKS }) }
    : {};

function modeIn(word: string | boolean | undefined): string | undefined {
  if (word === undefined) return undefined;
  if (TELEGRAM_MODES.some((mode) => mode === word)) return String(word);
  throw new UsageError(`"${word}" is not a mode. Use ${TELEGRAM_MODES.join(', ')}.`);
}

const switched = (enabled: boolean): Verb => ({
  usage: `telegram ${enabled ? 'on' : 'off'} ID`,
  summary: enabled
    ? 'Switch the Telegram bridge of a bot on'
    : 'Switch it off; nothing is read from Telegram or sent there',
  words: [1, 1],
  async run({ words: [word], api, print }) {
    const bridge = await changed(await api(), word, { enabled });
    print(bridge, [...describe(bridge, word), ...warningOf(bridge)]);
    return 0;
  },
});

export const telegramVerbs: Record<string, Verb> = {
  'telegram show': {
    usage: 'telegram show ID',
    summary: 'How the Telegram bridge of a bot is set up and doing',
    words: [1, 1],
    async run({ words: [word], api, print }) {
      const bridge = await shown(await api(), word);
      print(bridge, describe(bridge, word));
      return 0;
    },
  },
  'telegram setup': {
    usage: 'telegram setup ID [CHAT_ID] [--token-stdin] [--mode bridge|forward] [--force]',
    summary: `Link a bot with a chat of Telegram, or give it another token there; the token is asked for, or comes on stdin or in ${TOKEN.variable}.`,
    flags: { 'token-stdin': false, mode: true, force: false },
    words: [1, 2],
    async run({ words: [word, chat], flags, api, print }) {
      const mode = modeIn(flags.mode);
      const client = await api();
      const before = await shown(client, word);
      if (chat === undefined && !before.configured)
        throw new UsageError(
          `Which chat? botmother telegram setup ${word} CHAT_ID. To find it: botmother telegram chats ${word}`,
        );
      const token = await tokenFor(before, flags, chat === undefined);
      const change = { token, chat_id: chat, mode, force: flags.force === true };
      const bridge = await changed(client, word, change);
      print(bridge, ['Telegram configured!', ...describe(bridge, word), ...warningOf(bridge)]);
      return 0;
    },
  },
  'telegram on': switched(true),
  'telegram off': switched(false),
  'telegram mode': {
    usage: 'telegram mode ID [bridge|forward]',
    summary: 'The mode (bridge: both ways, forward: to Telegram only), or switch to the other',
    words: [1, 2],
    async run({ words: [word, name], api, print }) {
      const mode = modeIn(name);
      const client = await api();
      const bridge = mode === undefined ? await shown(client, word) : await changed(client, word, { mode });
      print({ mode: bridge.mode }, `Mode: ${bridge.mode}`);
      return 0;
    },
  },
  'telegram test': {
    usage: 'telegram test ID [--hello] [--token-stdin]',
    summary:
      'Ask Telegram whether the token works, or another one before it is set; with --hello also say hello in the chat',
    flags: { hello: false, 'token-stdin': false },
    words: [1, 1],
    async run({ words: [word], flags, api, print }) {
      const client = await api();
      const draft = await draftOf(flags);
      const bot = await asked<TelegramBot & { ms: number }>(client, word, 'check', draft);
      const { chat } = await shown(client, word);
      const hello =
        flags.hello === true
          ? await asked<{ chat: TelegramChat; ms: number }>(client, word, 'hello', draft)
          : undefined;
      const webhook = `Another program has set a webhook at ${bot.webhook}. Take it away: botmother telegram webhook ${word} --remove`;
      print({ ...bot, ...(hello && { hello }) }, [
        `Telegram connected: ${bot.name} (@${bot.username}), ${bot.ms} ms`,
        ...(bot.webhook === null ? [] : [webhook]),
        ...(bot.reads_groups || chat?.kind === 'private'
          ? []
          : ['In groups it hears commands and replies only (privacy mode).']),
        ...(hello ? [`Said hello to: ${chatLine(hello.chat)}`] : []),
      ]);
      return 0;
    },
  },
  'telegram send': {
    usage: 'telegram send ID TEXT | --stdin',
    summary: 'Send a text to the linked chat; it is sent in its turn, also after an outage',
    flags: { stdin: false },
    words: [1, 2],
    async run({ words: [word, typed], flags, api, print }) {
      if ((typed === undefined) !== (flags.stdin === true))
        throw new UsageError('Give the text, or --stdin.');
      const text = typed ?? (await readStdin()).trim();
      await asked<true>(await api(), word, 'send', { text });
      print({ sent: true }, 'It goes to Telegram.');
      return 0;
    },
  },
  'telegram chats': {
    usage: 'telegram chats ID [--token-stdin]',
    summary:
      'Chats that wrote to the Telegram bot lately, with their IDs; before the set-up it takes the token as that does',
    flags: { 'token-stdin': false },
    words: [1, 1],
    async run({ words: [word], flags, api, print }) {
      const client = await api();
      const token = await tokenFor(await shown(client, word), flags);
      const chats = await asked<TelegramChat[]>(client, word, 'chats', { token });
      const none =
        'Nobody wrote to it lately. Write something to the Telegram bot, or add it to your group and write /start there.';
      print(chats, chats.length === 0 ? none : chats.map(chatLine));
      return 0;
    },
  },
  'telegram webhook': {
    usage: 'telegram webhook ID [--remove] [--token-stdin]',
    summary:
      'The webhook that another program has set for the Telegram bot, or take it away; before the set-up with a token',
    flags: { remove: false, 'token-stdin': false },
    words: [1, 1],
    async run({ words: [word], flags, api, print }) {
      const client = await api();
      const draft = await draftOf(flags);
      if (flags.remove === true) {
        await asked<true>(client, word, 'webhook/remove', draft);
        print({ removed: true }, 'The webhook is gone.');
        return 0;
      }
      const { webhook } = await asked<TelegramBot>(client, word, 'check', draft);
      print({ webhook }, webhook === null ? 'No other program has set a webhook.' : webhook);
      return 0;
    },
  },
  'telegram forget': {
    usage: 'telegram forget ID [--yes]',
    summary: 'Forget token, chat and what waits; asks first',
    flags: { yes: false },
    words: [1, 1],
    async run({ words: [word], flags, api, print }) {
      const route = routeOf(word);
      const client = await api();
      if (flags.yes !== true)
        await confirm(`Forget the Telegram bridge of bot ${word}: its token, its chat and what waits?`);
      await client.call('DELETE', route);
      print({ forgotten: true }, 'The Telegram bridge is forgotten.');
      return 0;
    },
  },
};
