import type { MessageId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { fullJitterMs } from '../../base/retry.ts';
import { Scope } from '../../base/scope.ts';
import type { AiQuestion, AiQuestionRepository } from '../../store/ai-question-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { Post } from '../messages/post.ts';
import { partsOf, thoughtsOf } from './ai-answer.ts';
import type { AiConversation, Exchange } from './ai-conversation.ts';
import type { AiTelling, Speaking } from './ai-telling.ts';

/** What the AI of a bot said to somebody, and the first of its messages. */
export type AiAnswered = (
  tx: Tx,
  answer: { bot: Bot; to: BareJid; text: string; name: MessageId | undefined },
) => Promise<void>;

interface AiEndingsDeps {
  store: Store;
  questions: AiQuestionRepository;
  bots: Pick<BotRepository, 'byId'>;
  botSettings: Pick<BotSettings, 'get'>;
  post: Pick<Post, 'prepare'>;
  conversation: AiConversation;
  telling: AiTelling;
  onAnswer: AiAnswered;
  clock: Clock;
  logger: Logger;
}

interface Ending {
  /** The message that shows the answer already. */
  shown: MessageId | undefined;
  /** What was written of it, where it was stopped. */
  soFar: string;
  /** It is asked again later, unless it was answered. */
  isToStay: boolean;
  /** Nobody waits for it any more. */
  signal: AbortSignal;
}

const BACK_OFF = { baseMs: 500, capMs: 30_000 };
/** An answer that was paid for is kept in memory for so many tries. */
const TRIES = 20;

/** A break that grows with each failure, and ends when the signal says so. */
export async function restUnless(clock: Clock, signal: AbortSignal, failures: number): Promise<void> {
  if (signal.aborted) return;
  const scope = new Scope();
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  clock.after(scope, BACK_OFF.baseMs + fullJitterMs(failures, BACK_OFF), resolve);
  await promise.finally(() => scope.close());
}

/** Ends questions: their answers, what was used and both turns are one unit, in which the question goes. */
export function aiEndings(deps: AiEndingsDeps) {
  const { store, questions, bots, botSettings, post, conversation, telling, onAnswer, clock, logger } = deps;

  async function say(
    tx: Tx,
    speaking: Speaking,
    { answer, runId }: Exchange,
    shown: MessageId | undefined,
  ): Promise<void> {
    const t = await telling.translate(speaking.bot, tx);
    if (runId !== undefined) {
      await telling.put(tx, speaking, t('ai.accepted', { id: runId }), { isFirst: true, isPlain: true });
      return;
    }
    if (!answer) return;
    const { parts } = partsOf(answer, t);
    const isShowing = botSettings.get(speaking.bot.id, 'reasoning') === 'spoiler';
    const thoughts = isShowing && answer.reasoning !== '' ? thoughtsOf(answer.reasoning) : undefined;
    if (thoughts !== undefined) await telling.put(tx, speaking, thoughts, { spoiler: t('ai.thoughts') });
    let name = shown;
    for (const [index, part] of parts.entries()) {
      const corrects = index === 0 ? shown : undefined;
      const id = await telling.put(tx, speaking, part, { isFirst: index === 0, corrects });
      if (index === 0) name ??= id;
    }
    const { bot, place } = speaking;
    if (!place.isRoom && name !== undefined)
      await onAnswer(tx, { bot, to: place.to, text: parts.join('\n\n'), name });
  }

  /** An answer that ended while it was shown: what is there of it stays. */
  async function leave(tx: Tx, speaking: Speaking, { shown, soFar }: Ending): Promise<void> {
    const t = await telling.translate(speaking.bot, tx);
    const [part] = partsOf({ text: soFar, sources: [], finish: 'stop' }, t).parts;
    if (shown !== undefined && part !== undefined)
      await telling.put(tx, speaking, part, { isFirst: true, corrects: shown });
  }

  async function settle(
    tx: Tx,
    { id }: AiQuestion,
    speaking: Speaking,
    exchange: Exchange,
    ending: Ending,
  ): Promise<void> {
    if (ending.isToStay && !exchange.answer && exchange.runId === undefined) {
      await conversation.keep(tx, exchange);
      return;
    }
    const isOpen = await questions.end(tx, id);
    const bot = await bots.byId(speaking.bot.id, tx);
    const isAnswered = isOpen && bot?.status === 'active';
    // It was stopped: what it used is noted, and nothing more is said.
    await conversation.keep(tx, isAnswered ? exchange : { ...exchange, answer: undefined });
    if (!bot) return;
    if (!isAnswered) await leave(tx, speaking, ending);
    else if (exchange.refusal) {
      // What somebody has read stays; what went wrong is said below it.
      const isRead = ending.shown !== undefined && ending.soFar !== '';
      if (isRead) await leave(tx, speaking, ending);
      const how = isRead ? { isDue: true } : { corrects: ending.shown };
      await telling.fail(tx, speaking, exchange.refusal, how);
    } else {
      await say(tx, speaking, exchange, ending.shown);
      tx.afterCommit(() => telling.well(speaking));
    }
  }

  return {
    /**
     * Ends a question with what came of it, unless it was ended before. It is not asked again because the disk did not take
     * the answer: that is tried again.
     */
    async end(question: AiQuestion, speaking: Speaking, exchange: Exchange, ending: Ending): Promise<void> {
      let isCommitted = false;
      try {
        for (let failures = 0; ; failures += 1) {
          try {
            await post.prepare(speaking.account, speaking.place.to);
            return await store.write(async (tx) => {
              tx.afterCommit(() => {
                isCommitted = true;
              });
              await settle(tx, question, speaking, exchange, ending);
            });
          } catch (error) {
            // Its commit stands where it was the flush that failed.
            if (isCommitted) return;
            if (ending.signal.aborted || failures >= TRIES) throw error;
            logger.warn({ err: error }, 'an answer of an AI could not be stored yet');
            await restUnless(clock, ending.signal, failures);
          }
        }
      } finally {
        exchange.settled();
      }
    },
  };
}
export type AiEndings = ReturnType<typeof aiEndings>;
