import { PROVIDERS } from '../../../src-shared/ai-providers.ts';
import { type BotAi, isProviderName, PROVIDER_NAMES, type ProviderName } from '../../../src-shared/api/ai.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { Translate } from '../../../src-shared/text/translate.ts';
import { type MenuItem, type MenuPage, RULE } from '../answer.ts';
import { usageOnly, wordsIn } from '../subcommands.ts';
import { type Piece, takePiece } from './drafts.ts';
import { hasKeyLike, isKeyLike, sayable } from './key-like.ts';
import { given, type KiAct, type KiPage, type KiRequest } from './request.ts';
import { aiLine, aiLines, kiPage, warningLines } from './state-words.ts';

/** The provider that a word means; refuses any other word. */
function providerNamed(word: string): ProviderName {
  const name = word.toLowerCase();
  if (isProviderName(name)) return name;
  throw refuse('ai.unknown-provider', { provider: sayable(word), known: PROVIDER_NAMES.join(', ') });
}

const itemOf = (command: string, name: ProviderName, t: Translate): MenuItem => ({
  command: `${command} ${name}`,
  label: `${labelOf(name, t)}: ${t(`ki.note.${name}`)}`,
});
/** Its name; the one that is no name is translated. */
const labelOf = (name: ProviderName, t: Translate): string =>
  name === 'compatible' ? t('ki.compatible') : PROVIDERS[name].label;

/** Changes what is set, and says how it is then. */
async function changed(request: KiRequest, piece: Piece): Promise<MenuPage> {
  const { t } = request;
  const taken = await takePiece(request, piece);
  if ('missing' in taken) return { text: [t('ki.noted'), taken.missing].join('\n'), items: [] };
  const { now } = taken;
  const isOn = now.enabled && now.configured;
  const next: MenuItem = isOn
    ? { command: '/ki test', label: t('ki.test.summary') }
    : { command: '/ki on', label: t('ki.on.summary') };
  return kiPage(t, t('ki.changed'), [...aiLines(now, t), ...warningLines(now, request.language)], [next]);
}

/** `/ki setup <provider>`: where a key comes from, and what to write then. */
async function helpFor({ services: { ai }, bot, t }: KiRequest, name: ProviderName): Promise<MenuPage> {
  const { keySite, needsKey, defaultBaseUrl, selfHosted, exampleModels } = PROVIDERS[name];
  const { kept } = await ai.shown(bot);
  const before = kept.find(({ provider, model }) => provider === name && model !== '');
  const key = name === 'openclaw' ? t('ki.setup.your-token') : needsKey ? t('ki.setup.your-key') : '-';
  const model = exampleModels[0] ?? t('ki.setup.your-model');
  const address = defaultBaseUrl === '' ? ' https://ai.example.org/v1' : '';
  const lines = [
    t(`ki.note.${name}`),
    ...(keySite === ''
      ? []
      : [t(needsKey && !selfHosted ? 'ki.setup.key-site' : 'ki.setup.program-site', { site: keySite })]),
    ...(exampleModels.length === 0 ? [] : [t('ki.setup.models', { models: exampleModels.join(', ') })]),
    ...(selfHosted && defaultBaseUrl !== '' ? [t('ki.setup.address', { url: defaultBaseUrl })] : []),
    t('ki.setup.all-models'),
    RULE,
    t('ki.setup.then'),
    `/ki setup ${name} ${key} ${model}${address}`,
    ...(before ? [RULE, t('ki.setup.kept', { model: before.model, provider: name })] : []),
  ];
  const again = before ? [{ command: `/ki provider ${name}`, label: t('ki.provider.summary') }] : [];
  return kiPage(t, labelOf(name, t), lines, [
    ...again,
    { command: '/ki setup', label: t('ki.setup.summary') },
  ]);
}

/** The whole set-up in one line. */
async function setUp(request: KiRequest, words: readonly string[]): Promise<MenuPage> {
  const { services, bot, caller, signal, t } = request;
  const [word = '', key = '', model = '', address] = words;
  const provider = providerNamed(word);
  if (isKeyLike(model))
    return { text: [t('ki.setup.swapped'), t('ki.setup.taken-back')].join('\n'), items: [] };
  const now = await services.ai.change(
    bot,
    { provider, key, model, ...(address !== undefined && { base_url: given(address) }) },
    caller,
    signal,
  );
  const text = [
    t('ki.setup.done'),
    t('ki.provider', { provider }),
    t('ki.model', { model: now.model }),
    t(now.enabled ? 'ki.setup.active' : 'ki.setup.inactive'),
    ...warningLines(now, request.language),
    ...(holdsKey(words) ? [t('ki.setup.taken-back')] : []),
  ].join('\n');
  const items = (['test', 'model', 'system'] as const).map((name) => ({
    command: `/ki ${name}`,
    label: t(`ki.${name}.summary`),
  }));
  return { text, items };
}

/** A key is not yet there, or the one that stands for none. */
const holdsKey = ([, key = '']: readonly string[]) => given(key) !== '';

function setupAct(rest: string): KiAct {
  const words = wordsIn(rest);
  if (words.length > 4) return usageOnly('ki.setup.usage');
  if (words.length >= 3) return { place: 'queued', run: (request) => setUp(request, words) };
  const [word] = words;
  if (word === undefined) {
    return {
      place: 'unit',
      run: async ({ t }) => ({
        text: [t('ki.setup.choose'), t('ki.setup.usage')].join('\n'),
        items: PROVIDER_NAMES.map((name) => itemOf('/ki setup', name, t)),
      }),
    };
  }
  return {
    place: 'ahead',
    async run(request) {
      const page = await helpFor(request, providerNamed(word));
      if (words.length === 1) return page;
      const { t } = request;
      const missing = PROVIDERS[providerNamed(word)].needsKey ? 'ki.setup.incomplete' : 'ki.setup.two-words';
      const said = [t(missing), ...(holdsKey(words) ? [t('ki.setup.taken-back')] : [])];
      return { ...page, text: [...said, '', page.text].join('\n') };
    },
  };
}

export const setup: KiPage = {
  name: 'setup',
  aliases: ['einrichten', 'einrichtung'],
  usage: 'ki.setup.usage',
  isUsageOptional: true,
  summary: 'ki.setup.summary',
  act: setupAct,
  holdsSecret: (rest) => holdsKey(wordsIn(rest)) || hasKeyLike(wordsIn(rest)),
};

/** How a provider stands with this bot. */
function marksOf(name: ProviderName, { provider, kept }: BotAi, t: Translate): string {
  const isKept = kept.some((one) => one.provider === name);
  const marks = [
    PROVIDERS[name].needsKey ? t('ki.providers.needs-key') : '',
    name === provider ? t('ki.providers.in-use') : isKept ? t('ki.providers.kept') : '',
  ].filter(Boolean);
  return marks.length === 0 ? '' : ` (${marks.join(', ')})`;
}

const listAct: KiAct = {
  place: 'ahead',
  async run({ services: { ai }, bot, t }) {
    const shown = await ai.shown(bot);
    return kiPage(
      t,
      t('ki.providers.summary'),
      [aiLine(shown, t)],
      PROVIDER_NAMES.map((name) => ({
        command: `/ki setup ${name}`,
        label: `${labelOf(name, t)}: ${t(`ki.note.${name}`)}${marksOf(name, shown, t)}`,
      })),
    );
  },
};

const switchTo = (word: string): KiAct => ({
  place: 'queued',
  run: async (request) => changed(request, { provider: providerNamed(word) }),
});

/** The list, or a switch to one of it: `/ki anbieter groq` means the same as `/ki provider groq`. */
function providerAct(rest: string): KiAct {
  const [word, ...more] = wordsIn(rest);
  if (word === undefined) return listAct;
  return more.length > 0 ? usageOnly('ki.provider.usage') : switchTo(word);
}

export const providers: KiPage = {
  name: 'providers',
  aliases: ['anbieter'],
  summary: 'ki.providers.summary',
  act: providerAct,
  holdsSecret: (rest) => hasKeyLike(wordsIn(rest)),
};

export const provider: KiPage = {
  name: 'provider',
  aliases: [],
  usage: 'ki.provider.usage',
  summary: 'ki.provider.summary',
  act: providerAct,
  holdsSecret: (rest) => hasKeyLike(wordsIn(rest)),
};

export const url: KiPage = {
  name: 'url',
  aliases: ['adresse', 'endpoint'],
  usage: 'ki.url.usage',
  summary: 'ki.url.summary',
  act(rest) {
    const [address, ...more] = wordsIn(rest);
    // Whatever it is, it is no address, and better not said again.
    const isNone = address === undefined || !/[-.:/]/.test(address) || isKeyLike(address);
    if (isNone || more.length > 0) return usageOnly('ki.url.usage');
    return { place: 'queued', run: (request) => changed(request, { base_url: given(address) }) };
  },
  holdsSecret: (rest) => hasKeyLike(wordsIn(rest)),
};

export const token: KiPage = {
  name: 'token',
  aliases: ['key', 'schlüssel', 'schluessel'],
  usage: 'ki.token.usage',
  summary: 'ki.token.summary',
  act(rest) {
    const [key, ...more] = wordsIn(rest);
    if (key === undefined || more.length > 0) return usageOnly('ki.token.usage');
    return {
      place: 'queued',
      async run(request) {
        const page = await changed(request, { key });
        const { t } = request;
        return given(key) === '' ? page : { ...page, text: `${page.text}\n${t('ki.setup.taken-back')}` };
      },
    };
  },
  holdsSecret: (rest) => given(rest) !== '',
};
