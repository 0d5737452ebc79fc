import { type Loose, piecesOf, type StubAnswer, textOf, tokensOf } from '../script.ts';
import { bearer, type Dialect } from './dialect.ts';
import { PROVIDERS_WORDS } from './openai-chat.ts';

const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const FINISH = { stop: 'stop', length: 'length', filtered: 'stop' };

function part(model: string, message: object, rest: object = { done: false }) {
  return { model, created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', ...message }, ...rest };
}

function end(answer: StubAnswer) {
  const { input, output } = tokensOf(answer);
  const reason = FINISH[answer.finish ?? 'stop'];
  return { done: true, done_reason: reason, prompt_eval_count: input, eval_count: output, total_duration: 1 };
}

/** Ollama's own API. */
export const ollama: Dialect = {
  basePath: '',
  askPath: (path) => path === '/api/chat',
  modelsPath: '/api/tags',
  keyOf: bearer,
  read: (body) => ({
    isStreamed: body.stream !== false,
    model: body.model,
    system: body.messages
      .filter((one: Loose) => one.role === 'system')
      .map((one: Loose) => one.content)
      .join('\n'),
    turns: body.messages
      .filter((one: Loose) => one.role !== 'system')
      .map((one: Loose) => `${one.role}: ${one.content}`),
  }),
  contentType: 'application/x-ndjson',
  requestIdHeader: undefined,
  whole: (answer, model) =>
    part(
      model,
      { content: textOf(answer), ...(answer.reasoning !== undefined && { thinking: answer.reasoning }) },
      end(answer),
    ),
  frames: (answer, model) => ({
    before:
      answer.reasoning === undefined ? [] : [line(part(model, { content: '', thinking: answer.reasoning }))],
    text: piecesOf(answer).map((content) => line(part(model, { content }))),
    after: [line(part(model, { content: '' }, end(answer)))],
  }),
  error: (status) => ({ error: status === 404 ? "model 'that' not found" : PROVIDERS_WORDS }),
  errorFrame: line({ error: PROVIDERS_WORDS }),
  noModel: { status: 404, code: '' },
  models: (ids) => ({
    models: ids.map((id) => {
      const name = id.includes(':') ? id : `${id}:latest`;
      return { name, model: name, size: 1, digest: 'stub', details: { family: 'stub' } };
    }),
  }),
};
