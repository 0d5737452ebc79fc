import type { lookup } from 'node:dns';
import { checkServerIdentity, createSecureContext } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { AddressPolicy } from '../../../src-main/base/address-guard.ts';
import { HttpClient } from '../../../src-main/base/http-client.ts';
import { createLogger } from '../../../src-main/base/logger.ts';
import {
  type ChatAnswer,
  type ChatRequest,
  openProvider,
  type ProviderDeps,
  ProviderError,
  type ProviderSettings,
} from '../../../src-main/gateways/ai/provider.ts';
import type { ProviderName } from '../../../src-shared/api/ai.ts';
import { makeCertificates } from '../xmpp-certificates.ts';
import { type AiStubOptions, startAiStub } from './ai-stub.ts';

export const KEY = 'sk-test-0123456789abcdef';
const LOCAL: AddressPolicy = { allowLoopback: true, allowPrivate: [], ownPorts: [] };

interface RigOptions extends Partial<Omit<AiStubOptions, 'provider'>> {
  settings?: Partial<ProviderSettings>;
  deps?: Partial<ProviderDeps>;
  policy?: AddressPolicy;
}

/** Only OpenAI is known by its name: it is asked at that one, over TLS, and found on loopback. */
const AT_OPENAI = 'api.openai.com';
const certificates = () => makeCertificates(AT_OPENAI);
let made: ReturnType<typeof certificates> | undefined;

/** A provider as the product opens it, and the stub that it is set to. */
export async function providerRig(provider: ProviderName, options: RigOptions = {}) {
  const { settings, deps, policy = LOCAL, ...stubOptions } = options;
  const isOpenAi = provider === 'openai';
  if (isOpenAi) made ??= certificates();
  const stub = await startAiStub({
    provider,
    key: KEY,
    ...(isOpenAi && made && { certificate: made }),
    ...stubOptions,
  });
  const toLoopback = ((_name: string, _options: unknown, callback: (...found: unknown[]) => void) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as typeof lookup;
  const trust = isOpenAi &&
    made && { secureContext: createSecureContext({ ca: made.ca }), checkServerIdentity };
  const http = trust ? new HttpClient(() => policy, toLoopback, trust) : new HttpClient(() => policy);
  onTestFinished(() => http.close());
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line: string) => void lines.push(line) });
  const opened = openProvider(
    {
      provider,
      apiKey: KEY,
      baseUrl: isOpenAi ? `https://${AT_OPENAI}:${stub.port}/v1` : stub.baseUrl,
      ...settings,
    },
    { http, allowPrivate: () => false, logger, ...deps },
  );
  const [model = ''] = stub.models;

  const requestOf = (request: Partial<ChatRequest>): ChatRequest => ({
    model,
    system: 'You are a test.',
    turns: [
      { role: 'user', text: 'First question' },
      { role: 'assistant', text: 'First answer' },
      { role: 'user', text: 'Why is the sky blue?' },
    ],
    maxOutputTokens: 512,
    signal: new AbortController().signal,
    ...request,
  });
  const pieces: string[] = [];
  return {
    stub,
    provider: opened,
    model,
    /** Pieces of everything that was streamed. */
    pieces,
    /** The log. */
    lines,
    ask: (request: Partial<ChatRequest> = {}): Promise<ChatAnswer> => opened.ask(requestOf(request)),
    askStreamed: (request: Partial<ChatRequest> = {}): Promise<ChatAnswer> =>
      opened.ask(requestOf({ onText: (piece) => void pieces.push(piece), ...request })),
    models: () => opened.models(new AbortController().signal),
  };
}
export type ProviderRig = Awaited<ReturnType<typeof providerRig>>;

/** What something fails with. */
export async function problemOf(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.then(
    (value) => new Error(`it succeeded: ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (error instanceof ProviderError) return error;
  throw error;
}
