import { DomainError } from '../../../src-shared/errors.ts';
import type { BotId, MessageId } from '../../../src-shared/ids.ts';
import { describeInChat } from '../../../src-shared/text/describe-refusal.ts';
import { type Language, translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Account } from '../../store/account-repository.ts';
import type { AiPlace } from '../../store/ai-question-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import { composeChat } from '../messages/compose.ts';
import type { Post } from '../messages/post.ts';

interface AiTellingDeps {
  post: Pick<Post, 'put'>;
  languageOf: (bot: Bot, tx?: Tx) => Promise<Language>;
  clock: Clock;
  logger: Logger;
}

/** Who speaks where. */
export interface Speaking {
  bot: Bot;
  account: Account;
  place: AiPlace;
}

const AGAIN_MS = 60_000;
const PLACES_KEPT = 1_000;
/** What is said to anybody: how the bot is set up is its owner's affair. */
const FOR_ALL = new Set(['ai.rate-limit', 'ai.busy', 'ai.crowded', 'ai.filtered', 'ai.empty', 'ai.too-old']);

/** Says something in a chat in the caller's unit. What cannot be said there, as nobody could read it, is left unsaid. */
export function aiTelling({ post, languageOf, clock, logger }: AiTellingDeps) {
  /** The last trouble that was told of in each conversation, and when. */
  const told = new Map<string, { code: string; atMs: number }>();

  async function put(
    tx: Tx,
    { bot, account, place }: Speaking,
    text: string,
    how: { corrects?: MessageId | undefined; spoiler?: string; isFirst?: boolean; isPlain?: boolean } = {},
  ): Promise<MessageId | undefined> {
    const { to, isRoom, answers, nick } = place;
    const isBlock = /^(?:```|[>•*☐☑]|\d+[.)] )/.test(text);
    const addressed = isRoom && how.isFirst && nick ? `${nick}:${isBlock ? '\n' : ' '}${text}` : text;
    const message = composeChat(account.jid, to, addressed, {
      isRoom,
      hasMarkup: !how.isPlain,
      isPlain: how.isPlain ?? false,
      corrects: how.corrects,
      spoiler: how.spoiler,
      answers: how.isFirst && answers ? { ...answers, excerpt: undefined } : undefined,
    });
    try {
      await post.put(tx, { account, botId: bot.id }, message);
      return message.id;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      logger.warn({ botId: bot.id, reason: error.code }, 'an answer of an AI could not be sent');
      return undefined;
    }
  }

  return {
    put,
    translate: async (bot: Bot, tx?: Tx) => translate(await languageOf(bot, tx)),

    /** One sentence about what went wrong, unless the same was said there a moment ago and it is not due in any case. */
    async fail(
      tx: Tx,
      speaking: Speaking,
      refusal: DomainError,
      {
        corrects,
        isDue = corrects !== undefined,
      }: { corrects?: MessageId | undefined; isDue?: boolean } = {},
    ): Promise<void> {
      const { bot, place } = speaking;
      const key = `${bot.id} ${place.to}`;
      const last = told.get(key);
      const isRepeated = last?.code === refusal.code && clock.monotonic() - last.atMs < AGAIN_MS;
      if (isRepeated && !isDue) return;
      const language = await languageOf(bot, tx);
      const isOwners = place.to === bot.owner && !place.isRoom;
      const text =
        isOwners || FOR_ALL.has(refusal.code)
          ? describeInChat(refusal, language)
          : translate(language)('ai.not-now');
      await put(tx, speaking, text, { corrects, isFirst: true, isPlain: true });
      tx.afterCommit(() => {
        told.delete(key);
        told.set(key, { code: refusal.code, atMs: clock.monotonic() });
        const [oldest] = told.keys();
        if (told.size > PLACES_KEPT && oldest !== undefined) told.delete(oldest);
      });
    },
    /** Its set-up has changed: who tries that hears what becomes of it. */
    forget(botId: BotId): void {
      for (const key of told.keys()) if (key.startsWith(`${botId} `)) told.delete(key);
    },
    /** Something was answered: the next trouble is news again. */
    well: ({ bot, place }: Speaking): void => void told.delete(`${bot.id} ${place.to}`),
  };
}
export type AiTelling = ReturnType<typeof aiTelling>;
