import { type Loose, piecesOf, type StubAnswer, textOf, tokensOf } from '../script.ts';
import { contentText, type Dialect, sse } from './dialect.ts';
import { chatCompletions, PROVIDERS_WORDS } from './openai-chat.ts';

function response(answer: StubAnswer, model: string, output: unknown[], status: string) {
  const { input, output: out } = tokensOf(answer);
  const finish = answer.finish ?? 'stop';
  return {
    id: 'resp_stub',
    object: 'response',
    created_at: 1,
    model,
    status: finish === 'stop' ? status : 'incomplete',
    error: null,
    incomplete_details:
      finish === 'stop' ? null : { reason: finish === 'length' ? 'max_output_tokens' : 'content_filter' },
    output,
    usage: {
      input_tokens: input,
      output_tokens: out,
      total_tokens: input + out,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    },
  };
}

function items(answer: StubAnswer) {
  const { reasoning } = answer;
  const thought =
    reasoning === undefined
      ? []
      : [{ id: 'rs_stub', type: 'reasoning', summary: [{ type: 'summary_text', text: reasoning }] }];
  const annotations = (answer.sources ?? []).map((url) => ({
    type: 'url_citation',
    url,
    title: url,
    start_index: 0,
    end_index: 0,
  }));
  const part = { type: 'output_text', text: textOf(answer), annotations, logprobs: [] };
  const said = { id: 'msg_stub', type: 'message', role: 'assistant', status: 'completed', content: [part] };
  return { thought, said };
}

/** OpenAI's own: the Responses API. */
export const openAiResponses: Dialect = {
  ...chatCompletions({ basePath: '/v1' }),
  askPath: (path) => path === '/v1/responses',
  read: (body) => ({
    isStreamed: body.stream === true,
    model: body.model,
    system: body.input
      .filter((one: Loose) => one.role === 'system' || one.role === 'developer')
      .map((one: Loose) => contentText(one.content))
      .join('\n'),
    turns: body.input
      .filter((one: Loose) => one.role === 'user' || one.role === 'assistant')
      .map((one: Loose) => `${one.role}: ${contentText(one.content)}`),
  }),
  whole(answer, model) {
    const { thought, said } = items(answer);
    return response(answer, model, [...thought, said], 'completed');
  },
  frames(answer, model) {
    const { thought, said } = items(answer);
    const event = (type: string, rest: object) => sse({ type, ...rest }, type);
    const at = thought.length;
    const done = response(answer, model, [...thought, said], 'completed');
    return {
      before: [
        event('response.created', {
          response: { ...response(answer, model, [], 'in_progress'), usage: null },
        }),
        ...thought.flatMap((item) => [
          event('response.output_item.added', { output_index: 0, item: { ...item, summary: [] } }),
          event('response.reasoning_summary_part.added', {
            item_id: item.id,
            output_index: 0,
            summary_index: 0,
          }),
          event('response.reasoning_summary_text.delta', {
            item_id: item.id,
            output_index: 0,
            summary_index: 0,
            delta: answer.reasoning,
          }),
          event('response.output_item.done', { output_index: 0, item }),
        ]),
        event('response.output_item.added', {
          output_index: at,
          item: { ...said, status: 'in_progress', content: [] },
        }),
      ],
      text: piecesOf(answer).map((delta) =>
        event('response.output_text.delta', {
          item_id: said.id,
          output_index: at,
          content_index: 0,
          delta,
          logprobs: [],
        }),
      ),
      after: [
        ...(said.content[0]?.annotations ?? []).map((annotation, annotation_index) =>
          event('response.output_text.annotation.added', {
            item_id: said.id,
            output_index: at,
            content_index: 0,
            annotation_index,
            annotation,
          }),
        ),
        event('response.output_item.done', { output_index: at, item: said }),
        event(done.status === 'completed' ? 'response.completed' : 'response.incomplete', { response: done }),
      ],
    };
  },
  errorFrame: sse(
    { type: 'error', sequence_number: 9, code: 'server_error', message: PROVIDERS_WORDS, param: null },
    'error',
  ),
};
