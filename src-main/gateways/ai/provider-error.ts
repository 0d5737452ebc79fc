/** Every way a provider can fail. It decides what a person is told and whether it is tried again. */
export type ProviderErrorKind =
  /** The key is missing, wrong, or not allowed to do this. */
  | 'key'
  /** The provider serves nobody in the country, region or network that this machine is in, or seems to be. */
  | 'region'
  /** There is no such model for this key. */
  | 'model'
  /** The account behind the key has no money or allowance left: later is no better. */
  | 'quota'
  /** Too many requests: later is better. */
  | 'rate'
  /** The provider is overloaded or broken (5xx): later is better. */
  | 'busy'
  /** The address must not be reached; its message says why, in words for people. */
  | 'refused-address'
  /** No connection; its message says why in a few words. */
  | 'unreachable'
  /** No answer, or no more of it, came in time. */
  | 'timeout'
  /** The caller's signal ended it. */
  | 'stopped'
  /** The conversation is longer than the model takes. */
  | 'too-long'
  /** The provider's filters refused the question or the answer. */
  | 'filtered'
  /** An answer without any text. */
  | 'empty'
  /** The provider does not take the request as it is. */
  | 'bad-request'
  /** What came is not what the provider is documented to say, or does not end. */
  | 'garbage';

export interface ProviderErrorDetails {
  status?: number | undefined;
  /** After how long the provider asks to be tried again: within reason, whatever it wrote. */
  retryAfterMs?: number | undefined;
  requestId?: string | undefined;
  /** What it used all the same: an answer without a word may have been thought about for long. */
  tokens?: { input: number; output: number } | undefined;
}

/** Every failure of a `ChatProvider`. The message is ours; what the provider wrote is not passed on. */
export class ProviderError extends Error {
  readonly kind: ProviderErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;
  readonly tokens: ProviderErrorDetails['tokens'];
  constructor(kind: ProviderErrorKind, message: string, details: ProviderErrorDetails = {}) {
    super(message);
    this.name = 'ProviderError';
    this.kind = kind;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.requestId = details.requestId;
    this.tokens = details.tokens;
  }
}
