import type { TelegramChat } from '../../../src-shared/api/telegram.ts';
import { DomainError } from '../../../src-shared/errors.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { fullJitterMs } from '../../base/retry.ts';
import { type TelegramApi, TelegramFailure, type TelegramUpdate } from '../../gateways/telegram/index.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { TelegramBotRepository, TelegramBridge } from '../../store/telegram-bot-repository.ts';
import type { RestBell } from './rest-bell.ts';
import { NobodyHere, type TelegramDelivery } from './telegram-delivery.ts';
import type { TelegramTroubles } from './telegram-troubles.ts';

interface TelegramPollDeps {
  bots: Pick<BotRepository, 'byId'>;
  bridges: Pick<TelegramBotRepository, 'of'>;
  delivery: TelegramDelivery;
  troubles: TelegramTroubles;
  /** A chat that wrote to this Telegram bot. */
  seen: (telegramId: string, chat: TelegramChat) => void;
  clock: Clock;
  logger: Logger;
}

/** How one Telegram bot is listened to. */
export interface Listening {
  bot: Bot;
  api: TelegramApi;
  /** Rung when it makes sense to try again at once. */
  bell: RestBell;
  /** Not before that time, as Telegram has asked (by `clock.monotonic`). */
  quiet: { untilMs: number };
  /** Something was written in the linked chat. */
  onHeard: () => void;
  /** What was said there before is known as far as it can be. */
  onCaughtUp: () => void;
}

/** How long Telegram holds a request open while there is no news. */
export const POLL_S = 30;
const PAGE = 100;
const AGAIN = { baseMs: 1_000, capMs: 60_000 };
/** Somebody else reads, or has a webhook: that ends when a person ends it. */
const OTHERS = { baseMs: 5_000, capMs: 10 * 60_000 };
/** What is over soon, or keeps us from speaking there as well. */
const PASSING: ReadonlySet<string> = new Set(['unreachable', 'rate', 'token']);
/** An update that breaks us is tried so often. What waits for somebody's device, or for a disk, is tried without end. */
const TRIES = 5;

/** Hears what is said at Telegram, by long polling, until the signal ends it; then the poll under way ends at once. */
export function telegramPoll({ bots, bridges, delivery, troubles, seen, clock, logger }: TelegramPollDeps) {
  /** Takes what came, in order. What could not be taken, and all after it, comes again with the next poll. */
  async function takeAll(
    { bot, onHeard, onCaughtUp }: Listening,
    bridge: TelegramBridge,
    updates: readonly TelegramUpdate[],
    tries: Map<number, number>,
    signal: AbortSignal,
  ): Promise<void> {
    await delivery.see(bot, bridge, updates);
    if (updates.length < PAGE) onCaughtUp();
    for (const { chat, membership } of updates)
      if (chat && membership !== 'out') seen(bridge.telegramId, chat);
    if (updates.length > 0) await delivery.prepare(bot);
    for (let at = 0; at < updates.length && !signal.aborted; at += 1) {
      const passed = await delivery.pass(bot, bridge, updates.slice(at));
      if (passed > 0) logger.debug({ botId: bot.id, count: passed }, 'news of other chats were left out');
      at += passed;
      const update = updates[at];
      if (!update) return;
      try {
        if (!(await delivery.take(bot, bridge, update))) return;
        onHeard();
      } catch (error) {
        const count = (tries.get(update.id) ?? 0) + 1;
        if (error instanceof DomainError || error instanceof NobodyHere || count < TRIES) {
          tries.set(update.id, count);
          throw error;
        }
        logger.error(
          { err: error, botId: bot.id },
          'an update of Telegram could not be taken, and is left out',
        );
        await delivery.skip(bot, update);
      }
      tries.delete(update.id);
    }
  }

  return {
    async run(listening: Listening, signal: AbortSignal): Promise<void> {
      const { bot, api, bell, quiet } = listening;
      const tries = new Map<number, number>();
      let failures = 0;
      let isListening = false;
      /** Another program reads too, as far as is known: since when it let us be; undefined: it does not, or not yet. */
      let rival: { calmSinceMs: number | undefined } | undefined;

      /** Who reads too asks again soon, and one good answer in between says nothing: only a whole long poll does. */
      function isContested(): boolean {
        if (!rival) return false;
        rival.calmSinceMs ??= clock.monotonic();
        if (clock.monotonic() - rival.calmSinceMs < POLL_S * 1_000) return true;
        rival = undefined;
        return false;
      }

      async function trouble(error: unknown): Promise<number | undefined> {
        isListening = false;
        const isForward = (await bridges.of(bot.id))?.link.mode === 'forward';
        if (!(error instanceof TelegramFailure)) {
          // What cannot be taken keeps nothing from being sent.
          listening.onCaughtUp();
          const restMs = fullJitterMs(failures, AGAIN);
          const isExpected = error instanceof DomainError || error instanceof NobodyHere;
          const kind =
            error instanceof DomainError && error.slug === 'no_omemo_device' ? 'encryption' : 'failed';
          const why = isExpected ? { reason: (error as Error).message } : { err: error };
          logger.warn({ botId: bot.id, ...why }, 'news of Telegram could not be delivered yet');
          await troubles.note(bot.id, 'hearing', { kind, retryInMs: restMs });
          return restMs;
        }
        const { kind, retryAfterS } = error;
        if (!PASSING.has(kind)) listening.onCaughtUp();
        logger.warn({ botId: bot.id, kind, reason: error.message }, 'Telegram was not heard');
        if (kind === 'token') {
          await troubles.note(bot.id, 'hearing', { kind });
          return undefined;
        }
        if (kind === 'other-program') rival = { calmSinceMs: undefined };
        if (kind === 'webhook' || kind === 'other-program') {
          const restMs = fullJitterMs(failures, OTHERS);
          if (kind === 'webhook') {
            const me = await api.me(signal).catch(() => undefined);
            troubles.noteWebhook(bot.id, me?.webhook ?? undefined);
          }
          // Who only writes there misses nothing.
          if (!isForward) await troubles.note(bot.id, 'hearing', { kind, retryInMs: restMs });
          return restMs;
        }
        const askedMs = retryAfterS === undefined ? 0 : retryAfterS * 1_000;
        if (askedMs > 0) quiet.untilMs = Math.max(quiet.untilMs, clock.monotonic() + askedMs);
        const restMs = askedMs + fullJitterMs(failures, AGAIN);
        await troubles.note(bot.id, 'hearing', { kind, retryInMs: restMs });
        return restMs;
      }

      while (!signal.aborted) {
        try {
          const bridge = await bridges.of(bot.id);
          const current = await bots.byId(bot.id);
          if (!bridge?.isEnabled || current?.status !== 'active') return;
          bell.listen();
          const quietMs = quiet.untilMs - clock.monotonic();
          if (quietMs > 0) {
            await bell.rest(signal, quietMs);
            continue;
          }
          // The first time it shows whether there is an answer; then it waits for news.
          const timeoutS = isListening ? POLL_S : 0;
          const offset = bridge.nextUpdate;
          const updates = await api.updates({ offset, timeoutS, limit: PAGE, signal });
          await takeAll({ ...listening, bot: current }, bridge, updates, tries, signal);
          if (signal.aborted) return;
          isListening = true;
          const isForNow = isContested();
          if (!isForNow) failures = 0;
          await troubles.well(bot.id, 'hearing', { isForNow });
        } catch (error) {
          if (signal.aborted) return;
          failures += 1;
          await bell.rest(signal, await trouble(error).catch(() => AGAIN.capMs));
        }
      }
    },
  };
}
export type TelegramPoll = ReturnType<typeof telegramPoll>;
