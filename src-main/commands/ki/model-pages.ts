import { PROVIDERS } from '../../../src-shared/ai-providers.ts';
import { PROMPT_LENGTH, type ProviderName } from '../../../src-shared/api/ai.ts';
import { DomainError, refuse } from '../../../src-shared/errors.ts';
import { describeInChat } from '../../../src-shared/text/describe-refusal.ts';
import type { MenuItem, MenuPage } from '../answer.ts';
import { usageOnly, wordsIn } from '../subcommands.ts';
import { takePiece } from './drafts.ts';
import { hasKeyLike, isKeyLike } from './key-like.ts';
import type { KiPage, KiRequest } from './request.ts';
import { kiPage, warningLines } from './state-words.ts';

/** More of them nobody reads in a chat; the names of the next ones are said in a line. */
const OFFERED = 15;
const NAMED = 40;

/** The model in use, with the others that the provider has now. */
async function modelList({ services: { ai }, bot, signal, language, t }: KiRequest): Promise<MenuPage> {
  const shown = await ai.shown(bot);
  const draft = (await ai.begun(bot))?.wanted ?? {};
  const provider = draft.provider ?? shown.provider;
  const model = draft.provider === undefined ? shown.model : (draft.model ?? '');
  if (provider === null) throw refuse('ai.not-set-up', {});
  const title = t('ki.model.now', { model: model || t('ki.no-model'), provider });
  const itemFor = (id: string): MenuItem => ({ command: `/ki model ${id}`, label: id });
  const examples = (of: ProviderName) =>
    PROVIDERS[of].exampleModels.filter((name) => name !== model).map(itemFor);
  try {
    const { models } = await ai.models(bot, draft, signal);
    if (models.length === 0) return kiPage(t, title, [t('ki.model.untold')], examples(provider));
    const others = models.map(({ id }) => id).filter((id) => id !== model);
    const rest = others.slice(OFFERED, OFFERED + NAMED);
    const names = [...rest, ...(others.length > OFFERED + NAMED ? ['…'] : [])].join(', ');
    const more = t('ki.model.more', { count: others.length - OFFERED, names });
    const lines = [t('ki.model.all', { count: models.length }), ...(rest.length > 0 ? [more] : [])];
    return kiPage(t, title, lines, others.slice(0, OFFERED).map(itemFor));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const said = t('ki.model.no-list', { reason: describeInChat(error, language) });
    return kiPage(t, title, [said], examples(provider));
  }
}

export const model: KiPage = {
  name: 'model',
  aliases: ['modell', 'models', 'modelle'],
  usage: 'ki.model.usage',
  isUsageOptional: true,
  summary: 'ki.model.summary',
  act(rest) {
    const [name, ...more] = wordsIn(rest);
    // It changes nothing, and takes as long as the provider does: what is typed next does not wait for it.
    if (name === undefined) return { place: 'beside', run: modelList };
    if (more.length > 0 || isKeyLike(name)) return usageOnly('ki.model.usage');
    return {
      place: 'queued',
      async run(request) {
        const { t } = request;
        const taken = await takePiece(request, { model: name });
        if ('missing' in taken) return [t('ki.noted'), taken.missing].join('\n');
        const { now } = taken;
        const test = { command: '/ki test', label: t('ki.test.summary') };
        const said = [t('ki.model.done', { model: now.model }), ...warningLines(now, request.language)];
        return { text: said.join('\n'), items: [test] };
      },
    };
  },
  holdsSecret: (rest) => hasKeyLike(wordsIn(rest)),
};

export const system: KiPage = {
  name: 'system',
  aliases: ['prompt', 'systemprompt'],
  usage: 'ki.system.usage',
  isUsageOptional: true,
  summary: 'ki.system.summary',
  act(rest) {
    if (rest === '') {
      return {
        place: 'ahead',
        async run({ services: { ai }, bot, t }) {
          const { system: prompt, is_usual_system: isUsual } = await ai.shown(bot);
          const shown = t('ki.system.now', { prompt });
          return [
            shown,
            ...(isUsual ? [t('ki.system.usual')] : []),
            t('usage', { usage: t('ki.system.usage') }),
          ].join('\n');
        },
      };
    }
    return {
      place: 'unit',
      async run({ tx, services: { ai }, bot, caller, t }) {
        const prompt = rest === '-' ? '' : rest;
        if (prompt.length > PROMPT_LENGTH) throw refuse('ai.prompt-too-long', { limit: PROMPT_LENGTH });
        await ai.setSystem(tx, bot, prompt, caller);
        return t(prompt === '' ? 'ki.system.reset' : 'ki.system.done');
      },
    };
  },
};
