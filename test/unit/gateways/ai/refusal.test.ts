import { describe, expect, it } from 'vitest';
import { refusalOf, reportedProblem, requestIdOf } from '../../../../src-main/gateways/ai/refusal.ts';
import { reportOf } from '../../../../src-main/gateways/ai/reported.ts';

const refusal = (status: number, body: unknown, isQuestion = true) =>
  refusalOf({
    status,
    headers: { 'x-request-id': 'req_1' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    isQuestion,
    now: 0,
  });
const openAi = (code: string | null, message = 'x', type = 'invalid_request_error') => ({
  error: { message, type, param: null, code },
});
const google = (status: string, reason?: string, message = 'x') => ({
  error: { message, status, ...(reason && { details: [{ reason, '@type': 'ErrorInfo' }] }) },
});

describe('what a refusal is about', () => {
  it.each([
    ['a long conversation (OpenAI)', 400, openAi('context_length_exceeded'), 'too-long'],
    [
      'a long conversation (Anthropic)',
      400,
      {
        error: {
          type: 'invalid_request_error',
          message: 'prompt is too long: 210000 tokens > 200000 maximum',
        },
      },
      'too-long',
    ],
    [
      'a long conversation (Gemini)',
      400,
      google('INVALID_ARGUMENT', undefined, 'The input token count (2000000) exceeds the maximum'),
      'too-long',
    ],
    ['a body that is too large', 413, '', 'too-long'],
    ['money (OpenAI)', 429, openAi('insufficient_quota', 'You exceeded your current quota'), 'quota'],
    [
      'money (Anthropic)',
      400,
      { error: { type: 'invalid_request_error', message: 'Your credit balance is too low' } },
      'quota',
    ],
    ['money (DeepSeek)', 402, openAi(null, 'Insufficient Balance'), 'quota'],
    ['a key (Gemini)', 400, google('INVALID_ARGUMENT', 'API_KEY_INVALID'), 'key'],
    ['a key (a gateway in front)', 407, '<html>', 'key'],
    ['a key that may not do this', 403, google('PERMISSION_DENIED'), 'key'],
    ['a key that may not do this (Anthropic)', 403, { error: { type: 'permission_error' } }, 'key'],
    ['a country (OpenAI)', 403, openAi('unsupported_country_region_territory'), 'region'],
    [
      'a country (OpenAI, in words)',
      403,
      { error: { message: 'Country, region, or territory not supported', type: 'request_forbidden' } },
      'region',
    ],
    [
      'a country (Gemini)',
      400,
      google('FAILED_PRECONDITION', undefined, 'User location is not supported for the API use.'),
      'region',
    ],
    [
      'a country (Anthropic)',
      403,
      { error: { type: 'forbidden', message: 'Request not allowed' } },
      'region',
    ],
    [
      'a country (Groq)',
      403,
      { error: { message: 'Access denied. Please check your network settings.' } },
      'region',
    ],
    ['a country (a Cloudflare in front)', 403, '<p>The owner has banned the country or region', 'region'],
    ['a network (a Cloudflare in front)', 403, '<h1>Sorry, you have been blocked</h1>', 'region'],
    ['a country, by the law', 451, '', 'region'],
    ['a filter (OpenAI)', 400, openAi('content_policy_violation'), 'filtered'],
    ['a model (Groq)', 400, openAi('model_decommissioned'), 'model'],
    [
      'a model (Perplexity)',
      400,
      { error: { type: 'invalid_model', code: 400, message: "Invalid model 'x'" } },
      'model',
    ],
    [
      'a model (Gemini)',
      404,
      google('NOT_FOUND', undefined, 'models/x is not found for API version v1beta'),
      'model',
    ],
    [
      'a model (vLLM)',
      404,
      { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError' },
      'model',
    ],
    ['a model (Ollama)', 404, { error: "model 'x' not found" }, 'model'],
    ['an address that no provider has', 404, '<html>404 Not Found</html>', 'garbage'],
    ['an address of another API', 404, { detail: 'Not Found' }, 'garbage'],
    ['a page instead of an API', 405, 'Method Not Allowed', 'garbage'],
    ['requests per minute (Gemini)', 429, google('RESOURCE_EXHAUSTED'), 'rate'],
    ['requests per minute, as a page', 429, '<html>', 'rate'],
    ['a parameter', 400, openAi('unsupported_parameter'), 'bad-request'],
    ['a parameter, as a page', 422, 'no', 'bad-request'],
    ['load', 529, { error: { type: 'overloaded_error' } }, 'busy'],
    ['a broken server', 500, '<html>', 'busy'],
    ['a broken gateway', 502, '', 'busy'],
    ['another address', 307, '', 'refused-address'],
  ])('%s', (_name, status, body, kind) => {
    expect(refusal(status, body)).toMatchObject({ kind, status, requestId: 'req_1' });
  });

  it('waits as long as Gemini writes into its body', () => {
    const body = {
      error: { status: 'RESOURCE_EXHAUSTED', details: [{ '@type': 'RetryInfo', retryDelay: '34s' }] },
    };

    expect(refusal(429, body).retryAfterMs).toBe(34_000);
  });

  it('is not the model where a list is asked for', () => {
    expect(refusal(404, openAi('model_not_found'), false).kind).toBe('garbage');
  });

  it('is read from deep and wide nonsense without harm', () => {
    let deep: unknown = { code: 'model_not_found' };
    for (let depth = 0; depth < 1_000; depth++) deep = { error: deep };

    expect(refusal(400, deep).kind).toBe('bad-request');
    expect(
      refusal(
        400,
        Array.from({ length: 5_000 }, () => ({})),
      ).kind,
    ).toBe('bad-request');
    expect(reportedProblem('not even an object').kind).toBe('busy');
    const long = { error: Array.from({ length: 40 }, () => ({ message: 'model '.repeat(600) })) };
    expect(reportOf(long).words.length).toBeLessThanOrEqual(4_000);
  });
});

it('keeps of a request id what can be shown', () => {
  expect(
    requestIdOf((name) => (name === 'request-id' ? `id \u001b[0m${'x'.repeat(500)}` : undefined)),
  ).toHaveLength(200);
  expect(requestIdOf(() => undefined)).toBe('');
});
