import type { BotAiTested } from '../../../src-shared/api/ai.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { Language } from '../../../src-shared/text/translate.ts';
import { translate } from '../../../src-shared/text/translate.ts';
import type { ChatProvider, ChatRequest } from '../../gateways/ai/provider.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import { sourcesOf } from './ai-answer.ts';
import { type AiConversation, checked, type Exchange, isNotTaken, triggered } from './ai-conversation.ts';
import type { AiLimits } from './ai-limits.ts';
import type { AiOnce } from './ai-once.ts';
import type { AiAnswer, AiService } from './ai-service.ts';
import type { AiSetups } from './ai-setups.ts';
import { type AiTarget, isTrigger } from './ai-target.ts';
import type { Lanes } from './lanes.ts';
import { cleaned } from './text/clean-text.ts';
import { noRoom } from './waiting-room.ts';

interface AiAskingDeps {
  store: Store;
  setups: AiSetups;
  lanes: Lanes;
  limits: Pick<AiLimits, 'checkMonth'>;
  once: AiOnce;
  conversation: AiConversation;
  open: (target: AiTarget) => ChatProvider;
  botSettings: Pick<BotSettings, 'get'>;
  languageOf: (bot: Bot) => Promise<Language>;
}

/** Questions whose answers somebody waits for: a program's, and those with which a set-up is tried. */
export function aiAsking(deps: AiAskingDeps): Pick<AiService, 'ask' | 'test' | 'trigger'> {
  const { store, setups, lanes, limits, once, conversation, open, botSettings, languageOf } = deps;

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
        const how = { source: 'test', signal, attempt, mayRepeat: isNotTaken, isLimited: false } as const;
        const { result, ms } = await once(bot, target, how);
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
      const attempt = async (ending: AbortSignal, onUse: ChatRequest['onUse']) =>
        checked(await open(target).ask({ ...request, signal: ending, onUse }));
      const { result: answer, ms } = await once(
        bot,
        target,
        { source: 'test', signal, attempt, mayRepeat: () => !hasBegun, isLimited: false },
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

    async trigger(bot, text, signal = new AbortController().signal): Promise<{ runId: string }> {
      const { target } = await setups.current(bot);
      if (target.provider !== 'openclaw') throw refuse('ai.no-agent', {});
      const attempt = (ending: AbortSignal) => triggered(open(target), text, ending);
      const how = { source: 'api', signal, attempt, mayRepeat: isNotTaken, isLimited: true } as const;
      return (await once(bot, target, how)).result;
    },
  };
}
