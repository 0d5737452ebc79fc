import { PROVIDERS } from '../../../src-shared/ai-providers.ts';
import {
  type AiUse,
  type BotAi,
  type BotAiChanged,
  type BotAiTested,
  isProviderName,
  PROVIDER_NAMES,
  type ProviderName,
} from '../../../src-shared/api/ai.ts';
import type { Api } from './api-client.ts';
import { confirm } from './confirm.ts';
import { readEvents } from './read-events.ts';
import { readSecret, readStdin } from './secrets.ts';
import { botId, type Flags, Refused, UsageError, type Verb } from './verb.ts';

const routeOf = (word: string | undefined) => `/api/v1/bots/${botId(word)}/ai`;

async function shown(api: Api, word: string | undefined): Promise<BotAi> {
  return (await api.call<{ result: BotAi }>('GET', routeOf(word))).result;
}
async function changed(api: Api, word: string | undefined, change: object): Promise<BotAiChanged> {
  return (await api.call<{ result: BotAiChanged }>('PATCH', routeOf(word), change)).result;
}
/** What the provider said of what was just set up. */
const warningIn = ({ warning }: BotAiChanged): string[] => (warning === null ? [] : [`Warning: ${warning}`]);

function describe(ai: BotAi): string[] {
  if (ai.provider === null) return ['AI: not set up. Set it up: botmother ai setup ID PROVIDER MODEL'];
  const kept = ai.kept.filter(({ provider }) => provider !== ai.provider);
  return [
    `AI: ${ai.enabled ? 'active' : 'off'}`,
    `Provider: ${ai.provider}`,
    `Model: ${ai.model || '(none yet)'}`,
    `Address: ${ai.base_url || '(none yet)'}`,
    `Key: ${ai.key ?? '(none)'}`,
    ...(ai.header_names.length === 0 ? [] : [`Headers: ${ai.header_names.join(', ')}`]),
    `System prompt: ${ai.system.replace(/\s+/g, ' ')}`,
    `Conversations: ${ai.people}, waiting questions: ${ai.waiting}`,
    ...(kept.length === 0 ? [] : [`Set up before: ${kept.map(({ provider }) => provider).join(', ')}`]),
  ];
}

function providerIn(word: string): ProviderName {
  const name = word.toLowerCase();
  if (isProviderName(name)) return name;
  throw new UsageError(`"${word}" is not a provider. Use ${PROVIDER_NAMES.join(', ')}.`);
}

const KEY = { flag: 'key-stdin', variable: 'BOTMOTHER_AI_KEY' };

/** The key, where one is given or needed; undefined leaves the one that was given before. */
async function keyFor(provider: ProviderName, { kept }: BotAi, flags: Flags): Promise<string | undefined> {
  const fromStdin = flags[KEY.flag] === true;
  const isGiven = fromStdin || process.env[KEY.variable] !== undefined;
  const isThere = kept.some((one) => one.provider === provider && one.key !== null);
  const { label, needsKey } = PROVIDERS[provider];
  if (!isGiven && (isThere || !needsKey)) return undefined;
  return readSecret({ ...KEY, fromStdin, prompt: `Key of ${label}` });
}

const switched = (enabled: boolean): Verb => ({
  usage: `ai ${enabled ? 'on' : 'off'} ID`,
  summary: enabled ? 'Switch the AI of a bot on' : 'Switch it off; its conversations are forgotten',
  words: [1, 1],
  async run({ words: [word], api, print }) {
    const ai = await changed(await api(), word, { enabled });
    print(ai, describe(ai));
    return 0;
  },
});

const countOf = ({ tokens }: { tokens: { input: number; output: number } }) => tokens.input + tokens.output;

export const aiVerbs: Record<string, Verb> = {
  'ai status': {
    usage: 'ai status ID',
    summary: 'How the AI of a bot is set up',
    words: [1, 1],
    async run({ words: [word], api, print }) {
      const ai = await shown(await api(), word);
      print(ai, describe(ai));
      return 0;
    },
  },
  'ai setup': {
    usage: 'ai setup ID PROVIDER MODEL [--key-stdin] [--url URL] [--force]',
    summary: `Choose who answers; the key is asked for, or comes on stdin or in ${KEY.variable}`,
    flags: { 'key-stdin': false, url: true, force: false },
    words: [3, 3],
    async run({ words: [word, name = '', model], flags, api, print }) {
      const provider = providerIn(name);
      const client = await api();
      const key = await keyFor(provider, await shown(client, word), flags);
      const ai = await changed(client, word, {
        provider,
        model,
        key,
        base_url: flags.url,
        force: flags.force === true,
      });
      print(ai, ['AI configured!', ...describe(ai), ...warningIn(ai)]);
      return 0;
    },
  },
  'ai on': switched(true),
  'ai off': switched(false),
  'ai model': {
    usage: 'ai model ID [NAME] [--force]',
    summary: 'The models that there are now, or switch to one',
    flags: { force: false },
    words: [1, 2],
    async run({ words: [word, name], flags, api, print }) {
      const client = await api();
      if (name !== undefined) {
        const ai = await changed(client, word, { model: name, force: flags.force === true });
        print(ai, [`Model: ${ai.model}`, ...warningIn(ai)]);
        return 0;
      }
      const { result } = await client.call<{ result: { models: { id: string }[] } }>(
        'POST',
        `${routeOf(word)}/models`,
        {},
      );
      const { model, provider } = await shown(client, word);
      const lines = result.models.map(({ id }) => (id === model ? `* ${id}` : `  ${id}`));
      const { label, exampleModels } = PROVIDERS[provider ?? 'compatible'];
      const untold = `${label} does not tell which models it has. For example: ${exampleModels.join(', ')}`;
      print(result, lines.length > 0 || exampleModels.length === 0 ? lines : [untold, `* ${model}`]);
      return 0;
    },
  },
  'ai system': {
    usage: 'ai system ID [TEXT | --stdin | --usual]',
    summary: 'The system prompt, or set it',
    flags: { stdin: false, usual: false },
    words: [1, 2],
    async run({ words: [word, text], flags, api, print }) {
      const given = [text, flags.stdin, flags.usual].filter((one) => one !== undefined);
      if (given.length > 1) throw new UsageError('Give the text, --stdin or --usual.');
      const typed = flags.stdin === true ? (await readStdin()).trim() : text;
      const system = flags.usual === true ? '' : typed;
      const client = await api();
      const ai = system === undefined ? await shown(client, word) : await changed(client, word, { system });
      print({ system: ai.system, is_usual_system: ai.is_usual_system }, ai.system);
      return 0;
    },
  },
  'ai ask': {
    usage: 'ai ask ID QUESTION | --stdin',
    summary: 'Ask once, to see what it answers; nothing of it is kept',
    flags: { stdin: false },
    words: [1, 2],
    async run({ words: [word, text], flags, api, print }) {
      if ((text === undefined) !== (flags.stdin === true))
        throw new UsageError('Give the question, or --stdin.');
      const question = text ?? (await readStdin()).trim();
      const stream = await (await api()).download(`${routeOf(word)}/test`, { question });
      for await (const { name, data } of readEvents(stream)) {
        if (name === 'failed') throw new Refused((data as { description: string }).description);
        if (name !== 'done') continue;
        const { text: answer, sources, ...facts } = data as BotAiTested;
        print({ text: answer, sources, ...facts }, [
          answer,
          ...(sources.length === 0 ? [] : ['', 'Sources:', ...sources]),
        ]);
        return 0;
      }
      throw new Refused('The engine broke off before there was an answer.');
    },
  },
  'ai usage': {
    usage: 'ai usage ID [--days N]',
    summary: 'What the AI has used, and its limits',
    flags: { days: true },
    words: [1, 1],
    async run({ words: [word], flags: { days = '30' }, api, print }) {
      const path = `${routeOf(word)}/usage?days=${encodeURIComponent(String(days))}`;
      const { result } = await (await api()).call<{ result: AiUse }>('GET', path);
      const { today, month, limits } = result;
      print(result, [
        `Today: ${today.answers} of ${limits.per_day} answers, ${countOf(today)} tokens`,
        `This month: ${month.answers} answers, ${countOf(month)} of ${limits.month_tokens || 'any number of'} tokens`,
        `A minute: ${limits.per_minute} answers at most`,
        ...result.days.map(
          (one) => `${one.day}: ${one.answers} answers, ${one.failed} failed, ${countOf(one)} tokens`,
        ),
      ]);
      return 0;
    },
  },
  'ai stop': {
    usage: 'ai stop ID',
    summary: 'End what is being answered and what waits',
    words: [1, 1],
    async run({ words: [word], api, print }) {
      const { result } = await (await api()).call<{ result: { stopped: number } }>(
        'POST',
        `${routeOf(word)}/stop`,
        {},
      );
      print(result, `Questions ended: ${result.stopped}`);
      return 0;
    },
  },
  'ai forget': {
    usage: 'ai forget ID [--yes]',
    summary: 'Forget the AI of a bot: keys, prompt and conversations; what it used stays counted',
    flags: { yes: false },
    words: [1, 1],
    async run({ words: [word], flags, api, print }) {
      const client = await api();
      const { kept } = await shown(client, word);
      if (flags.yes !== true)
        await confirm(
          `Forget the AI of bot ${word}, with ${kept.length === 1 ? 'its provider' : `${kept.length} providers`}?`,
        );
      await client.call('DELETE', routeOf(word));
      print({ forgotten: true }, 'The AI of this bot is forgotten.');
      return 0;
    },
  },
  'ai clear': {
    usage: 'ai clear ID [--person JID]',
    summary: 'Forget the conversations, or that of one person',
    flags: { person: true },
    words: [1, 1],
    async run({ words: [word], flags: { person }, api, print }) {
      const { result } = await (await api()).call<{ result: { cleared: number } }>(
        'POST',
        `${routeOf(word)}/clear`,
        { person },
      );
      print(result, `Forgotten conversations: ${result.cleared}`);
      return 0;
    },
  },
};
