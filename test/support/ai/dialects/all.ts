import type { ProviderName } from '../../../../src-shared/api/ai.ts';
import { anthropicMessages } from './anthropic.ts';
import type { Dialect } from './dialect.ts';
import { gemini } from './gemini.ts';
import { ollama } from './ollama.ts';
import { chatCompletions, PROVIDERS_WORDS } from './openai-chat.ts';
import { openAiResponses } from './openai-responses.ts';

/** What each provider speaks, and the models that its stub has. */
export const DIALECTS: Record<
  ProviderName,
  { dialects: readonly [Dialect, ...Dialect[]]; models: readonly string[] }
> = {
  // Who is not at its own address is asked for chat completions.
  openai: {
    dialects: [openAiResponses, chatCompletions({ basePath: '/v1' })],
    models: ['gpt-4o', 'gpt-4o-mini', 'o1', 'text-embedding-3-small'],
  },
  claude: { dialects: [anthropicMessages], models: ['claude-sonnet-4-20250514', 'claude-haiku-4-5'] },
  gemini: { dialects: [gemini], models: ['gemini-2.5-flash', 'gemini-2.5-pro', 'gemini-embedding-001'] },
  groq: {
    dialects: [chatCompletions({ basePath: '/openai/v1', reasoningField: 'reasoning', usageIn: 'x_groq' })],
    models: ['llama-3.3-70b-versatile', 'llama-3.1-8b-instant', 'whisper-large-v3'],
  },
  mistral: {
    dialects: [
      chatCompletions({
        basePath: '/v1',
        reasoningField: 'parts',
        noModel: { status: 400, code: '1500' },
        error: (_status, code) => ({
          object: 'error',
          message: PROVIDERS_WORDS,
          type: code === '1500' ? 'invalid_model' : 'invalid_request_error',
          param: null,
          code: code ?? null,
        }),
        models: (ids) => ({
          object: 'list',
          data: ids.map((id) => ({
            id,
            object: 'model',
            created: 1,
            capabilities: { completion_chat: !id.includes('embed') },
          })),
        }),
      }),
    ],
    models: ['mistral-large-latest', 'mistral-small-latest', 'mistral-embed'],
  },
  deepseek: {
    dialects: [
      chatCompletions({
        basePath: '',
        reasoningField: 'reasoning_content',
        noModel: { status: 400, code: 'Model Not Exist' },
        error: (status, code) => ({
          error: {
            message: code ?? PROVIDERS_WORDS,
            type: status === 401 ? 'authentication_error' : 'invalid_request_error',
            param: null,
            code: 'invalid_request_error',
          },
        }),
      }),
    ],
    models: ['deepseek-chat', 'deepseek-reasoner'],
  },
  perplexity: {
    dialects: [
      chatCompletions({
        basePath: '',
        modelsPath: '/there-is-no-list',
        noModel: { status: 400, code: 'invalid_model' },
        error: (status, code) => ({
          error: { message: PROVIDERS_WORDS, type: code ?? 'error', code: status },
        }),
      }),
    ],
    models: ['sonar', 'sonar-pro'],
  },
  ollama: { dialects: [ollama], models: ['llama3', 'phi3'] },
  openclaw: {
    dialects: [chatCompletions({ basePath: '', chatPath: '/v1/chat/completions', modelsPath: '/v1/models' })],
    models: ['openclaw', 'openclaw/default'],
  },
  compatible: { dialects: [chatCompletions({ basePath: '/v1' })], models: ['local-model', 'o3-mini'] },
};
