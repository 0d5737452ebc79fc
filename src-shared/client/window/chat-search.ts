// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';
import type { ChatMessage } from '../types.ts';

export interface GetChatSearchInput {
  q: string;
  account?: string | undefined;
  chat?: string | undefined;
  before?: number | undefined;
  limit?: number | undefined;
}

export interface GetChatSearchAnswer {
  messages: ChatMessage[];
  /** Where to go on. */
  next: number | null;
}

/**
 * Look for words in conversations. `GET /api/v1/chat-search`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getChatSearch(
  client: Client,
  input: GetChatSearchInput,
  options?: CallOptions,
): Promise<GetChatSearchAnswer> {
  return resultOf<GetChatSearchAnswer>(
    client,
    { method: 'GET', path: '/api/v1/chat-search', query: input },
    options,
  );
}
