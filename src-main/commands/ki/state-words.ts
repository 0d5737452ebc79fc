import { PROVIDERS } from '../../../src-shared/ai-providers.ts';
import type { AiUse, BotAi } from '../../../src-shared/api/ai.ts';
import { describeInChat } from '../../../src-shared/text/describe-refusal.ts';
import { type Language, type Translate, translate } from '../../../src-shared/text/translate.ts';
import type { SetUpCheck } from '../../engine/ai/ai-models.ts';
import { type MenuItem, type MenuPage, TITLE_RULE } from '../answer.ts';

type State = 'on' | 'off' | 'none';
export const stateOf = ({ enabled, configured }: BotAi): State =>
  !configured ? 'none' : enabled ? 'on' : 'off';

const stateWords = (ai: BotAi, t: Translate) =>
  t(`ki.state.${stateOf(ai)}`, { provider: ai.provider ?? '', model: ai.model });

/** One line about the AI of a bot, for lists and greetings. */
export const aiLine = (ai: BotAi, t: Translate): string => t('ki.line', { state: stateWords(ai, t) });
/** The same where several bots could be meant. */
export const aiLineOf = (name: string, ai: BotAi, t: Translate): string =>
  t('ki.line-of', { name, state: stateWords(ai, t) });
/** What to do next to talk to the AI. */
export const quickStart = (ai: BotAi, t: Translate): string => t(`ki.quick.${stateOf(ai)}`);

/** What is set, without secrets. */
export function aiLines(ai: BotAi, t: Translate): string[] {
  const state = stateOf(ai);
  if (ai.provider === null) return [t('ki.status.state', { state: t('ki.state.none') })];
  return [
    t('ki.status.state', { state: state === 'none' ? t('ki.state.none') : t(`ki.state-word.${state}`) }),
    t('ki.provider', { provider: ai.provider }),
    t('ki.model', { model: ai.model || t('ki.no-model') }),
    ...(ai.base_url === '' ? [] : [t('ki.url', { url: ai.base_url })]),
    ...(PROVIDERS[ai.provider].takesKey ? [t('ki.key', { key: ai.key ?? t('ki.no-key') })] : []),
  ];
}

/** What the provider said of what was just set up. */
export function warningLines({ isKeyRefused, warning }: SetUpCheck, language: Language): string[] {
  if (isKeyRefused) return [translate(language)('ki.key-refused')];
  return warning ? [describeInChat(warning, language)] : [];
}

/** How much it was asked, and how much it may be. */
export function usageLine({ today, month, limits }: AiUse, t: Translate): string {
  const words = {
    answers: today.answers,
    limit: limits.per_day,
    tokens: month.tokens.input + month.tokens.output,
  };
  return limits.month_tokens === 0
    ? t('ki.used', words)
    : t('ki.used-of', { ...words, most: limits.month_tokens });
}

const PROMPT_SHOWN = 200;
export const shortPrompt = (prompt: string): string =>
  prompt.length <= PROMPT_SHOWN ? prompt : `${prompt.slice(0, PROMPT_SHOWN).trimEnd()}…`;

export const back = (t: Translate): MenuItem => ({ command: '/ki', label: t('ki.back') });
export const kiPage = (
  t: Translate,
  title: string,
  lines: readonly string[],
  items: readonly MenuItem[],
): MenuPage => ({ text: [title, TITLE_RULE, ...lines].join('\n'), items: [...items, back(t)] });
