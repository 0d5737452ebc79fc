import type { BotAiTested } from '../../../src-shared/api/ai.ts';
import { DomainError, refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Language } from '../../../src-shared/text/translate.ts';
import { translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { ChatProvider, ProviderError } from '../../gateways/ai/provider.ts';
import type { AiCallRow } from '../../store/ai-usage-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import { sourcesOf } from './ai-answer.ts';
import { type AiConversation, checked, type Exchange, isNotTaken, triggered } from './ai-conversation.ts';
import { asFailure, outcomeOf, refusalOf, usedBy } from './ai-failure.ts';
import type { AiLimits } from './ai-limits.ts';
import type { AiAnswer, AiService } from './ai-service.ts';
import type { AiSetups } from './ai-setups.ts';
import { type AiTarget, isTrigger } from './ai-target.ts';
import { callWithRetries } from './call-with-retries.ts';
import type { Lanes } from './lanes.ts';
import { cleaned } from './text/clean-text.ts';
import { noRoom } from './waiting-room.ts';

interface AiAskingDeps {
  store: Store;
  setups: AiSetups;
  lanes: Lanes;
  limits: AiLimits;
  conversation: AiConversation;
  open: (target: AiTarget) => ChatProvider;
  botSettings: Pick<BotSettings, 'get'>;
  languageOf: (bot: Bot) => Promise<Language>;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

/** Questions whose answers somebody waits for: a program's, and those with which a set-up is tried. */
export function aiAsking(deps: AiAskingDeps): Pick<AiService, 'ask' | 'test' | 'trigger'> {
  const { store, setups, lanes, limits, conversation, open, botSettings, languageOf, events, clock } = deps;

  async function answerOf(bot: Bot, { answer, runId, question }: Exchange, model: string): Promise<AiAnswer> {
    if (runId !== undefined) {
      const text = translate(await languageOf(bot))('ai.accepted', { id: runId });
      const none = { reasoning: null, sources: [], tokens: { input: 0, output: 0 }, isCut: false };
      return { ...none, text, model, runId };
    }
    if (!answer) throw new Error(`a question of bot ${question.bot.id} has neither answer nor refusal`);
    const hasReasoning = botSettings.get(bot.id, 'reasoning') === 'spoiler' && answer.reasoning !== '';
    return {
      text: answer.text,
      reasoning: hasReasoning ? answer.reasoning : null,
      sources: sourcesOf(answer),
      model: answer.model,
      tokens: { input: answer.inputTokens, output: answer.outputTokens },
      isCut: answer.finish === 'length',
      runId: null,
    };
  }

  /** Notes a call that belongs to no conversation. */
  const note = (call: AiCallRow) =>
    store.write(async (tx) => {
      await limits.note(tx, call);
      tx.afterCommit(() => events.emit('ai.used', { botId: call.botId }));
    });

  /** A call outside of any conversation, noted whatever comes of it. */
  async function callOnce<T>(
    bot: Bot,
    target: AiTarget,
    { source, signal, attempt, mayRepeat }: OneCall<T>,
    used: (result: T) => Partial<AiCallRow>,
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
      ms: Math.round(clock.monotonic() - beganMs),
      at: Math.floor(clock.now() / 1_000),
    });
    try {
      const result = await callWithRetries(attempt, {
        clock,
        signal,
        timeoutMs: timeoutS * 1_000,
        mayRepeat,
      });
      const call = { ...base(), outcome: 'answered' as const, ...used(result) };
      await note(call);
      return { result, ms: call.ms };
    } catch (error) {
      if (error instanceof DomainError) throw error;
      const failure = asFailure(error);
      await note({ ...base(), ...usedBy(failure), outcome: outcomeOf(failure) });
      throw refusalOf(failure, target, timeoutS);
    }
  }

  return {
    async ask(bot, person, question, { signal, source }): Promise<AiAnswer> {
      const { target } = await setups.current(bot);
      const full = noRoom(lanes.counts(bot.id, person));
      if (full) throw full;
      const { promise, resolve, reject } = Promise.withResolvers<AiAnswer>();
      const leaving = signal ?? new AbortController().signal;
      lanes.add({
        botId: bot.id,
        person,
        drop: () => reject(refuse('ai.stopped', {})),
        async run(ending) {
          try {
            const both = AbortSignal.any([ending, leaving]);
            const asked = { bot, person, text: question, source };
            const exchange = await conversation.ask(asked, { signal: both });
            // Who has gone does not read it: then it was never said.
            const kept = leaving.aborted ? { ...exchange, answer: undefined } : exchange;
            await store.write((tx) => conversation.keep(tx, kept)).finally(exchange.settled);
            if (exchange.refusal) throw exchange.refusal;
            resolve(await answerOf(bot, exchange, target.model));
          } catch (error) {
            reject(error);
          }
        },
      });
      return promise;
    },

    async test(bot, draft, question, { signal, onText }): Promise<BotAiTested> {
      const { target, system } = await setups.draft(bot, draft);
      await limits.checkMonth(bot.id);
      if (isTrigger(target)) {
        const attempt = (ending: AbortSignal) => triggered(open(target), question, ending);
        const { result, ms } = await callOnce(
          bot,
          target,
          { source: 'test', signal, attempt, mayRepeat: isNotTaken },
          () => ({}),
        );
        const text = translate(await languageOf(bot))('ai.accepted', { id: result.runId });
        onText(text);
        const none = { reasoning: null, sources: [], request_id: '', is_cut: false };
        return { ...none, text, ms, tokens: { input: 0, output: 0 } };
      }
      let hasBegun = false;
      const request = {
        model: target.model,
        system,
        turns: [{ role: 'user' as const, text: question }],
        maxOutputTokens: botSettings.get(bot.id, 'ai_answer_tokens'),
        onText(piece: string) {
          hasBegun = true;
          onText(cleaned(piece));
        },
      };
      const attempt = async (ending: AbortSignal) =>
        checked(await open(target).ask({ ...request, signal: ending }));
      const { result: answer, ms } = await callOnce(
        bot,
        target,
        { source: 'test', signal, attempt, mayRepeat: () => !hasBegun },
        ({ inputTokens, outputTokens, requestId }) => ({ inputTokens, outputTokens, requestId }),
      );
      return {
        text: answer.text,
        reasoning: answer.reasoning || null,
        sources: sourcesOf(answer),
        ms,
        tokens: { input: answer.inputTokens, output: answer.outputTokens },
        request_id: answer.requestId,
        is_cut: answer.finish === 'length',
      };
    },

    async trigger(bot, text): Promise<{ runId: string }> {
      const { target } = await setups.current(bot);
      if (target.provider !== 'openclaw') throw refuse('ai.no-agent', {});
      const settled = await limits.take(bot.id);
      try {
        const attempt = (ending: AbortSignal) => triggered(open(target), text, ending);
        const { signal } = new AbortController();
        return (
          await callOnce(bot, target, { source: 'api', signal, attempt, mayRepeat: isNotTaken }, () => ({}))
        ).result;
      } finally {
        settled();
      }
    },
  };
}

interface OneCall<T> {
  source: AiCallRow['source'];
  signal: AbortSignal;
  attempt: (signal: AbortSignal) => Promise<T>;
  mayRepeat: (failure: ProviderError) => boolean;
}
