import { DomainError, refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { Scope } from '../../base/scope.ts';
import type { ChatRequest, ProviderError } from '../../gateways/ai/provider.ts';
import type { AiCallRow } from '../../store/ai-usage-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import { asFailure, outcomeOf, refusalOf, usedBy } from './ai-failure.ts';
import type { AiLimits } from './ai-limits.ts';
import { aiMeter } from './ai-meter.ts';
import type { AiTarget } from './ai-target.ts';
import type { CallGate } from './call-gate.ts';
import { callWithRetries } from './call-with-retries.ts';
import { crowded } from './waiting-room.ts';

interface AiOnceDeps {
  store: Store;
  limits: AiLimits;
  gate: CallGate;
  botSettings: Pick<BotSettings, 'get'>;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

interface OneCall<T> {
  source: AiCallRow['source'];
  signal: AbortSignal;
  attempt: (signal: AbortSignal, onUse: ChatRequest['onUse']) => Promise<T>;
  mayRepeat: (failure: ProviderError) => boolean;
  /** It counts among what the bot may ask. */
  isLimited: boolean;
}

/** So many of a bot wait for their turn. */
const MOST_WAITING = 10;
const WAIT_MS = 10 * 60_000;

/** Calls that belong to no conversation: each waits its turn as all others do, and is noted whatever comes of it. */
export function aiOnce({ store, limits, gate, botSettings, events, clock }: AiOnceDeps) {
  const waiting = new Map<BotId, number>();

  /** Waits until it may go out. Resolves with what is to be called when it is over. */
  async function turn({ id: botId }: Bot, target: AiTarget, signal: AbortSignal): Promise<() => void> {
    const limit = botSettings.get(botId, 'ai_parallel');
    const wanted = { botId, key: target.slot, origin: target.origin, limit };
    if (signal.aborted) throw refuse('ai.stopped', {});
    const free = gate.pass(wanted);
    if (free) return free;
    const before = waiting.get(botId) ?? 0;
    if (before >= MOST_WAITING) throw refuse('ai.busy', { count: MOST_WAITING });
    waiting.set(botId, before + 1);
    const scope = new Scope();
    const tooLong = new AbortController();
    clock.after(scope, WAIT_MS, () => tooLong.abort(crowded()));
    try {
      return await gate.enter(wanted, AbortSignal.any([signal, tooLong.signal]));
    } catch (error) {
      throw error instanceof DomainError ? error : refuse('ai.stopped', {});
    } finally {
      const left = (waiting.get(botId) ?? 1) - 1;
      if (left === 0) waiting.delete(botId);
      else waiting.set(botId, left);
      await scope.close();
    }
  }

  const note = (call: AiCallRow, settled: () => void) =>
    store.write(async (tx) => {
      await limits.note(tx, call, settled);
      tx.afterCommit(() => events.emit('ai.used', { botId: call.botId }));
    });

  async function call<T>(
    bot: Bot,
    target: AiTarget,
    { source, signal, attempt, mayRepeat }: OneCall<T>,
    used: (result: T) => Partial<AiCallRow>,
    settled: () => void,
  ): Promise<{ result: T; ms: number }> {
    const timeoutS = botSettings.get(bot.id, 'ai_timeout');
    const beganMs = clock.monotonic();
    const base = () => ({
      botId: bot.id,
      provider: target.provider,
      model: target.model,
      requestId: '',
      source,
      inputTokens: 0,
      outputTokens: 0,
      isEstimate: false,
      ms: Math.round(clock.monotonic() - beganMs),
      at: Math.floor(clock.now() / 1_000),
    });
    const meter = aiMeter();
    const metered = (ending: AbortSignal) => meter.during((onUse) => attempt(ending, onUse));
    try {
      const result = await callWithRetries(metered, {
        clock,
        signal,
        timeoutMs: timeoutS * 1_000,
        mayRepeat,
      });
      const row = { ...base(), outcome: 'answered' as const, ...used(result) };
      await note(row, settled);
      return { result, ms: row.ms };
    } catch (error) {
      if (error instanceof DomainError) throw error;
      const failure = asFailure(error);
      await note({ ...base(), ...usedBy(failure, meter.use), outcome: outcomeOf(failure) }, settled);
      throw refusalOf(failure, target, timeoutS);
    }
  }

  /** Resolves with the answer, and how long that took from its turn on. Refuses in words for people. */
  return async function once<T>(
    bot: Bot,
    target: AiTarget,
    one: OneCall<T>,
    used: (result: T) => Partial<AiCallRow> = () => ({}),
  ): Promise<{ result: T; ms: number }> {
    const leave = await turn(bot, target, one.signal);
    let settled = () => {};
    try {
      if (one.isLimited) settled = await limits.take(bot.id);
      return await call(bot, target, one, used, settled);
    } finally {
      settled();
      leave();
    }
  };
}
export type AiOnce = ReturnType<typeof aiOnce>;
