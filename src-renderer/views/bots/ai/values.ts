import type { AiDraft, BotAi, ProviderName } from '../../../../src-shared/api/ai.ts';
import type { Setting } from '../../../../src-shared/client/types.ts';
import { keptOf } from './providers.ts';

/** Settings of the bot that stand in this form, in the order in which they do. */
export const AI_NUMBERS = [
  'ai_per_minute',
  'ai_per_day',
  'ai_month_tokens',
  'ai_answer_tokens',
  'ai_timeout',
  'ai_parallel',
] as const;
export const AI_CHOICES = ['ai_answers', 'ai_streaming', 'reasoning'] as const;
export const AI_LISTS = ['ai_rooms', 'ai_free_rooms', 'ai_known_bots'] as const;
export const AI_SETTINGS = [...AI_NUMBERS, ...AI_CHOICES, ...AI_LISTS] as const;
export type AiSetting = (typeof AI_SETTINGS)[number];

export interface HeaderLine {
  id: number;
  name: string;
  value: string;
}

/** What can be changed here. Of a secret, nothing but its change is known: empty, or undefined, for none. */
export interface Values extends Record<AiSetting, Setting['value']> {
  provider: ProviderName | null;
  model: string;
  /** `-`: it is taken away. */
  key: string;
  /** Empty: the usual one of the provider. */
  baseUrl: string;
  headers: readonly HeaderLine[] | undefined;
  /** Empty: the usual one. */
  system: string;
}
export type Field = keyof Values;
export const REMOVED_KEY = '-';

export type Changes = Partial<Values>;

/** What the engine has, in the order of the form. */
export function savedValues(ai: BotAi, settings: readonly Setting[]): Values {
  const values = Object.fromEntries(
    AI_SETTINGS.map((key) => [key, settings.find((setting) => setting.key === key)?.value ?? '']),
  ) as Record<AiSetting, Setting['value']>;
  return {
    provider: ai.provider,
    model: ai.model,
    key: '',
    baseUrl: ai.has_own_base_url ? ai.base_url : '',
    headers: undefined,
    system: ai.system,
    ...values,
  };
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The changes without what is as it was. Headers without a name change nothing, unless there are some to take away. */
export function realChanges(changes: Changes, saved: Values, hasHeaders: boolean): Changes {
  const real = Object.entries(changes).filter(([field, value]) => !isSame(value, saved[field as Field]));
  const isNothing = ([field]: [string, unknown]) =>
    field === 'headers' && !hasHeaders && Object.keys(headersOf(changes.headers ?? [])).length === 0;
  return Object.fromEntries(real.filter((change) => !isNothing(change))) as Changes;
}

/** Another provider brings what is kept of it, and leaves behind what was typed for the one before. */
export function withProvider(changes: Changes, ai: BotAi, provider: ProviderName): Changes {
  const { key: _key, headers: _headers, ...rest } = changes;
  const kept = keptOf(ai, provider);
  return { ...rest, provider, model: kept?.model ?? '', baseUrl: kept?.baseUrl ?? '' };
}

const headersOf = (lines: readonly HeaderLine[]) =>
  Object.fromEntries(
    lines.map(({ name, value }) => [name.trim(), value.trim()]).filter(([name]) => name !== ''),
  );

/** The changes as the engine takes them, for trying and for saving. With another provider, what belongs to it goes along. */
export function draftOf(changes: Changes, values: Values): AiDraft {
  const { provider, model, key, baseUrl, headers, system } = changes;
  const isOther = provider !== undefined && provider !== null;
  return {
    ...(isOther && { provider }),
    ...((model !== undefined || isOther) && values.model.trim() !== '' && { model: values.model.trim() }),
    ...((baseUrl !== undefined || isOther) && { base_url: values.baseUrl.trim() }),
    ...(key !== undefined && key !== '' && { key: key.trim() }),
    ...(headers !== undefined && { headers: headersOf(headers) }),
    ...(system !== undefined && { system }),
  };
}

/** Those of the changes that are settings of the bot. */
export const settingsIn = (changes: Changes): Partial<Record<AiSetting, Setting['value']>> =>
  Object.fromEntries(
    AI_SETTINGS.filter((key) => changes[key] !== undefined).map((key) => [key, changes[key]]),
  );
