// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).

export interface AiCall {
  at: number;
  provider:
    | 'openai'
    | 'claude'
    | 'gemini'
    | 'groq'
    | 'mistral'
    | 'deepseek'
    | 'perplexity'
    | 'ollama'
    | 'openclaw'
    | 'compatible';
  model: string;
  request_id: string;
  source: 'chat' | 'room' | 'api' | 'test';
  outcome:
    | 'answered'
    | 'empty'
    | 'filtered'
    | 'key'
    | 'region'
    | 'model'
    | 'quota'
    | 'rate'
    | 'busy'
    | 'unreachable'
    | 'timeout'
    | 'stopped'
    | 'refused'
    | 'failed';
  tokens: AiTokens;
  /** It ended before the provider said how many tokens it used: four letters count as one. */
  is_estimate: boolean;
  ms: number;
}

export interface AiTokens {
  input: number;
  output: number;
}

export interface AiUse {
  today: {
    calls: number;
    answers: number;
    tokens: AiTokens;
  };
  month: {
    calls: number;
    answers: number;
    tokens: AiTokens;
  };
  limits: {
    per_minute: number;
    per_day: number;
    /** 0: none. */
    month_tokens: number;
  };
  days: {
    calls: number;
    answers: number;
    tokens: AiTokens;
    /** `2026-11-22`, of this machine. */
    day: string;
    failed: number;
  }[];
  /** The newest 50. */
  calls: AiCall[];
}

export interface BotAi {
  enabled: boolean;
  configured: boolean;
  provider:
    | 'openai'
    | 'claude'
    | 'gemini'
    | 'groq'
    | 'mistral'
    | 'deepseek'
    | 'perplexity'
    | 'ollama'
    | 'openclaw'
    | 'compatible'
    | null;
  model: string;
  /** In use: the own one, else that of the provider. */
  base_url: string;
  has_own_base_url: boolean;
  /** Masked; null: there is none. */
  key: string | null;
  kept: {
    provider:
      | 'openai'
      | 'claude'
      | 'gemini'
      | 'groq'
      | 'mistral'
      | 'deepseek'
      | 'perplexity'
      | 'ollama'
      | 'openclaw'
      | 'compatible';
    model: string;
    key: string | null;
    base_url: string;
  }[];
  header_names: string[];
  system: string;
  is_usual_system: boolean;
  people: number;
  waiting: number;
}

export interface BotAiChanged {
  enabled: boolean;
  configured: boolean;
  provider:
    | 'openai'
    | 'claude'
    | 'gemini'
    | 'groq'
    | 'mistral'
    | 'deepseek'
    | 'perplexity'
    | 'ollama'
    | 'openclaw'
    | 'compatible'
    | null;
  model: string;
  /** In use: the own one, else that of the provider. */
  base_url: string;
  has_own_base_url: boolean;
  /** Masked; null: there is none. */
  key: string | null;
  kept: {
    provider:
      | 'openai'
      | 'claude'
      | 'gemini'
      | 'groq'
      | 'mistral'
      | 'deepseek'
      | 'perplexity'
      | 'ollama'
      | 'openclaw'
      | 'compatible';
    model: string;
    key: string | null;
    base_url: string;
  }[];
  header_names: string[];
  system: string;
  is_usual_system: boolean;
  people: number;
  waiting: number;
  /** Whether the provider refuses the key; null: it could not be asked, or does not tell. */
  is_key_refused: boolean | null;
  /** Why no answer would come now: the provider said so, could not be reached, or may not be asked there. */
  warning: string | null;
}
