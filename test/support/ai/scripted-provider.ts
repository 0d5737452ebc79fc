import type { EngineDeps } from '../../../src-main/engine/engine-deps.ts';
import {
  type ChatAnswer,
  type ChatModel,
  type ChatProvider,
  type ChatRequest,
  ProviderError,
} from '../../../src-main/gateways/ai/provider.ts';
import { until } from '../until.ts';

type Answering = (
  request: ChatRequest,
) => Promise<Partial<ChatAnswer> | string> | Partial<ChatAnswer> | string;

/** A provider in memory, for what is about time and crashes: what it answers, and when, is up to the test. */
export function scriptedAi(answering: Answering = (request) => `answer to ${questionIn(request)}`) {
  const asked: ChatRequest[] = [];
  const opened: Parameters<NonNullable<EngineDeps['openAi']>>[0][] = [];
  const triggered: string[] = [];
  const state = {
    answering,
    models: undefined as readonly (string | ChatModel)[] | undefined,
    /** Nobody is told of models before this is settled. */
    listing: undefined as Promise<void> | undefined,
    /** How often it was asked for them. */
    listed: 0,
    /** What asking for the list fails with. */
    noModels: new ProviderError('unreachable', 'nothing listens there'),
    /** What an agent says when it is told something. */
    triggering: async () => ({ runId: 'run-1' }),
    under: 0,
    most: 0,
  };
  const provider: ChatProvider = {
    async ask(request) {
      asked.push(request);
      state.under += 1;
      state.most = Math.max(state.most, state.under);
      const gone = Promise.withResolvers<never>();
      gone.promise.catch(() => undefined);
      const stop = () => gone.reject(new ProviderError('stopped', 'stopped'));
      request.signal.addEventListener('abort', stop);
      try {
        const said = await Promise.race([state.answering(request), gone.promise]);
        const answer = typeof said === 'string' ? { text: said } : said;
        const none = { text: '', reasoning: '', sources: [], requestId: 'req', finish: 'stop' as const };
        return { ...none, inputTokens: 10, outputTokens: 5, ...answer };
      } finally {
        request.signal.removeEventListener('abort', stop);
        state.under -= 1;
      }
    },
    async models() {
      state.listed += 1;
      await state.listing;
      if (!state.models) throw state.noModels;
      return state.models.map((one) => (typeof one === 'string' ? { id: one } : one));
    },
    async trigger(text) {
      triggered.push(text);
      return state.triggering();
    },
  };
  const openAi: NonNullable<EngineDeps['openAi']> = (settings) => {
    opened.push(settings);
    return provider;
  };
  return {
    openAi,
    /** What it was asked, in order. */
    asked,
    /** What its agent was told. */
    triggered,
    /** With which settings it was opened. */
    opened,
    state,
    questions: () => asked.map(questionIn),
    question: (nth: number) => until(`question ${nth}`, () => asked[nth - 1]),
  };
}
export type ScriptedAi = ReturnType<typeof scriptedAi>;

export const questionIn = ({ turns }: ChatRequest): string => turns.at(-1)?.text ?? '';
