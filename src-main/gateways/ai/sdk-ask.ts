import type { FinishReason, LanguageModel, LanguageModelUsage } from 'ai';
import { answerText } from './answer-text.ts';
import type { ChatAnswer, ChatRequest } from './chat.ts';
import { type AnswerEnd, brokeOff, finished } from './finished.ts';
import { requestIdOf } from './refusal.ts';
import { tokenMeter } from './token-meter.ts';
import { conversation } from './turns.ts';

/** Nothing stays at OpenAI for its thirty days. */
const PROVIDER_OPTIONS = { openai: { store: false } };

let loaded: Promise<typeof import('ai')> | undefined;
/** Loaded with the first question. */
function sdk() {
  if (loaded) return loaded;
  // It would write its warnings to the console, among them parts of requests.
  Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
  const loading = import('ai');
  loaded = loading;
  loading.catch(() => {
    loaded = undefined;
  });
  return loading;
}

function callOf(model: LanguageModel, request: ChatRequest) {
  return {
    model,
    ...(request.system && { instructions: request.system }),
    messages: conversation(request.turns).map(({ role, text }) => ({ role, content: text })),
    maxOutputTokens: request.maxOutputTokens,
    abortSignal: request.signal,
    // Who asks decides whether and when to try again.
    maxRetries: 0,
    providerOptions: PROVIDER_OPTIONS,
  };
}

interface SdkEnd {
  finishReason: FinishReason;
  rawFinishReason: string | undefined;
  usage: LanguageModelUsage;
  response: { id: string; headers?: Record<string, string> };
}

/** Ids that the SDK makes up where the provider gives none. */
const MADE_UP = /^ai(txt|obj)-/;

/** In a stream: it ended, and no reason was ever given for that. */
const isCut = ({ finishReason, rawFinishReason }: SdkEnd) =>
  finishReason === 'interrupted' || (finishReason === 'other' && rawFinishReason === undefined);
/** What the SDK makes of the same where it takes it for an error. */
const isCutError = (error: unknown) =>
  error instanceof Error &&
  error.name === 'AI_InvalidResponseDataError' &&
  'data' in error &&
  error.data === undefined;

function endOf({ finishReason, usage, response }: SdkEnd, urls: Iterable<string>): AnswerEnd {
  const finish =
    finishReason === 'content-filter'
      ? 'filtered'
      : finishReason === 'stop' || finishReason === 'length'
        ? finishReason
        : 'other';
  return {
    finish,
    sources: [...new Set(urls)],
    inputTokens: usage.inputTokens ?? 0,
    outputTokens: usage.outputTokens ?? 0,
    requestId:
      requestIdOf((name) => response.headers?.[name]) || (MADE_UP.test(response.id) ? '' : response.id),
  };
}

/** Asks a model of the SDK and waits for the whole answer. */
export async function askWhole(model: LanguageModel, request: ChatRequest): Promise<ChatAnswer> {
  const { generateText } = await sdk();
  tokenMeter(request).sent();
  const result = await generateText(callOf(model, request));
  const said = answerText({ maxOutputTokens: request.maxOutputTokens });
  for (const part of result.content) {
    if (part.type === 'text') said.text(part.text);
    if (part.type === 'reasoning') said.reasoning(part.text);
  }
  const urls = result.sources.flatMap((source) => (source.sourceType === 'url' ? [source.url] : []));
  const { finishReason, rawFinishReason, usage, response } = result.finalStep;
  return finished(said.end(), endOf({ finishReason, rawFinishReason, usage, response }, urls));
}

/** Asks a model of the SDK and hands on the text as it comes. */
export async function askStreamed(
  model: LanguageModel,
  request: ChatRequest,
  { onText, tellsEarly }: { onText: (piece: string) => void; tellsEarly: boolean },
): Promise<ChatAnswer> {
  const { streamText } = await sdk();
  const meter = tokenMeter(request);
  meter.sent();
  // Without a listener of ours it writes errors to the console; they come as parts, too.
  const result = streamText({
    ...callOf(model, request),
    includeRawChunks: tellsEarly,
    onError: () => undefined,
  });
  const said = answerText({ maxOutputTokens: request.maxOutputTokens, onText });
  const urls: string[] = [];
  let hasBegun = false;
  let end: SdkEnd | undefined;
  for await (const part of result.stream) {
    hasBegun ||= part.type === 'text-delta' || part.type === 'reasoning-delta';
    if (part.type === 'text-delta' || part.type === 'reasoning-delta') meter.piece(part.text);
    if (part.type === 'raw') meter.frame(part.rawValue);
    if (part.type === 'text-delta') said.text(part.text);
    else if (part.type === 'reasoning-delta') said.reasoning(part.text);
    else if (part.type === 'source' && part.sourceType === 'url') urls.push(part.url);
    else if (part.type === 'finish-step') end = part;
    else if (part.type === 'error') throw isCutError(part.error) ? brokeOff(hasBegun) : part.error;
    else if (part.type === 'abort') throw request.signal.reason;
  }
  if (!end || isCut(end)) throw brokeOff(hasBegun);
  return finished(said.end(), endOf(end, urls));
}
