import { z } from 'zod';
import { answerText } from './answer-text.ts';
import type { ChatAnswer, ChatRequest } from './chat.ts';
import { brokeOff, finished } from './finished.ts';
import { jsonLines } from './json-lines.ts';
import { ProviderError } from './provider-error.ts';
import { reportedProblem } from './refusal.ts';
import { tokenMeter } from './token-meter.ts';
import { conversation } from './turns.ts';

/** Sends JSON to a path below the base URL. */
export type PostJson = (path: string, body: unknown, signal: AbortSignal) => Promise<Response>;

const Part = z.object({
  message: z.object({ content: z.string().default(''), thinking: z.string().nullish() }).nullish(),
  done: z.boolean().default(false),
  done_reason: z.string().nullish(),
  prompt_eval_count: z.number().nullish(),
  eval_count: z.number().nullish(),
  error: z.unknown().optional(),
});
type Part = z.infer<typeof Part>;

function read(value: unknown): Part {
  const { success, data } = Part.safeParse(value);
  if (!success) throw new ProviderError('garbage', 'the answer is none of Ollama');
  if (data.error !== undefined) throw reportedProblem(value);
  return data;
}

async function* partsOf(response: Response, isStreamed: boolean): AsyncGenerator<Part> {
  if (isStreamed) for await (const line of jsonLines(response)) yield read(line);
  else yield read(await response.json());
}

/** Asks Ollama in its own language, which tells thoughts from text, and takes a limit of tokens for every model. */
export async function askOllama(post: PostJson, request: ChatRequest): Promise<ChatAnswer> {
  const { model, system, turns, maxOutputTokens, signal, onText } = request;
  const said = conversation(turns).map(({ role, text }) => ({ role, content: text }));
  const body = {
    model,
    messages: [...(system ? [{ role: 'system', content: system.toWellFormed() }] : []), ...said],
    stream: onText !== undefined,
    options: { num_predict: maxOutputTokens },
  };
  const meter = tokenMeter(request);
  meter.sent();
  const response = await post('/api/chat', body, signal);
  const answer = answerText({ maxOutputTokens, onText });
  let hasBegun = false;
  let last: Part | undefined;
  for await (const part of partsOf(response, onText !== undefined)) {
    hasBegun = true;
    meter.piece((part.message?.thinking ?? '') + (part.message?.content ?? ''));
    if (part.message?.thinking) answer.reasoning(part.message.thinking);
    if (part.message) answer.text(part.message.content);
    if (part.done) last = part;
  }
  if (!last) throw brokeOff(hasBegun);
  const reason = last.done_reason ?? 'stop';
  return finished(answer.end(), {
    finish: reason === 'stop' || reason === 'length' ? reason : 'other',
    sources: [],
    inputTokens: last.prompt_eval_count ?? 0,
    outputTokens: last.eval_count ?? 0,
    requestId: '',
  });
}
