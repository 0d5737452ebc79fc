import type { HealthAction, HealthFinding } from '../../../src-shared/api/health.ts';
import { fill } from '../../../src-shared/errors.ts';
import { healthDe } from '../../../src-shared/text/health-de.ts';
import { type HealthCode, type HealthWords, healthEn } from '../../../src-shared/text/health-en.ts';
import { spoken } from '../../../src-shared/text/reasons.ts';
import type { Said } from '../../../src-shared/text/said.ts';
import type { Language } from '../../../src-shared/text/translate.ts';

export type HealthLevel = HealthFinding['level'];

/** Something that was looked at, before it is said in anybody's language. */
export interface Observation {
  level: HealthLevel;
  code: HealthCode;
  /** What fills its words. */
  values?: Readonly<Record<string, string | number | Said>>;
  action?: HealthAction;
  account?: string;
  botId?: number;
}

const WORDS: Readonly<Record<Language, Readonly<Record<HealthCode, HealthWords>>>> = {
  en: healthEn,
  de: healthDe,
};
const LEVELS: readonly HealthLevel[] = ['ok', 'note', 'warning', 'error'];

/** Says it in words. A detail that nothing fills is none. */
export function worded(observation: Observation, language: Language): HealthFinding {
  const { level, code, action, account, botId } = observation;
  const values = spoken(inWords(observation.values ?? {}, language), language);
  const { title, detail, fix, cli } = WORDS[language][code];
  const isWrong = level === 'warning' || level === 'error' || fix !== undefined;
  const shown = detail === undefined ? '' : fill(detail, values);
  return {
    level,
    code,
    title: fill(title, values),
    detail: shown === '' ? null : shown,
    fix:
      fix !== undefined && isWrong
        ? { text: fill(fix, values), cli: fill(cli ?? fix, values), action: action ?? null }
        : null,
    account: account ?? null,
    bot_id: botId ?? null,
  };
}

const inWords = (values: NonNullable<Observation['values']>, language: Language) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'function' ? value(language) : value,
    ]),
  );

export const worstOf = (findings: readonly { level: HealthLevel }[]): HealthLevel =>
  LEVELS[Math.max(0, ...findings.map(({ level }) => LEVELS.indexOf(level)))] ?? 'ok';
