import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { ChatProvider } from '../../gateways/ai/provider.ts';
import type { AiTarget } from './ai-target.ts';

/** A few hundred KB each. */
const KEPT = 100;

/**
 * Providers as they are set up, kept while they are asked: what a provider's library puts together before the first question
 * costs more than a question. They hold keys, so none outlives a change of any set-up.
 */
export function openedProviders(
  open: (target: AiTarget) => ChatProvider,
  events: Emitter<EngineEvents>,
): (target: AiTarget) => ChatProvider {
  const kept = new Map<string, ChatProvider>();
  const forget = () => kept.clear();
  events.on('ai.changed', forget);
  events.on('bot.deleted', forget);

  return (target) => {
    const name = `${target.provider} ${target.slot} ${target.baseUrl}`;
    const provider = kept.get(name) ?? open(target);
    // The one that was asked last stands last.
    kept.delete(name);
    kept.set(name, provider);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return provider;
  };
}
