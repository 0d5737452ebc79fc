import { type Loose, piecesOf, type StubAnswer, textOf, tokensOf } from '../script.ts';
import { bearer, contentText, type Dialect, sse } from './dialect.ts';

const FINISH = { stop: 'stop', length: 'length', filtered: 'content_filter' };
const CODES: Record<number, [type: string, code: string | null]> = {
  400: ['invalid_request_error', null],
  401: ['invalid_request_error', 'invalid_api_key'],
  402: ['insufficient_quota', 'insufficient_balance'],
  403: ['invalid_request_error', 'unsupported_country_region_territory'],
  404: ['invalid_request_error', 'model_not_found'],
  429: ['requests', 'rate_limit_exceeded'],
};
const WORDS = 'Words of the provider about sk-secret-in-an-error';

export interface ChatFlavour {
  basePath: string;
  /** Below `basePath`. */
  chatPath?: string;
  modelsPath?: string;
  /** Where its reasoning stands beside the text; without it, in the text as `<think>`. */
  reasoningField?: 'reasoning' | 'reasoning_content' | 'parts';
  /** Where its tokens stand in a stream. */
  usageIn?: 'usage' | 'x_groq';
  noModel?: Dialect['noModel'];
  error?: Dialect['error'];
  models?: Dialect['models'];
}

/** OpenAI's chat completions, as others speak them too. */
export function chatCompletions(flavour: ChatFlavour): Dialect {
  const { basePath, chatPath = '/chat/completions', reasoningField } = flavour;
  const head = (model: string, object: string) => ({ id: 'chatcmpl-stub', object, created: 1, model });
  function message(text: string, reasoning: string | undefined) {
    if (reasoning === undefined) return { content: text };
    if (reasoningField === undefined) return { content: `<think>\n${reasoning}\n</think>\n\n${text}` };
    if (reasoningField !== 'parts') return { content: text, [reasoningField]: reasoning };
    const thinking = { type: 'thinking', thinking: [{ type: 'text', text: reasoning }] };
    return { content: [thinking, ...(text ? [{ type: 'text', text }] : [])] };
  }
  function usage(answer: StubAnswer) {
    const { input, output } = tokensOf(answer);
    return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
  }
  const sources = (answer: StubAnswer) => (answer.sources ? { citations: answer.sources } : {});
  const error: Dialect['error'] = (status, code) => {
    const [type, usual] = CODES[status] ?? ['server_error', null];
    return { error: { message: WORDS, type, param: null, code: code ?? usual } };
  };
  return {
    basePath,
    askPath: (path) => path === basePath + chatPath,
    modelsPath: basePath + (flavour.modelsPath ?? '/models'),
    keyOf: bearer,
    read: (body) => ({
      isStreamed: body.stream === true,
      model: body.model,
      system: body.messages
        .filter((one: Loose) => one.role === 'system')
        .map((one: Loose) => one.content)
        .join('\n'),
      turns: body.messages
        .filter((one: Loose) => one.role !== 'system')
        .map((one: Loose) => `${one.role}: ${contentText(one.content)}`),
    }),
    contentType: 'text/event-stream; charset=utf-8',
    requestIdHeader: 'x-request-id',
    whole: (answer, model) => ({
      ...head(model, 'chat.completion'),
      choices: [
        {
          index: 0,
          message: { role: 'assistant', ...message(textOf(answer), answer.reasoning) },
          finish_reason: FINISH[answer.finish ?? 'stop'],
        },
      ],
      ...sources(answer),
      usage: usage(answer),
    }),
    frames(answer, model) {
      const chunk = (delta: object, finish: string | null = null, rest: object = {}) =>
        sse({
          ...head(model, 'chat.completion.chunk'),
          choices: [{ index: 0, delta, finish_reason: finish }],
          ...sources(answer),
          ...rest,
        });
      const { reasoning } = answer;
      const tokens =
        flavour.usageIn === 'x_groq'
          ? { x_groq: { id: 'req_stub', usage: usage(answer) } }
          : { usage: usage(answer) };
      return {
        before: [
          chunk({ role: 'assistant', content: '' }),
          ...(reasoning === undefined ? [] : [chunk(message('', reasoning))]),
        ],
        text: piecesOf(answer).map((piece) => chunk({ content: piece })),
        after: [chunk({}, FINISH[answer.finish ?? 'stop'], tokens), sse('[DONE]')],
      };
    },
    error: flavour.error ?? error,
    errorFrame: sse(error(500, 'server_error')),
    noModel: flavour.noModel ?? { status: 404, code: 'model_not_found' },
    models:
      flavour.models ??
      ((ids) => ({
        object: 'list',
        data: ids.map((id) => ({ id, object: 'model', created: 1, owned_by: 'stub' })),
      })),
  };
}
export const PROVIDERS_WORDS = WORDS;
