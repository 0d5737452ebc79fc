import type { Generated } from 'kysely';

/** What the AI of a bot is set up with. */
export interface AiConfigTable {
  bot_id: number;
  is_enabled: number;
  /** Null: none was chosen yet. */
  provider: string | null;
  /** Null: the usual one. It stays when the provider changes. */
  system_sealed: Buffer | null;
}

/** One provider of a bot: it is remembered when another is chosen. */
export interface AiProviderTable {
  bot_id: number;
  provider: string;
  model: string;
  /** Empty: the provider's own. */
  base_url: string;
  key_sealed: Buffer | null;
  /** Where the key may go, and nowhere else. */
  key_origin: string | null;
  /** Sealed JSON: headers for a gateway of one's own. */
  headers_sealed: Buffer | null;
}

/** A set-up that is given piece by piece, as long as something is missing of it: sealed JSON. */
export interface AiDraftTable {
  bot_id: number;
  draft: Buffer;
}

/** One turn of a person's conversation with a bot's AI. */
export interface AiTurnTable {
  id: Generated<number>;
  bot_id: number;
  person: string;
  role: 'user' | 'assistant';
  body: Buffer;
  created_at: number;
}

/** A question that was taken and is not answered yet: it outlives a stop. */
export interface AiQuestionTable {
  id: Generated<number>;
  bot_id: number;
  person: string;
  /** Sealed JSON: the text, and where the answer goes. */
  details: Buffer;
  /** When it was sent, Unix milliseconds. */
  asked_at: number;
}

/** One call of a provider. */
export interface AiUsageTable {
  id: Generated<number>;
  bot_id: number;
  provider: string;
  model: string;
  request_id: string;
  source: string;
  outcome: string;
  input_tokens: number;
  output_tokens: number;
  /** Of calls that ended before the provider said how many tokens they used. */
  is_estimate: Generated<number>;
  ms: number;
  /** Unix seconds. */
  created_at: number;
}
