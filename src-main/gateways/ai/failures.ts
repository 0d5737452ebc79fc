import { AddressRefused } from '../../base/address-guard.ts';
import { NoAnswer } from '../../base/http-client.ts';
import { ProviderError } from './provider-error.ts';
import { reportedProblem } from './refusal.ts';

const CAUSES = 8;

/** An error and what caused it, from the outside in. */
function* chain(error: unknown): Generator<unknown> {
  let current = error;
  for (let depth = 0; depth < CAUSES && current !== undefined && current !== null; depth++) {
    yield current;
    current = current instanceof Error ? current.cause : undefined;
  }
}

function known(error: unknown): ProviderError | undefined {
  if (error instanceof ProviderError) return error;
  if (error instanceof AddressRefused) return new ProviderError('refused-address', error.message);
  if (error instanceof NoAnswer)
    return new ProviderError(error.isLate ? 'timeout' : 'unreachable', error.message);
  return undefined;
}

/** What the provider itself reported in the middle of an answer: the SDK hands it on, or stumbles over it. */
function reported(error: Error): unknown {
  if ('data' in error && typeof error.data === 'object' && error.data !== null) return error.data;
  if (!('value' in error) || typeof error.value !== 'object' || error.value === null) return undefined;
  const { value } = error;
  return 'error' in value || ('object' in value && value.object === 'error') ? value : undefined;
}

/**
 * What went wrong with a provider, in one of the ways that people are told about. Nothing of its words stays: libraries
 * put what was asked and answered into their errors.
 */
export function asProviderError(error: unknown, signal?: AbortSignal): ProviderError {
  if (signal?.aborted) {
    if (signal.reason instanceof ProviderError) return signal.reason;
    const isLate = signal.reason instanceof Error && signal.reason.name === 'TimeoutError';
    return isLate
      ? new ProviderError('timeout', 'no answer came in the time that is set for it')
      : new ProviderError('stopped', 'it was stopped');
  }
  for (const one of chain(error)) {
    const problem = known(one);
    if (problem) return problem;
    const report = one instanceof Error ? reported(one) : one;
    if (report !== undefined) return reportedProblem(report);
  }
  return new ProviderError('garbage', 'the answer is not what this provider is documented to send');
}
