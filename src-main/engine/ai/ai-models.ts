import { PROVIDERS } from '../../../src-shared/ai-providers.ts';
import { DomainError, refuse } from '../../../src-shared/errors.ts';
import { reason } from '../../../src-shared/text/reasons.ts';
import type { Clock } from '../../base/clock.ts';
import { nearNames } from '../../base/near-names.ts';
import {
  type ChatModel,
  type ChatProvider,
  MOST_MODELS,
  type ProviderError,
  type ProviderErrorKind,
} from '../../gateways/ai/provider.ts';
import { asFailure, labelOf, refusalOf } from './ai-failure.ts';
import { type AiTarget, isTrigger } from './ai-target.ts';
import { callWithRetries } from './call-with-retries.ts';

interface AiModelsDeps {
  open: (target: AiTarget) => ChatProvider;
  clock: Clock;
}

export interface ModelList {
  /** Those that can be asked something. */
  models: readonly ChatModel[];
  /** Unix seconds. */
  readAt: number;
}
interface KeptList extends ModelList {
  /** Everything that is listed. */
  all: readonly ChatModel[];
}
/** What a provider said of a set-up that is saved all the same. */
export interface SetUpCheck {
  /** Undefined: it was not asked, could not be, or does not tell. */
  isKeyRefused: boolean | undefined;
  /** Why it will not answer: it said so, could not be reached, or may not be asked there. */
  warning?: DomainError | undefined;
}

const FRESH_MS = 5 * 60_000;
const LISTS_KEPT = 50;
const MODELS_SHOWN = 1_000;
const TIMEOUT_S = 10;
const NEAR = 5;

/** The lists of models that providers have at the moment, each kept for some minutes for who asks with the same key. */
export function aiModels({ open, clock }: AiModelsDeps) {
  const lists = new Map<string, KeptList>();

  async function read(target: AiTarget, signal: AbortSignal): Promise<KeptList> {
    const key = `${target.provider} ${target.slot} ${target.baseUrl}`;
    const kept = lists.get(key);
    if (kept && clock.now() - kept.readAt * 1_000 < FRESH_MS) return kept;
    const attempt = (ending: AbortSignal) => open(target).models(ending);
    const all = await callWithRetries(attempt, { clock, signal, timeoutMs: TIMEOUT_S * 1_000 });
    const models = all.filter(({ isOther }) => !isOther).slice(0, MODELS_SHOWN);
    const list = { all, models, readAt: Math.floor(clock.now() / 1_000) };
    lists.delete(key);
    lists.set(key, list);
    const [oldest] = lists.keys();
    if (lists.size > LISTS_KEPT && oldest !== undefined) lists.delete(oldest);
    return list;
  }

  return {
    /** Refuses where the list cannot be read. */
    async of(target: AiTarget, signal: AbortSignal): Promise<ModelList> {
      try {
        return await read(target, signal);
      } catch (error) {
        throw refusalOf(asFailure(error), target, TIMEOUT_S);
      }
    },
    /**
     * Refuses a model that a live list does not have, where there is one: else nobody knows better than who asks. Whether
     * the key is taken shows by the way, and is no reason to refuse.
     */
    async check(
      target: AiTarget,
      { isModelNew, signal }: { isModelNew: boolean; signal: AbortSignal },
    ): Promise<SetUpCheck> {
      if (isTrigger(target)) return { isKeyRefused: undefined };
      try {
        const { all, models } = await read(target, signal);
        const isSure = isModelNew && all.length > 0 && all.length < MOST_MODELS;
        if (isSure && !all.some(({ id }) => isMeant(target, id))) {
          const names = models.map(({ id }) => id.replace(/^models\//, ''));
          const near = nearNames(target.model, names, NEAR).join(', ');
          throw refuse('ai.model-unknown', { provider: labelOf(target), model: target.model, near });
        }
        // Who shows its list to everybody has not looked at the key.
        return { isKeyRefused: all.length > 0 && PROVIDERS[target.provider].needsKey ? false : undefined };
      } catch (error) {
        if (error instanceof DomainError) throw error;
        if (signal.aborted) throw refuse('ai.stopped', {});
        const failure = asFailure(error);
        // With 403 it may be the list alone that this key is not for.
        const isKeyRefused = failure.kind === 'key' && failure.status !== 403;
        return { isKeyRefused: isKeyRefused || undefined, warning: warningOf(failure, target, isKeyRefused) };
      }
    },
  };
}
export type AiModels = ReturnType<typeof aiModels>;

/** A list is refused for these as an answer would be. */
const AS_AN_ANSWER: ReadonlySet<ProviderErrorKind> = new Set([
  'region',
  'quota',
  'rate',
  'busy',
  'refused-address',
]);

/** What is said of a set-up that is saved all the same; a provider that is off now may be there when it is asked. */
function warningOf(failure: ProviderError, target: AiTarget, isKeyRefused: boolean): DomainError | undefined {
  switch (failure.kind) {
    case 'unreachable':
      return refuse('ai.not-reached', { provider: labelOf(target), reason: failure.message });
    case 'timeout':
      return refuse('ai.not-reached', { provider: labelOf(target), reason: reason('http.late', {}) });
    default:
      return isKeyRefused || AS_AN_ANSWER.has(failure.kind)
        ? refusalOf(failure, target, TIMEOUT_S)
        : undefined;
  }
}

const DATED = /^-(\d{8}|\d{4}-\d{2}-\d{2}|latest)$/;

/**
 * Whether a listed name is what somebody means. Lists have the full names: `llama3:latest`, `models/gemini-x`, and of a
 * name that stands for the newest the one with its date. What follows a colon is how a model is run, except with Ollama.
 */
function isMeant({ provider, model }: Pick<AiTarget, 'provider' | 'model'>, listed: string): boolean {
  const id = listed.replace(/^models\//, '');
  const plain = model.replace(/^models\//, '').replace(/-latest$/, '');
  if (id === model || id === plain || `models/${id}` === model) return true;
  if (id.startsWith(plain) && DATED.test(id.slice(plain.length))) return true;
  return provider === 'ollama' ? id === `${model}:latest` : id === model.split(':', 1)[0];
}
