import type { ProviderName } from './api/ai.ts';

export interface ProviderFacts {
  /** As it calls itself. */
  label: string;
  /** '' = there is none, it has to be given. */
  defaultBaseUrl: string;
  /** Where people get a key, or the program itself. */
  keySite: string;
  needsKey: boolean;
  /** One may be given: self-hosted servers ask for one if their people want that. */
  takesKey: boolean;
  /** Runs on people's own machines: loopback and private addresses, and http, are what they want. */
  selfHosted: boolean;
  /** Names to begin with where no live list can be had; the list is what counts. */
  exampleModels: readonly string[];
}

/** What is known about each provider without asking it. */
export const PROVIDERS: Readonly<Record<ProviderName, ProviderFacts>> = {
  openai: {
    label: 'OpenAI',
    defaultBaseUrl: 'https://api.openai.com/v1',
    keySite: 'https://platform.openai.com/api-keys',
    needsKey: true,
    takesKey: true,
    selfHosted: false,
    exampleModels: ['gpt-4o', 'gpt-4o-mini', 'o1'],
  },
  claude: {
    label: 'Claude (Anthropic)',
    defaultBaseUrl: 'https://api.anthropic.com/v1',
    keySite: 'https://platform.claude.com/settings/keys',
    needsKey: true,
    takesKey: true,
    selfHosted: false,
    exampleModels: ['claude-sonnet-4-5', 'claude-haiku-4-5'],
  },
  gemini: {
    label: 'Gemini (Google)',
    defaultBaseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    keySite: 'https://aistudio.google.com/apikey',
    needsKey: true,
    takesKey: true,
    selfHosted: false,
    exampleModels: ['gemini-2.5-flash', 'gemini-2.5-pro'],
  },
  groq: {
    label: 'Groq',
    defaultBaseUrl: 'https://api.groq.com/openai/v1',
    keySite: 'https://console.groq.com/keys',
    needsKey: true,
    takesKey: true,
    selfHosted: false,
    exampleModels: ['llama-3.3-70b-versatile', 'llama-3.1-8b-instant'],
  },
  mistral: {
    label: 'Mistral',
    defaultBaseUrl: 'https://api.mistral.ai/v1',
    keySite: 'https://console.mistral.ai/api-keys',
    needsKey: true,
    takesKey: true,
    selfHosted: false,
    exampleModels: ['mistral-large-latest', 'mistral-small-latest'],
  },
  deepseek: {
    label: 'DeepSeek',
    defaultBaseUrl: 'https://api.deepseek.com',
    keySite: 'https://platform.deepseek.com/api_keys',
    needsKey: true,
    takesKey: true,
    selfHosted: false,
    exampleModels: ['deepseek-chat', 'deepseek-reasoner'],
  },
  perplexity: {
    label: 'Perplexity',
    defaultBaseUrl: 'https://api.perplexity.ai',
    keySite: 'https://www.perplexity.ai/settings/api',
    needsKey: true,
    takesKey: true,
    selfHosted: false,
    exampleModels: ['sonar', 'sonar-pro'],
  },
  ollama: {
    label: 'Ollama',
    defaultBaseUrl: 'http://localhost:11434',
    keySite: 'https://ollama.com/download',
    needsKey: false,
    takesKey: true,
    selfHosted: true,
    exampleModels: ['llama3', 'phi3', 'gemma'],
  },
  openclaw: {
    label: 'OpenClaw',
    defaultBaseUrl: 'http://localhost:18789',
    keySite: 'https://docs.openclaw.ai/',
    needsKey: true,
    takesKey: true,
    selfHosted: true,
    exampleModels: ['agent'],
  },
  compatible: {
    label: 'OpenAI-compatible server',
    defaultBaseUrl: '',
    keySite: '',
    needsKey: false,
    takesKey: true,
    selfHosted: true,
    exampleModels: [],
  },
};

/** Where questions go below a base URL, as each documents it. OpenAI's own differs from who takes its name. */
const ASK_PATHS: Readonly<Record<ProviderName, string>> = {
  openai: '/responses',
  claude: '/messages',
  gemini: '/models/{model}:generateContent',
  groq: '/chat/completions',
  mistral: '/chat/completions',
  deepseek: '/chat/completions',
  perplexity: '/chat/completions',
  ollama: '/api/chat',
  openclaw: '/v1/chat/completions',
  compatible: '/chat/completions',
};
/** What people paste along with a base URL. */
const BEHIND_BASE =
  /\/(chat\/completions|responses|messages|models|api\/chat|api\/tags|api|hooks\/agent|hooks)$/;

/** The base URL that is meant: the provider's own for '', and without what stands behind it in examples. */
export function plainBaseUrl(provider: ProviderName, baseUrl: string): string {
  const trimmed = baseUrl.trim().replace(/\/+$/, '');
  if (trimmed === '') return PROVIDERS[provider].defaultBaseUrl;
  const base = trimmed.replace(BEHIND_BASE, '');
  // Both are asked at the root of their server, also by who knows their OpenAI side.
  return provider === 'ollama' || provider === 'openclaw' ? base.replace(/\/v1$/, '') : base;
}

/** OpenAI itself has its Responses API; servers that take its name only speak chat completions. */
export const speaksResponses = (baseUrl: string): boolean =>
  /^https:\/\/([a-z0-9-]+\.)*openai\.com(:\d+)?(\/|$)/i.test(baseUrl);

/** The whole address that questions go to; '' = the provider's own base URL. */
export function askAddress(provider: ProviderName, baseUrl: string, model: string): string {
  const base = plainBaseUrl(provider, baseUrl);
  const isImitation = provider === 'openai' && !speaksResponses(base);
  const path = ASK_PATHS[isImitation ? 'compatible' : provider];
  return base + path.replace('{model}', encodeURIComponent(model));
}
