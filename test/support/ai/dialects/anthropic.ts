import { type Loose, piecesOf, textOf, tokensOf } from '../script.ts';
import { contentText, type Dialect, sse } from './dialect.ts';
import { PROVIDERS_WORDS } from './openai-chat.ts';

const FINISH = { stop: 'end_turn', length: 'max_tokens', filtered: 'refusal' };
const TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** Anthropic's Messages API. */
export const anthropicMessages: Dialect = {
  basePath: '/v1',
  askPath: (path) => path === '/v1/messages',
  modelsPath: '/v1/models',
  keyOf: (headers) => headers['x-api-key'],
  read: (body) => ({
    isStreamed: body.stream === true,
    model: body.model,
    system: contentText(body.system),
    turns: body.messages.map((one: Loose) => `${one.role}: ${contentText(one.content)}`),
  }),
  contentType: 'text/event-stream; charset=utf-8',
  requestIdHeader: 'request-id',
  whole(answer, model) {
    const { input, output } = tokensOf(answer);
    const { reasoning } = answer;
    const text = textOf(answer);
    return {
      id: 'msg_stub',
      type: 'message',
      role: 'assistant',
      model,
      content: [
        ...(reasoning === undefined ? [] : [{ type: 'thinking', thinking: reasoning, signature: 'c2ln' }]),
        ...(text ? [{ type: 'text', text }] : []),
      ],
      stop_reason: FINISH[answer.finish ?? 'stop'],
      stop_sequence: null,
      usage: { input_tokens: input, output_tokens: output },
    };
  },
  frames(answer, model) {
    const { input, output } = tokensOf(answer);
    const event = (type: string, rest: object = {}) => sse({ type, ...rest }, type);
    const { reasoning } = answer;
    const index = reasoning === undefined ? 0 : 1;
    const block = (at: number, content_block: object, deltas: string[]) => [
      event('content_block_start', { index: at, content_block }),
      ...deltas,
    ];
    return {
      before: [
        event('message_start', {
          message: {
            id: 'msg_stub',
            type: 'message',
            role: 'assistant',
            model,
            content: [],
            stop_reason: null,
            stop_sequence: null,
            usage: { input_tokens: input, output_tokens: 1 },
          },
        }),
        event('ping'),
        ...(reasoning === undefined
          ? []
          : [
              ...block(0, { type: 'thinking', thinking: '', signature: '' }, [
                event('content_block_delta', {
                  index: 0,
                  delta: { type: 'thinking_delta', thinking: reasoning },
                }),
                event('content_block_delta', {
                  index: 0,
                  delta: { type: 'signature_delta', signature: 'c2ln' },
                }),
              ]),
              event('content_block_stop', { index: 0 }),
            ]),
        ...block(index, { type: 'text', text: '' }, []),
      ],
      text: piecesOf(answer).map((text) =>
        event('content_block_delta', { index, delta: { type: 'text_delta', text } }),
      ),
      after: [
        event('content_block_stop', { index }),
        event('message_delta', {
          delta: { stop_reason: FINISH[answer.finish ?? 'stop'], stop_sequence: null },
          usage: { output_tokens: output },
        }),
        event('message_stop'),
      ],
    };
  },
  error: (status, code) => ({
    type: 'error',
    error: { type: code ?? TYPES[status] ?? 'api_error', message: PROVIDERS_WORDS },
    request_id: 'req_stub',
  }),
  errorFrame: sse({ type: 'error', error: { type: 'overloaded_error', message: PROVIDERS_WORDS } }, 'error'),
  noModel: { status: 404, code: 'not_found_error' },
  models: (ids) => ({
    data: ids.map((id) => ({ type: 'model', id, display_name: id, created_at: '2025-02-19T00:00:00Z' })),
    has_more: false,
    first_id: ids[0] ?? null,
    last_id: ids.at(-1) ?? null,
  }),
};
