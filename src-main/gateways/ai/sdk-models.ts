import type { LanguageModel } from 'ai';
import type { ProviderName } from '../../../src-shared/api/ai.ts';

/** Providers that the SDK speaks to; OpenClaw's chat endpoint is one more compatible server. */
export type SdkProvider = Exclude<ProviderName, 'ollama' | 'openclaw'> | 'openai-responses';

export interface SdkSettings {
  apiKey: string;
  baseURL: string;
  fetch: typeof globalThis.fetch;
}

/** Models that think before they answer: they take `max_completion_tokens`, and refuse the older name. */
const THINKING_MODEL = /(^|\/)(o\d|gpt-[5-9])/;

function forThinkingModels(body: Record<string, unknown>): Record<string, unknown> {
  const { max_tokens, ...rest } = body;
  const isThinking = typeof body.model === 'string' && THINKING_MODEL.test(body.model);
  return isThinking && max_tokens !== undefined ? { ...rest, max_completion_tokens: max_tokens } : body;
}

/** A chat model of any server that speaks OpenAI's chat completions, with a key or without. */
async function compatible({ apiKey, baseURL, fetch }: SdkSettings, model: string): Promise<LanguageModel> {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  const name = 'compatible';
  const common = { name, baseURL, fetch, includeUsage: true, transformRequestBody: forThinkingModels };
  return createOpenAICompatible({ ...common, ...(apiKey && { apiKey }) }).chatModel(model);
}

/**
 * Each is loaded when the first bot asks it. Key and address are always given: what is left out, the SDK would look for in
 * the environment of this process.
 */
const LOADERS: Record<SdkProvider, (settings: SdkSettings, model: string) => Promise<LanguageModel>> = {
  'openai-responses': async (settings, model) =>
    (await import('@ai-sdk/openai')).createOpenAI(settings).responses(model),
  openai: compatible,
  compatible,
  claude: async (settings, model) =>
    (await import('@ai-sdk/anthropic')).createAnthropic(settings).languageModel(model),
  gemini: async (settings, model) =>
    (await import('@ai-sdk/google')).createGoogleGenerativeAI(settings).languageModel(model),
  groq: async (settings, model) => (await import('@ai-sdk/groq')).createGroq(settings).languageModel(model),
  mistral: async (settings, model) =>
    (await import('@ai-sdk/mistral')).createMistral(settings).languageModel(model),
  deepseek: async (settings, model) =>
    (await import('@ai-sdk/deepseek')).createDeepSeek(settings).languageModel(model),
  perplexity: async (settings, model) =>
    (await import('@ai-sdk/perplexity')).createPerplexity(settings).languageModel(model),
};

export const sdkModel = (
  provider: SdkProvider,
  settings: SdkSettings,
  model: string,
): Promise<LanguageModel> => LOADERS[provider](settings, model);
