import { type BotApiRefusal, conflict } from './refusal.ts';
import { type EmulatedBot, pendingFrom, type World } from './state.ts';

interface Waiting {
  offset: number;
  limit: number;
  resolve: (updates: unknown) => void;
  reject: (why: BotApiRefusal) => void;
  timer: NodeJS.Timeout;
}

const WEBHOOK =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const OTHER = 'terminated by other getUpdates request; make sure that only one bot instance is running';

/** The `getUpdates` that wait: one per bot. One that has to wait too ends the one before. */
export function longPolls(world: World) {
  const waiting = new Map<number, Waiting>();

  function end(bot: EmulatedBot, how: (poll: Waiting) => void): void {
    const poll = waiting.get(bot.id);
    if (!poll) return;
    waiting.delete(bot.id);
    clearTimeout(poll.timer);
    how(poll);
  }

  world.wake = (bot) => {
    if (bot.webhook !== null) {
      end(bot, ({ reject }) => reject(conflict('terminated by setWebhook request')));
      return;
    }
    const poll = waiting.get(bot.id);
    const updates = poll && pendingFrom(world, bot, poll.offset).slice(0, poll.limit);
    if (updates && updates.length > 0) end(bot, ({ resolve }) => resolve(updates));
  };

  return {
    getUpdates(
      bot: EmulatedBot,
      params: Record<string, unknown>,
      gone: AbortSignal,
    ): Promise<unknown> | unknown {
      if (bot.webhook !== null) throw conflict(WEBHOOK);
      if (Array.isArray(params.allowed_updates)) bot.allowedUpdates = params.allowed_updates;
      const offset = Number(params.offset ?? 0);
      const limit = Math.min(Math.max(Number(params.limit ?? 100), 1), 100);
      const timeoutS = Math.min(Math.max(Number(params.timeout ?? 0), 0), 50);
      const updates = pendingFrom(world, bot, offset).slice(0, limit);
      if (updates.length > 0 || timeoutS === 0) return updates;
      end(bot, ({ reject }) => reject(conflict(OTHER)));
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const timer = setTimeout(() => end(bot, (poll) => poll.resolve([])), timeoutS * 1_000);
      const poll = { offset, limit, resolve, reject, timer };
      waiting.set(bot.id, poll);
      gone.addEventListener('abort', () => {
        if (waiting.get(bot.id) === poll) end(bot, () => resolve([]));
      });
      return promise;
    },
    /** Another program asks for news too, and waits: who waited before is sent away. */
    interrupt: (bot: EmulatedBot) => end(bot, ({ reject }) => reject(conflict(OTHER))),
    /** Whether somebody waits for news of this bot. */
    isWaiting: (bot: EmulatedBot) => waiting.has(bot.id),
    close() {
      for (const { timer } of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}
export type LongPolls = ReturnType<typeof longPolls>;
