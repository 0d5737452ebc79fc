import { DomainError, refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import {
  type ChatAnswer,
  type ChatProvider,
  type ChatRequest,
  ProviderError,
} from '../../gateways/ai/provider.ts';
import type { AiTurn, AiTurnRepository } from '../../store/ai-turn-repository.ts';
import type { AiCallRow } from '../../store/ai-usage-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import { asFailure, defectIn, outcomeOf, refusalOf, usedBy } from './ai-failure.ts';
import type { AiLimits } from './ai-limits.ts';
import { aiMeter } from './ai-meter.ts';
import type { AiSetups } from './ai-setups.ts';
import { type AiTarget, isTrigger } from './ai-target.ts';
import type { CallGate } from './call-gate.ts';
import { callWithRetries } from './call-with-retries.ts';
import { cleaned } from './text/clean-text.ts';

interface AiConversationDeps {
  setups: AiSetups;
  turns: AiTurnRepository;
  limits: AiLimits;
  gate: CallGate;
  open: (target: AiTarget) => ChatProvider;
  botSettings: Pick<BotSettings, 'get'>;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
}

/** What somebody asks. */
export interface Question {
  bot: Bot;
  /** Whose conversation it belongs to. */
  person: string;
  text: string;
  source: 'chat' | 'room' | 'api';
}

/** What came of a question. One of the three is there. */
export interface Exchange {
  question: Question;
  answer?: (ChatAnswer & { model: string }) | undefined;
  /** How many turns the model takes, with these two, where it does not take all. */
  turnsKept?: number | undefined;
  /** An agent has taken it on. */
  runId?: string;
  refusal?: DomainError;
  /** The call that was made; undefined: none was. */
  call: AiCallRow | undefined;
  /** To be called when the call is in a row, or will never be. */
  settled: () => void;
}

/** Asks with somebody's conversation, within all limits, and keeps what came of it. */
export function aiConversation(deps: AiConversationDeps) {
  const { setups, turns, limits, gate, open, botSettings, events, clock, logger } = deps;

  const rowOf = (
    { bot, source }: Question,
    { provider, model }: AiTarget,
    outcome: AiCallRow['outcome'],
    beganMs: number,
    used?: Partial<Pick<AiCallRow, 'inputTokens' | 'outputTokens' | 'requestId' | 'isEstimate'>>,
  ): AiCallRow => ({
    botId: bot.id,
    provider,
    model,
    source,
    outcome,
    requestId: used?.requestId ?? '',
    inputTokens: used?.inputTokens ?? 0,
    outputTokens: used?.outputTokens ?? 0,
    isEstimate: used?.isEstimate ?? false,
    ms: Math.round(clock.monotonic() - beganMs),
    at: Math.floor(clock.now() / 1_000),
  });

  async function call(
    question: Question,
    { target, system }: { target: AiTarget; system: string },
    { signal, onText }: AskOptions,
  ): Promise<Omit<Exchange, 'settled' | 'question'>> {
    const { bot, person, text } = question;
    const timeoutS = botSettings.get(bot.id, 'ai_timeout');
    const beganMs = clock.monotonic();
    let hasBegun = false;
    const meter = aiMeter();
    const options = { clock, signal, timeoutMs: timeoutS * 1_000, mayRepeat: () => !hasBegun };
    try {
      const provider = open(target);
      if (isTrigger(target)) {
        const { runId } = await callWithRetries((ending) => triggered(provider, text, ending), {
          ...options,
          mayRepeat: isNotTaken,
        });
        return { runId, call: rowOf(question, target, 'answered', beganMs) };
      }
      let history: readonly AiTurn[] = turns.of(bot.id, person);
      let isShortened = false;
      const request = {
        model: target.model,
        system,
        maxOutputTokens: botSettings.get(bot.id, 'ai_answer_tokens'),
        onText:
          onText &&
          ((piece: string) => {
            hasBegun = true;
            onText(piece);
          }),
      };
      /** What is too long for the model is said without the oldest of it: nobody has to begin anew. */
      async function attempt(ending: AbortSignal): Promise<ChatAnswer> {
        for (;;) {
          try {
            const said = [...history, { role: 'user' as const, text }];
            const ask = (onUse: ChatRequest['onUse']) =>
              provider.ask({ ...request, turns: said, signal: ending, onUse });
            return checked(await meter.during(ask));
          } catch (error) {
            const isTooLong = error instanceof ProviderError && error.kind === 'too-long';
            if (!isTooLong || history.length === 0 || ending.aborted) throw error;
            history = shorter(history);
            isShortened = true;
          }
        }
      }
      const answer = await callWithRetries(attempt, options);
      const row = rowOf(question, target, 'answered', beganMs, answer);
      const turnsKept = isShortened ? history.length + 2 : undefined;
      return { answer: { ...answer, model: target.model }, call: row, turnsKept };
    } catch (error) {
      const failure = asFailure(error);
      const defect = defectIn(error);
      if (defect) logger.error({ botId: bot.id, ...defect }, 'a question to an AI failed here');
      return {
        refusal: refusalOf(failure, target, timeoutS),
        call: rowOf(question, target, outcomeOf(failure), beganMs, usedBy(failure, meter.use)),
      };
    }
  }

  /** Waits until a call of the bot may go out. Resolves with the set-up that it is asked with. */
  async function itsTurn(bot: Bot, signal: AbortSignal) {
    for (;;) {
      const now = await setups.current(bot);
      const { slot, origin } = now.target;
      const limit = botSettings.get(bot.id, 'ai_parallel');
      const wanted = { botId: bot.id, key: slot, origin, limit };
      signal.throwIfAborted();
      const free = gate.pass(wanted);
      if (free) return { leave: free, setup: now };
      const leave = await gate.enter(wanted, signal);
      try {
        const setup = await setups.current(bot);
        if (setup.target.slot === slot) return { leave, setup };
      } catch (error) {
        leave();
        throw error;
      }
      // It was set up otherwise while it waited: its turn is another one.
      leave();
    }
  }

  return {
    /**
     * Asks, and resolves with what came of it, whatever that is. Nothing is kept until `keep`. Waits while others ask with
     * the same key; `onBegin`: it is its turn.
     */
    async ask(question: Question, options: AskOptions): Promise<Exchange> {
      const { bot } = question;
      const nothing = { question, call: undefined, settled: () => undefined };
      let leave: () => void = () => undefined;
      let settled: () => void = () => undefined;
      try {
        const turn = await itsTurn(bot, options.signal);
        leave = turn.leave;
        settled = await limits.take(bot.id);
        options.onBegin?.();
        return { question, settled, ...(await call(question, turn.setup, options)) };
      } catch (error) {
        settled();
        if (error instanceof DomainError) return { ...nothing, refusal: error };
        if (options.signal.aborted) return { ...nothing, refusal: refuse('ai.stopped', {}) };
        throw error;
      } finally {
        leave();
      }
    },

    /** Writes down what was used, and the two turns of a question that was answered: errors never enter a conversation. */
    async keep(tx: Tx, { question, answer, call, settled, turnsKept }: Exchange): Promise<void> {
      const { bot, person, text } = question;
      if (call) {
        await limits.note(tx, call, settled);
        tx.afterCommit(() => events.emit('ai.used', { botId: bot.id }));
      }
      // It may have been switched off, which forgets, while it was answered.
      if (!answer || !(await setups.isOnIn(tx, bot.id))) return;
      turns.add(tx, bot.id, person, {
        question: text,
        answer: answer.text,
        at: Math.floor(clock.now() / 1_000),
        kept: turnsKept,
      });
    },
  };
}
export type AiConversation = ReturnType<typeof aiConversation>;

/** The answer without what nobody could see or send. */
export function checked(answer: ChatAnswer): ChatAnswer {
  const { requestId, inputTokens, outputTokens } = answer;
  const text = cleaned(answer.text).trim();
  if (text === '') {
    const tokens = { input: inputTokens, output: outputTokens };
    throw new ProviderError('empty', 'the answer is empty', { requestId, tokens });
  }
  return { ...answer, text, reasoning: cleaned(answer.reasoning).trim() };
}

/** Half of what was said before, beginning with the user; nothing of it in the end. */
const shorter = (history: readonly AiTurn[]): readonly AiTurn[] =>
  history.slice(history.length - 2 * Math.floor(history.length / 4));

export interface AskOptions {
  signal: AbortSignal;
  onText?: ((piece: string) => void) | undefined;
  onBegin?: () => void;
}

/** An agent begins to work as soon as it is told: only who said that it has not taken it on is told again. */
export const isNotTaken = ({ kind }: ProviderError): boolean => kind === 'rate';

export async function triggered(
  provider: ChatProvider,
  text: string,
  signal: AbortSignal,
): Promise<{ runId: string }> {
  if (!provider.trigger) throw refuse('ai.no-agent', {});
  return provider.trigger(text, signal);
}
