import { PROVIDERS } from '../../../src-shared/ai-providers.ts';
import type { AiOutcome } from '../../../src-shared/api/ai.ts';
import { type DomainError, refuse } from '../../../src-shared/errors.ts';
import { redact } from '../../base/redact.ts';
import { type ChatUse, ProviderError, type ProviderErrorKind } from '../../gateways/ai/provider.ts';
import type { AiTarget } from './ai-target.ts';

/** What a call that failed is counted as. */
const OUTCOMES: Readonly<Record<ProviderErrorKind, AiOutcome>> = {
  key: 'key',
  region: 'region',
  model: 'model',
  quota: 'quota',
  rate: 'rate',
  busy: 'busy',
  'refused-address': 'refused',
  unreachable: 'unreachable',
  timeout: 'timeout',
  stopped: 'stopped',
  'too-long': 'failed',
  filtered: 'filtered',
  empty: 'empty',
  'bad-request': 'failed',
  garbage: 'failed',
};

/** A provider that names no time wants a break all the same. */
const BREAK_S = 30;

export const outcomeOf = ({ kind }: ProviderError): AiOutcome => OUTCOMES[kind];

/**
 * What a call that failed used: what the provider said of it, else, where it was worked on when it ended, what its letters
 * come to.
 */
export function usedBy({ requestId, tokens }: ProviderError, use?: ChatUse) {
  return {
    requestId: requestId ?? '',
    inputTokens: tokens?.input ?? use?.input ?? 0,
    outputTokens: tokens?.output ?? use?.output ?? 0,
    isEstimate: tokens === undefined && (use?.isEstimate ?? false),
  };
}

/** Whatever a call was ended by, as a failure of the provider: a defect of ours is one that gave nothing of use. */
export const asFailure = (error: unknown): ProviderError =>
  error instanceof ProviderError ? error : new ProviderError('garbage', 'the call failed');

/** Where a defect of ours shows, without its words: what was asked or answered may stand in them. */
export function defectIn(error: unknown): { defect: string; at: string[] } | undefined {
  if (error instanceof ProviderError) return undefined;
  const { name, stack = '' } = error instanceof Error ? error : new Error();
  const at = stack.split('\n').filter((line) => /^\s+at \S+ \(?[^()]+:\d+:\d+\)?$/.test(line));
  return { defect: name, at };
}

/** A failure in words of ours; what the provider said is not among them. */
export function refusalOf(
  error: ProviderError,
  target: Pick<AiTarget, 'provider' | 'model' | 'address'>,
  timeoutS: number,
): DomainError {
  const { model, address } = target;
  switch (error.kind) {
    case 'key':
      return refuse('ai.key-refused', {});
    case 'region':
      return refuse('ai.region', {});
    case 'model':
      return refuse('ai.model-gone', { model });
    case 'quota':
      return refuse('ai.quota', {});
    case 'rate': {
      const seconds = Math.max(1, Math.ceil((error.retryAfterMs ?? BREAK_S * 1_000) / 1_000));
      return refuse('ai.provider-rate', { seconds }, seconds);
    }
    case 'busy':
      return refuse('ai.provider-busy', {}, BREAK_S);
    case 'refused-address':
      return refuse('ai.endpoint-refused', { url: redact(address), reason: error.message });
    case 'unreachable':
      return refuse('ai.unreachable', { reason: error.message });
    case 'timeout':
      return refuse('ai.timeout', { seconds: timeoutS });
    case 'stopped':
      return refuse('ai.stopped', {});
    case 'too-long':
      return refuse('ai.too-long', {});
    case 'filtered':
      return refuse('ai.filtered', {});
    case 'empty':
      return refuse('ai.empty', {});
    default:
      return refuse('ai.failed', {});
  }
}

/** As the list of models could not be read: there, nobody waits for an answer. */
export const labelOf = ({ provider }: Pick<AiTarget, 'provider'>): string => PROVIDERS[provider].label;
