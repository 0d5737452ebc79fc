import { settingLabels } from '../../../src-shared/text/setting-labels.ts';
import { usageOnly, wordsIn } from '../subcommands.ts';
import type { KiPage } from './request.ts';
import { kiPage } from './state-words.ts';

type Limit =
  | 'ai_per_minute'
  | 'ai_per_day'
  | 'ai_month_tokens'
  | 'ai_answer_tokens'
  | 'ai_timeout'
  | 'ai_parallel';

/** What there are limits of, by the words for it. */
const LIMITS: readonly { words: readonly [string, ...string[]]; key: Limit }[] = [
  { words: ['minute'], key: 'ai_per_minute' },
  { words: ['day', 'tag'], key: 'ai_per_day' },
  { words: ['month', 'monat'], key: 'ai_month_tokens' },
  { words: ['answer', 'antwort'], key: 'ai_answer_tokens' },
  { words: ['time', 'zeit'], key: 'ai_timeout' },
  { words: ['parallel'], key: 'ai_parallel' },
];

export const limit: KiPage = {
  name: 'limit',
  aliases: ['limits', 'grenze', 'grenzen'],
  usage: 'ki.limit.usage',
  isUsageOptional: true,
  summary: 'ki.limit.summary',
  act(rest) {
    const [word, value, ...more] = wordsIn(rest);
    if (word === undefined) {
      return {
        place: 'ahead',
        async run({ services: { botSettings }, bot, language, t }) {
          const lines = LIMITS.map(({ words: [name], key }) => {
            const now = botSettings.get(bot.id, key);
            return `${settingLabels[key][language]}: ${now} (/ki limit ${name} ${now})`;
          });
          return kiPage(t, t('ki.limit.summary'), lines, []);
        },
      };
    }
    const key = LIMITS.find(({ words }) => words.includes(word.toLowerCase()))?.key;
    if (key === undefined || value === undefined || more.length > 0) return usageOnly('ki.limit.usage');
    return {
      place: 'unit',
      async run({ tx, services: { botSettings }, bot, caller, language }) {
        await botSettings.set(tx, bot, key, value, caller);
        return `${settingLabels[key][language]}: ${value}`;
      },
    };
  },
};
