import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { fullJitterMs } from '../../base/retry.ts';
import { type TelegramApi, TelegramFailure } from '../../gateways/telegram/index.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import type { TelegramBotRepository } from '../../store/telegram-bot-repository.ts';
import type { TelegramOutgoingRepository } from '../../store/telegram-outgoing-repository.ts';
import type { FollowGroup } from './follow-group.ts';
import type { RestBell } from './rest-bell.ts';
import type { TelegramActs } from './telegram-acts.ts';
import { LASTING } from './telegram-refusals.ts';
import type { TelegramTroubles } from './telegram-troubles.ts';

interface TelegramSenderDeps {
  store: Store;
  bridges: TelegramBotRepository;
  outgoing: TelegramOutgoingRepository;
  troubles: TelegramTroubles;
  acts: TelegramActs;
  follow: FollowGroup;
  clock: Clock;
  logger: Logger;
}

/** How one Telegram bot speaks. */
export interface Speaking {
  bot: Bot;
  telegramId: string;
  api: TelegramApi;
  /** Rung when something waits. */
  work: RestBell;
  /** Rung when it makes sense to try again at once. */
  again: RestBell;
  /** Not before that time, as Telegram has asked (by `clock.monotonic`). */
  quiet: { untilMs: number };
}

/** What went wrong before, and now. */
interface Failing {
  /** In a row. */
  failures: number;
  /** In a row, and nothing else between them. */
  moves: number;
  /** The chat that was spoken to, if it came to that. */
  asked: string | undefined;
}

/** More are no move: nothing can be said there. */
const MOVES_IN_A_ROW = 3;

const AGAIN = { baseMs: 1_000, capMs: 60_000 };
/** Nothing changes before somebody does something there. */
const SELDOM = { baseMs: 5 * 60_000, capMs: 30 * 60_000 };

/** The chat is another one now. A server that names the one that was asked would name it again. */
const isMove = (error: unknown, asked: string | undefined): boolean =>
  error instanceof TelegramFailure && error.migrateTo !== undefined && error.migrateTo !== asked;

/** Does at Telegram what waits to be done there, in order, until the signal ends it. */
export function telegramSender(deps: TelegramSenderDeps) {
  const { store, bridges, outgoing, troubles, acts, follow, clock, logger } = deps;

  /** What is next, from the disk: whatever was sent before is not sent again unasked. */
  const next = ({ bot, telegramId }: Speaking) =>
    store.write(async (tx) => {
      const bridge = await bridges.of(bot.id, tx);
      if (!bridge?.isEnabled || bridge.telegramId !== telegramId) return undefined;
      const row = await outgoing.first(bot.id, tx);
      if (!row) return undefined;
      return { bridge, step: await acts.begin(tx, bridge, row) };
    });

  /** How long to rest after that; undefined: until somebody changes something. */
  async function trouble(
    { bot, quiet }: Speaking,
    { failures, moves, asked }: Failing,
    error: unknown,
  ): Promise<number | undefined> {
    if (!(error instanceof TelegramFailure)) {
      logger.error({ err: error, botId: bot.id }, 'what waits for Telegram could not be sent');
      const retryInMs = fullJitterMs(failures, AGAIN);
      await troubles.note(bot.id, 'writing', { kind: 'failed', retryInMs });
      return retryInMs;
    }
    const { kind, retryAfterS, migrateTo } = error;
    if (migrateTo !== undefined && isMove(error, asked)) {
      await store.write(async (tx) => {
        const bridge = await bridges.of(bot.id, tx);
        if (bridge) await follow(tx, bridge, migrateTo);
      });
      // A chat that is moved to and fro is followed with pauses, and its owner hears of it.
      if (moves <= MOVES_IN_A_ROW) return moves > 1 ? fullJitterMs(moves, AGAIN) : 0;
    }
    logger.warn({ botId: bot.id, kind, reason: error.message }, 'Telegram took nothing');
    if (kind === 'token') {
      await troubles.note(bot.id, 'writing', { kind });
      return undefined;
    }
    const askedMs = retryAfterS === undefined ? 0 : retryAfterS * 1_000;
    if (askedMs > 0) quiet.untilMs = Math.max(quiet.untilMs, clock.monotonic() + askedMs);
    // Never before what was asked for, and seldom where nothing will have changed.
    const retryInMs = askedMs + fullJitterMs(failures, LASTING.has(kind) ? SELDOM : AGAIN);
    await troubles.note(bot.id, 'writing', { kind, retryInMs });
    return retryInMs;
  }

  return {
    async run(speaking: Speaking, signal: AbortSignal): Promise<void> {
      const { bot, api, work, again, quiet } = speaking;
      let [failures, moves] = [0, 0];
      while (!signal.aborted) {
        let asked: string | undefined;
        try {
          work.listen();
          const quietMs = quiet.untilMs - clock.monotonic();
          if (quietMs > 0) {
            await work.rest(signal, quietMs);
            continue;
          }
          const found = await next(speaking);
          if (!found) {
            await work.rest(signal);
            continue;
          }
          asked = found.bridge.link.address;
          await acts.perform({ bot, api, ...found }, signal);
          [failures, moves] = [0, 0];
          await troubles.well(bot.id, 'writing');
        } catch (error) {
          if (signal.aborted) return;
          failures += 1;
          moves = isMove(error, asked) ? moves + 1 : 0;
          const restMs = await trouble(speaking, { failures, moves, asked }, error).catch(() => AGAIN.capMs);
          // That more is to be said does not make it work.
          if (restMs !== 0) await again.rest(signal, restMs);
          again.listen();
        }
      }
    },
  };
}
export type TelegramSender = ReturnType<typeof telegramSender>;
