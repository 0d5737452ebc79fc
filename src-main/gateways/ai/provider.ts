import { PROVIDERS, plainBaseUrl, speaksResponses } from '../../../src-shared/ai-providers.ts';
import type { ProviderName } from '../../../src-shared/api/ai.ts';
import type { HttpClient } from '../../base/http-client.ts';
import type { Logger } from '../../base/logger.ts';
import type { ChatProvider, ChatRequest } from './chat.ts';
import { asProviderError } from './failures.ts';
import { modelList } from './model-lists.ts';
import { askOllama } from './ollama.ts';
import { agentModel, explainMissingChat, triggerAgent } from './openclaw.ts';
import { ProviderError } from './provider-error.ts';
import { askStreamed, askWhole } from './sdk-ask.ts';
import { type SdkProvider, sdkModel } from './sdk-models.ts';
import { providerFetch, type TransportTimes } from './transport.ts';

export type { ChatAnswer, ChatModel, ChatProvider, ChatRequest, ChatTurn, ChatUse } from './chat.ts';
export { MOST_MODELS } from './model-lists.ts';
export { ProviderError, type ProviderErrorKind } from './provider-error.ts';

export interface ProviderSettings {
  provider: ProviderName;
  apiKey: string | undefined;
  /** '' = the provider's own. */
  baseUrl: string;
  /** Sent with every request: what a gateway in front of a self-hosted server asks for. */
  headers?: Readonly<Record<string, string>> | undefined;
}

export interface ProviderDeps {
  http: HttpClient;
  /** Whether this origin may be of this machine or its surroundings, and plain http there. */
  allowPrivate: (url: URL) => boolean;
  logger: Logger;
  times?: Partial<TransportTimes>;
  now?: () => number;
}

/** A list is there at once or not at all. */
const LIST_TIMES = { answerMs: 20_000, stallMs: 20_000, totalMs: 60_000 };
/** They say with the first frames of a stream what it uses; others with the last one. */
const TELL_EARLY: ReadonlySet<SdkProvider> = new Set(['claude', 'gemini', 'perplexity']);
const ANTHROPIC_VERSION = '2023-06-01';

/** A provider as set up. Nothing is loaded, looked up or sent before it is asked. */
export function openProvider(settings: ProviderSettings, deps: ProviderDeps): ChatProvider {
  const { provider, apiKey = '', headers = {} } = settings;
  const base = plainBaseUrl(provider, settings.baseUrl);
  const fetch = providerFetch({ ...deps, provider, headers });

  function authorization(): Record<string, string> {
    if (apiKey === '') return {};
    if (provider === 'claude') return { 'x-api-key': apiKey, 'anthropic-version': ANTHROPIC_VERSION };
    if (provider === 'gemini') return { 'x-goog-api-key': apiKey };
    return { authorization: `Bearer ${apiKey}` };
  }

  async function getJson(path: string, signal: AbortSignal): Promise<unknown> {
    return (await fetch(base + path, { headers: authorization(), signal }, LIST_TIMES)).json();
  }
  function postJson(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const all = { ...authorization(), 'content-type': 'application/json' };
    return fetch(base + path, { method: 'POST', headers: all, body: JSON.stringify(body), signal });
  }

  /** The last one that was asked: the SDK puts a lot together for each. */
  let made: { name: string; model: ReturnType<typeof sdkModel> } | undefined;
  function modelOf(provider: SdkProvider, baseURL: string, model: string) {
    const name = `${provider} ${baseURL} ${model}`;
    if (made?.name !== name) {
      const own = { name, model: sdkModel(provider, { apiKey, baseURL, fetch }, model) };
      made = own;
      own.model.catch(() => {
        if (made === own) made = undefined;
      });
    }
    return made.model;
  }
  async function askSdk(name: SdkProvider, baseURL: string, request: ChatRequest) {
    const model = await modelOf(name, baseURL, request.model);
    if (!request.onText) return askWhole(model, request);
    return askStreamed(model, request, { onText: request.onText, tellsEarly: TELL_EARLY.has(name) });
  }
  async function ask(request: ChatRequest) {
    if (provider === 'ollama') return askOllama(postJson, request);
    if (provider !== 'openclaw') return askSdk(sdkProvider(provider, base), base, request);
    const agent = { ...request, model: agentModel(request.model) };
    return askSdk('compatible', `${base}/v1`, agent).catch(explainMissingChat);
  }

  /** What can be known without asking, and whatever goes wrong as one of the ways that are told about. */
  async function safely<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      signal.throwIfAborted();
      if (!URL.canParse(base))
        throw new ProviderError('refused-address', 'its base URL is not a complete address');
      if (apiKey === '' && PROVIDERS[provider].needsKey) throw new ProviderError('key', 'there is no key');
      if (/[^\x21-\x7e]/.test(apiKey))
        throw new ProviderError('key', 'the key has characters in it that no key has');
      return await work();
    } catch (error) {
      throw asProviderError(error, signal);
    }
  }

  return {
    ask: (request) => safely(request.signal, () => ask(request)),
    models: (signal) => safely(signal, () => modelList(provider, (path) => getJson(path, signal))),
    ...(provider === 'openclaw' && {
      trigger: (text: string, signal: AbortSignal) =>
        safely(signal, () => triggerAgent(postJson, text, signal)),
    }),
  };
}

function sdkProvider(provider: Exclude<ProviderName, 'ollama' | 'openclaw'>, base: string): SdkProvider {
  return provider === 'openai' && speaksResponses(base) ? 'openai-responses' : provider;
}
