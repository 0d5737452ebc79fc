import { z } from 'zod';
import type { PostJson } from './ollama.ts';
import { ProviderError } from './provider-error.ts';

/** `{ ok, runId }`; older versions say 202, newer 200. */
const Accepted = z.object({ runId: z.string().min(1).max(200) });

/** The word of the guide for "whatever agent is there"; OpenClaw's chat endpoint has its own. */
export const agentModel = (model: string): string => (model === 'agent' ? 'openclaw' : model);

/** OpenClaw answers questions only where that is switched on; till then, nothing is at that path. */
export function explainMissingChat(error: unknown): never {
  const isThere = !(error instanceof ProviderError) || error.kind !== 'garbage';
  if (isThere || (error.status !== 404 && error.status !== 405)) throw error;
  throw new ProviderError(
    'bad-request',
    'its chat endpoint is off: switch on gateway.http.endpoints.chatCompletions in OpenClaw',
    { status: error.status },
  );
}

/** Hands a text to the agent, which works on it by itself and answers nobody here. */
export async function triggerAgent(
  post: PostJson,
  text: string,
  signal: AbortSignal,
): Promise<{ runId: string }> {
  const response = await post('/hooks/agent', { message: text.toWellFormed(), name: 'Botmother' }, signal);
  const { success, data } = Accepted.safeParse(await response.json());
  if (!success) throw new ProviderError('garbage', 'the answer is none of OpenClaw');
  return { runId: data.runId.replace(/[^\x21-\x7e]/g, '') };
}
