import { reason } from '../../../src-shared/text/reasons.ts';
import { ProviderError, type ProviderErrorKind } from './provider-error.ts';
import { type Reported, reportOf } from './reported.ts';
import { retryAfterMs } from './retry-after.ts';

export interface Refusal {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** As opposed to a list that was asked for. */
  isQuestion: boolean;
  now: number;
}

const REQUEST_ID_HEADERS = ['x-request-id', 'request-id', 'x-correlation-id', 'mistral-correlation-id'];
const ID_LENGTH = 200;

/** Under which the provider finds an exchange; '' where it gives none. */
export function requestIdOf(header: (name: string) => string | undefined): string {
  const found = REQUEST_ID_HEADERS.map(header).find((id) => id);
  return found?.replace(/[^\x21-\x7e]/g, '').slice(0, ID_LENGTH) ?? '';
}

/** What is said in codes is surer than what is said in words. */
const BY_CODE: readonly [RegExp, ProviderErrorKind][] = [
  [/unsupported_(country|region|location)|(country|region|location)_not_supported/, 'region'],
  [/insufficient_quota|insufficient_balance|billing|exceeded_current_quota|credits?_exhausted/, 'quota'],
  [/invalid_api_key|api_key_invalid|authentication_error|unauthenticated|unauthorized/, 'key'],
  [/context_length_exceeded|string_above_max_length|request_too_large|context_window/, 'too-long'],
  [/content_filter|content_policy|safety|prohibited_content|moderation/, 'filtered'],
  [/model_not_found|invalid_model|model_decommissioned|model_not_active|unknown_model/, 'model'],
  [/rate_limit|resource_exhausted|too_many_requests/, 'rate'],
  [/overloaded|unavailable|server_error|api_error|internal|timeout/, 'busy'],
];
const BY_WORDS: readonly [RegExp, ProviderErrorKind][] = [
  // Google; OpenAI; Anthropic, which says no more than that; Groq; a Cloudflare in front of any of them (error 1009).
  [
    /\b(location|country|region|territory) (is )?not (supported|allowed|available)|not (supported|available) in your (location|country|region)|^\s*request not allowed\s*$|check your network settings|banned the country or region|sorry, you have been blocked/,
    'region',
  ],
  [/credit balance|insufficient (balance|funds|credit)|billing/, 'quota'],
  [/api key (not valid|is invalid|expired)|(invalid|incorrect) api key/, 'key'],
  [
    /context (length|window|size)|maximum context|too many (input )?tokens|prompt is too long|token (limit|count) .*exceed/,
    'too-long',
  ],
  [
    /model\b.*\b(not exist|not found|not supported|no longer|decommissioned|unknown)|(unknown|invalid|no such) model/,
    'model',
  ],
];

const find = (table: typeof BY_CODE, text: string) => table.find(([sign]) => sign.test(text))?.[1];
const said = ({ codes, words }: Reported) => find(BY_CODE, codes) ?? find(BY_WORDS, words);

/** Statuses that say it all, whatever is written below them. */
const BY_STATUS: Record<number, ProviderErrorKind> = {
  401: 'key',
  402: 'quota',
  403: 'key',
  407: 'key',
  408: 'busy',
  409: 'busy',
  413: 'too-long',
  425: 'busy',
  451: 'region',
  498: 'busy',
};

function kindOf({ status, isQuestion }: Refusal, report: Reported): ProviderErrorKind {
  if (status < 400) return 'refused-address';
  if (status >= 500) return 'busy';
  const isElsewhere = status === 403 && said(report) === 'region';
  const sure = isElsewhere ? 'region' : BY_STATUS[status];
  if (sure) return sure;
  if (status === 429) return said(report) === 'quota' ? 'quota' : 'rate';
  // A web server without that path answers too; a provider that knows the path misses the model.
  if (status === 404 || status === 405) {
    const isAboutModel = report.isJson && /model|not_found/.test(`${report.codes} ${report.words}`);
    return isQuestion && status === 404 && isAboutModel ? 'model' : 'garbage';
  }
  const kind = said(report);
  return kind === undefined || kind === 'rate' || kind === 'busy' ? 'bad-request' : kind;
}

const MESSAGES: Record<ProviderErrorKind, string> = {
  key: 'the key is not accepted',
  region: 'it does not serve the country, region or network that this machine is in',
  model: 'there is no such model for this key',
  quota: 'the account behind the key has nothing left to spend',
  rate: 'too many requests for now',
  busy: 'it is overloaded or has trouble of its own',
  'refused-address': reason('address.leads-on', {}),
  unreachable: 'it cannot be reached',
  timeout: 'no answer came in time',
  stopped: 'it was stopped',
  'too-long': 'the conversation is longer than the model takes',
  filtered: "the provider's filters refused it",
  empty: 'the answer is empty',
  'bad-request': 'it does not take the request as it is',
  garbage: 'nothing at this address speaks the language of this provider: check the base URL',
};

/** An answer that is none: a status of 300 and above, with what was written below it. */
export function refusalOf(refusal: Refusal): ProviderError {
  const { status, headers, now } = refusal;
  const header = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const report = reportOf(refusal.body);
  const kind = kindOf(refusal, report);
  return new ProviderError(kind, MESSAGES[kind], {
    status,
    requestId: requestIdOf(header) || undefined,
    retryAfterMs:
      kind === 'rate' || kind === 'busy' ? retryAfterMs(header, report.retryDelay, now) : undefined,
  });
}

/** A trouble that is reported in the middle of an answer. */
export function reportedProblem(value: unknown): ProviderError {
  const kind = said(reportOf(value)) ?? 'busy';
  return new ProviderError(kind, MESSAGES[kind]);
}
