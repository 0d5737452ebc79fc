import { type Loose, piecesOf, type StubAnswer, textOf, tokensOf } from '../script.ts';
import { type Dialect, sse } from './dialect.ts';
import { PROVIDERS_WORDS } from './openai-chat.ts';

const FINISH = { stop: 'STOP', length: 'MAX_TOKENS', filtered: 'SAFETY' };
const STATUSES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};
const ASK = /^\/v1beta\/models\/([^/:]+):(generateContent|streamGenerateContent\?alt=sse)$/;

function chunk(answer: StubAnswer, model: string, parts: object[], isLast: boolean) {
  const { input, output } = tokensOf(answer);
  const grounding = (answer.sources ?? []).map((uri) => ({ web: { uri, title: uri } }));
  return {
    candidates: [
      {
        ...(parts.length > 0 && { content: { role: 'model', parts } }),
        ...(isLast && { finishReason: FINISH[answer.finish ?? 'stop'] }),
        ...(isLast && grounding.length > 0 && { groundingMetadata: { groundingChunks: grounding } }),
        index: 0,
      },
    ],
    usageMetadata: {
      promptTokenCount: input,
      candidatesTokenCount: output,
      totalTokenCount: input + output,
    },
    modelVersion: model,
    responseId: 'gemini-stub',
  };
}

const thought = ({ reasoning }: StubAnswer) =>
  reasoning === undefined ? [] : [{ text: reasoning, thought: true }];
const partsText = (parts: Loose): string => (parts ?? []).map((part: Loose) => part.text).join('');

/** Google's Gemini API. */
export const gemini: Dialect = {
  basePath: '/v1beta',
  askPath: (path) => ASK.test(path),
  modelsPath: '/v1beta/models',
  keyOf: (headers) => headers['x-goog-api-key'],
  read(body, path) {
    const [, model = '', method = ''] = ASK.exec(path) ?? [];
    return {
      isStreamed: method.startsWith('stream'),
      model: decodeURIComponent(model),
      system: partsText(body.systemInstruction?.parts),
      turns: body.contents.map(
        (one: Loose) => `${one.role === 'model' ? 'assistant' : one.role}: ${partsText(one.parts)}`,
      ),
    };
  },
  contentType: 'text/event-stream',
  requestIdHeader: undefined,
  whole(answer, model) {
    const text = textOf(answer);
    return chunk(answer, model, [...thought(answer), ...(text ? [{ text }] : [])], true);
  },
  frames: (answer, model) => ({
    before: answer.reasoning === undefined ? [] : [sse(chunk(answer, model, thought(answer), false))],
    text: piecesOf(answer).map((text) => sse(chunk(answer, model, [{ text }], false))),
    after: [sse(chunk(answer, model, [], true))],
  }),
  error: (status, code) => ({
    error: {
      code: status,
      message: PROVIDERS_WORDS,
      status: STATUSES[status] ?? 'UNKNOWN',
      ...(code && {
        details: [
          { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: code, domain: 'googleapis.com' },
        ],
      }),
    },
  }),
  errorFrame: sse({ error: { code: 503, message: PROVIDERS_WORDS, status: 'UNAVAILABLE' } }),
  noModel: { status: 404, code: '' },
  models: (ids) => ({
    models: ids.map((id) => ({
      name: `models/${id}`,
      displayName: id,
      supportedGenerationMethods: [id.includes('embedding') ? 'embedContent' : 'generateContent'],
    })),
  }),
};
