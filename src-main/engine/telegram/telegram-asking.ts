import type { TelegramChat, TelegramDraft } from '../../../src-shared/api/telegram.ts';
import { DomainError, refuse } from '../../../src-shared/errors.ts';
import { type Language, translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import { type TelegramApi, TelegramFailure } from '../../gateways/telegram/index.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { type TelegramBotRepository, telegramIdOf } from '../../store/telegram-bot-repository.ts';
import type { TelegramMessageRepository } from '../../store/telegram-message-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { isLinked } from './follow-group.ts';
import type { SeenChats } from './seen-chats.ts';
import { refusalOf } from './telegram-refusals.ts';
import type { TelegramRuns } from './telegram-runs.ts';
import type { TelegramService } from './telegram-service.ts';
import type { TelegramTroubles } from './telegram-troubles.ts';

interface TelegramAskingDeps {
  store: Store;
  bridges: TelegramBotRepository;
  messages: TelegramMessageRepository;
  troubles: TelegramTroubles;
  seenChats: SeenChats;
  runs: Pick<TelegramRuns, 'isRunning' | 'restart'>;
  open: (token: string) => TelegramApi;
  languageOf: (bot: Bot, tx?: Tx) => Promise<Language>;
  audit: AuditTrail;
  clock: Clock;
}

/** What stands at Telegram for somebody who picks a chat: everything it keeps, which is a day's. */
const PAGE = 100;

/** What Telegram is asked while somebody sets up a bridge. */
export function telegramAsking(deps: TelegramAskingDeps) {
  const { store, bridges, messages, troubles, seenChats, runs, open, languageOf, audit, clock } = deps;

  async function tokenFor(bot: Bot, { token }: TelegramDraft): Promise<string> {
    const asked = token ?? (await bridges.of(bot.id))?.token;
    if (asked === undefined) throw refuse('telegram.not-set-up', {});
    return asked;
  }
  /** What it takes, and refusals in our words. */
  async function timed<T>(
    ask: () => Promise<T>,
    { signal, chat }: { signal: AbortSignal; chat?: string },
  ): Promise<{ result: T; ms: number }> {
    const beganMs = clock.monotonic();
    try {
      const result = await ask();
      return { result, ms: Math.round(clock.monotonic() - beganMs) };
    } catch (error) {
      if (signal.aborted || error instanceof DomainError) throw error;
      throw refusalOf(error, { chat });
    }
  }

  /** Who has taken what was written there is said by its name. */
  const namingWebhook =
    (api: TelegramApi, signal: AbortSignal) =>
    async (error: unknown): Promise<never> => {
      const isTaken = error instanceof TelegramFailure && error.kind === 'webhook';
      const host = isTaken ? (await api.me(signal)).webhook : null;
      throw host === null ? error : refuse('telegram.webhook-hides', { host });
    };

  return {
    async check(bot, draft, signal) {
      const api = open(await tokenFor(bot, draft));
      const { result, ms } = await timed(() => api.me(signal), { signal });
      return { ...result, ms };
    },

    async chats(bot, draft, signal): Promise<readonly TelegramChat[]> {
      const token = await tokenFor(bot, draft);
      const bridge = await bridges.of(bot.id);
      const telegramId = telegramIdOf(token);
      // What we listen to ourselves comes to us already, and a second request would end the first.
      const isHeard = bridge?.telegramId === telegramId && runs.isRunning(bot.id);
      if (!isHeard) {
        const offset = bridge?.telegramId === telegramId ? bridge.nextUpdate : 0;
        const api = open(token);
        const ask = () => api.updates({ offset, timeoutS: 0, limit: PAGE, signal });
        const { result } = await timed(() => ask().catch(namingWebhook(api, signal)), { signal });
        for (const { chat, membership } of result)
          if (chat && membership !== 'out') seenChats.note(telegramId, chat);
      } else if (troubles.kindOf(bot.id, 'hearing') === 'unreachable')
        throw refuse('telegram.unreachable', {});
      const seen = seenChats.of(telegramId);
      const linked = bridge?.telegramId === telegramId ? bridge.link.chat : undefined;
      const isListed = linked === undefined || seen.some(({ id }) => id === linked.id);
      return isListed ? seen : [...seen, linked];
    },

    async hello(bot, draft, signal) {
      const bridge = await bridges.of(bot.id);
      const token = await tokenFor(bot, draft);
      const chatId = draft.chat_id ?? bridge?.link.address;
      if (chatId === undefined) throw refuse('telegram.not-set-up', {});
      const t = translate(await languageOf(bot));
      const key = bridge?.link.mode === 'forward' ? 'telegram.hello-forward' : 'telegram.hello';
      const text = { text: t(key, { name: bot.name }), entities: [] };
      const api = open(token);
      const { result, ms } = await timed(
        async () => {
          const number = await api.send(chatId, text, { signal });
          return { number, chat: await api.chat(chatId, signal) };
        },
        { signal, chat: chatId },
      );
      seenChats.noteOwn(telegramIdOf(token), result.chat.id, result.number);
      await store.write(async (tx) => {
        const current = await bridges.of(bot.id, tx);
        if (current?.telegramId !== telegramIdOf(token) || !isLinked(current.link, result.chat)) return;
        const { id: linkId } = current.link;
        // Nobody takes it for a message that got lost.
        const own = { linkId, number: result.number, name: '', part: 0, origin: 'xmpp' as const };
        await messages.note(tx, own, clock.now());
        await bridges.noteNumber(tx, linkId, result.number);
        await bridges.setChat(tx, linkId, result.chat);
      });
      return { chat: result.chat, ms };
    },

    async removeWebhook(bot, caller, signal, draft = {}): Promise<void> {
      const api = open(await tokenFor(bot, draft));
      await timed(() => api.deleteWebhook(signal), { signal });
      await store.write((tx) =>
        audit.note(tx, caller, { action: 'telegram.webhook-removed', botId: bot.id }),
      );
      runs.restart(bot.id);
    },
  } satisfies Pick<TelegramService, 'check' | 'chats' | 'hello' | 'removeWebhook'>;
}
