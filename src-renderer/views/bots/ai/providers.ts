import { PROVIDERS } from '../../../../src-shared/ai-providers.ts';
import type { BotAi, ProviderName } from '../../../../src-shared/api/ai.ts';
import type { Text } from '../../../text/use-text.ts';

/** How each of them calls itself, as shortly as it fits a card. */
const NAMES: Record<Exclude<ProviderName, 'compatible'>, string> = {
  openai: 'OpenAI',
  claude: 'Claude',
  gemini: 'Gemini',
  groq: 'Groq',
  mistral: 'Mistral',
  deepseek: 'DeepSeek',
  perplexity: 'Perplexity',
  ollama: 'Ollama',
  openclaw: 'OpenClaw',
};

/** On a card. */
export const cardName = (provider: ProviderName, text: Text): string =>
  provider === 'compatible' ? text.bots.ai.compatible : NAMES[provider];

/** Within a sentence. */
export const nameOf = (provider: ProviderName, text: Text): string =>
  provider === 'compatible' ? text.bots.ai.compatibleServer : NAMES[provider];

/** What is kept of a provider that was set up: of the one in use, and of those before it. */
export interface Kept {
  model: string;
  key: string | null;
  /** The one of its own; empty where the usual one is used. */
  baseUrl: string;
}

export function keptOf(ai: BotAi, provider: ProviderName): Kept | undefined {
  if (provider === ai.provider)
    return { model: ai.model, key: ai.key, baseUrl: ai.has_own_base_url ? ai.base_url : '' };
  const kept = ai.kept.find((one) => one.provider === provider);
  if (!kept) return undefined;
  const isUsual = kept.base_url === PROVIDERS[provider].defaultBaseUrl;
  return { model: kept.model, key: kept.key, baseUrl: isUsual ? '' : kept.base_url };
}

/** The address that questions go to, with the usual one where none is given. */
export const addressOf = (provider: ProviderName, baseUrl: string): string =>
  baseUrl.trim() || PROVIDERS[provider].defaultBaseUrl;

/** Scheme, host and port; undefined for what is no address (yet). */
export const originOf = (address: string): string | undefined =>
  URL.canParse(address) ? new URL(address).origin : undefined;
