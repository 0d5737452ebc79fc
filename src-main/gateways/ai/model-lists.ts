import { z } from 'zod';
import type { ProviderName } from '../../../src-shared/api/ai.ts';
import type { ChatModel } from './chat.ts';
import { ProviderError } from './provider-error.ts';

/** Asks for one page of a list and reads its JSON. */
export type GetJson = (path: string) => Promise<unknown>;

const PAGES = 10;
/** A list that long may have been longer. */
export const MOST_MODELS = 5_000;
const ID_LENGTH = 200;
const Id = z.string().min(1);
const OpenAiModel = z.object({
  id: Id,
  capabilities: z.object({ completion_chat: z.boolean() }).partial().nullish(),
});
/** Some servers leave out what is around the list. */
const OpenAiList = z.union([z.object({ data: z.array(OpenAiModel) }), z.array(OpenAiModel)]);
const AnthropicList = z.object({
  data: z.array(z.object({ id: Id })),
  has_more: z.boolean().nullish(),
  last_id: z.string().nullish(),
});
const GeminiList = z.object({
  models: z
    .array(z.object({ name: Id, supportedGenerationMethods: z.array(z.string()).nullish() }))
    .nullish(),
  nextPageToken: z.string().nullish(),
});
const OllamaList = z.object({ models: z.array(z.object({ name: Id })) });

/** Models of the same list that answer no text questions, as their names have it. */
const OTHER =
  /^(text-embedding|omni-moderation|text-moderation|whisper|tts-|dall-e|gpt-image|sora|babbage|davinci)|-(transcribe|tts|realtime|embed|embedding)\b|^whisper|guard/;

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data } = schema.safeParse(value);
  if (success) return data;
  throw new ProviderError('garbage', 'its list of models is none');
}

async function openAiList(get: GetJson, path = '/models'): Promise<string[]> {
  const list = read(OpenAiList, await get(path));
  return (Array.isArray(list) ? list : list.data)
    .filter(({ capabilities }) => capabilities?.completion_chat !== false)
    .map(({ id }) => id);
}

async function anthropicList(get: GetJson): Promise<string[]> {
  const ids: string[] = [];
  let after = '';
  for (let page = 0; page < PAGES; page++) {
    const list = read(AnthropicList, await get(`/models?limit=1000${after}`));
    ids.push(...list.data.map(({ id }) => id));
    if (!list.has_more || !list.last_id) break;
    after = `&after_id=${encodeURIComponent(list.last_id)}`;
  }
  return ids;
}

async function geminiList(get: GetJson): Promise<string[]> {
  const ids: string[] = [];
  let token = '';
  for (let page = 0; page < PAGES; page++) {
    const list = read(GeminiList, await get(`/models?pageSize=1000${token}`));
    for (const { name, supportedGenerationMethods: methods } of list.models ?? [])
      if (!methods || methods.includes('generateContent')) ids.push(name.replace(/^models\//, ''));
    if (!list.nextPageToken) break;
    token = `&pageToken=${encodeURIComponent(list.nextPageToken)}`;
  }
  return ids;
}

async function ollamaList(get: GetJson): Promise<string[]> {
  return read(OllamaList, await get('/api/tags')).models.map(({ name }) => name);
}

const LISTS: Record<ProviderName, (get: GetJson) => Promise<string[]>> = {
  openai: openAiList,
  groq: openAiList,
  mistral: openAiList,
  deepseek: openAiList,
  compatible: openAiList,
  openclaw: (get) => openAiList(get, '/v1/models'),
  claude: anthropicList,
  gemini: geminiList,
  ollama: ollamaList,
  // It lists models of another API of its own only, and to everybody.
  perplexity: async () => [],
};

/** Those that list models of every kind, and do not say which is which. */
const HAS_OTHERS: ReadonlySet<ProviderName> = new Set([
  'openai',
  'groq',
  'mistral',
  'deepseek',
  'compatible',
  'openclaw',
]);

/** The models that a provider has at the moment; empty for one that does not tell. */
export async function modelList(provider: ProviderName, get: GetJson): Promise<ChatModel[]> {
  const ids = (await LISTS[provider](get)).filter((id) => id.length <= ID_LENGTH && !/[^\x21-\x7e]/.test(id));
  return [...new Set(ids)]
    .slice(0, MOST_MODELS)
    .map((id) => (HAS_OTHERS.has(provider) && OTHER.test(id) ? { id, isOther: true } : { id }));
}
