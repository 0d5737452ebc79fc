import { queryOptions } from '@tanstack/react-query';
import type { AiDraft, BotAiTested } from '../../src-shared/api/ai.ts';
import { getBotAi, getBotAiModels, getBotAiUsage, testBotAi } from '../../src-shared/client/window.ts';
import { engine, inTime } from '../client.ts';

const DAYS = 30;

/** How the AI of a bot is set up. */
export const botAiQuery = (id: number) =>
  queryOptions({
    queryKey: ['bot', id, 'ai'],
    queryFn: ({ signal }) => getBotAi(engine, { id }, inTime(signal)),
  });

/** What it used, day by day. */
export const botAiUseQuery = (id: number) =>
  queryOptions({
    queryKey: ['bot', id, 'ai-usage'],
    queryFn: ({ signal }) => getBotAiUsage(engine, { id, days: DAYS }, inTime(signal)),
  });

/** What a provider offers, asked with values that may not be saved yet. `wish` tells lists apart. */
export const botAiModelsQuery = (id: number, draft: AiDraft, wish: string | number) =>
  queryOptions({
    queryKey: ['ai-models', id, wish],
    queryFn: ({ signal }) => getBotAiModels(engine, { id, ...draft }, { signal }),
    gcTime: 0,
    retry: false,
  });

/** What comes of a question that tries values, as it comes. Leaving the loop stops the answer. */
export type AiTestEvent =
  | { event: 'text'; data: { piece: string } }
  | { event: 'done'; data: BotAiTested }
  | { event: 'failed'; data: { description: string } };
export const testAi = (id: number, draft: AiDraft & { question: string }, signal: AbortSignal) =>
  testBotAi(engine, { id, ...draft }, { signal }) as AsyncGenerator<unknown> as AsyncGenerator<
    AiTestEvent,
    void,
    undefined
  >;
