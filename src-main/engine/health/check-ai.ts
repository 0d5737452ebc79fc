import type { AiOutcome, AiUse, BotAi } from '../../../src-shared/api/ai.ts';
import type { HealthCode } from '../../../src-shared/text/health-en.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { HealthLevel, Observation } from './observation.ts';

/** What the last answer says about an AI. The others say nothing: somebody stopped it, or it was about the question. */
const SAYS: Readonly<Partial<Record<AiOutcome, { level: HealthLevel; code: HealthCode }>>> = {
  answered: { level: 'ok', code: 'ai.answers' },
  key: { level: 'error', code: 'ai.key' },
  model: { level: 'error', code: 'ai.model' },
  quota: { level: 'error', code: 'ai.quota' },
  refused: { level: 'error', code: 'ai.refused' },
  unreachable: { level: 'warning', code: 'ai.unreachable' },
  timeout: { level: 'warning', code: 'ai.timeout' },
  failed: { level: 'warning', code: 'ai.failed' },
  rate: { level: 'note', code: 'ai.busy' },
  busy: { level: 'note', code: 'ai.busy' },
};

/** Whether the AI of a bot answered when it was asked last, as it is set up now. Nobody is asked for this. */
export function observeAi(
  { id, name, owner }: Pick<Bot, 'id' | 'name' | 'owner'>,
  { enabled, configured, provider, model }: Pick<BotAi, 'enabled' | 'configured' | 'provider' | 'model'>,
  calls: readonly Pick<AiUse['calls'][number], 'provider' | 'model' | 'outcome'>[],
): Observation[] {
  if (!enabled || !configured || provider === null) return [];
  const told = calls.find(
    (call) => call.provider === provider && call.model === model && SAYS[call.outcome] !== undefined,
  );
  const said = told && SAYS[told.outcome];
  if (!said) return [];
  const values = { bot: name, id, provider, model };
  const isFine = said.level === 'ok' || said.level === 'note';
  return [{ ...said, values, botId: id, account: owner, ...(!isFine && { action: 'bot-ai' as const }) }];
}
