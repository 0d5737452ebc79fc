import { type DomainError, refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { Scope } from '../../base/scope.ts';

/** Rejects with the refusal when the program may no longer read: token replaced, bot switched off. */
export type Recheck = () => Promise<unknown>;

/** The one program that reads a bot's updates at the moment, by a long poll or an event stream. */
export interface Consumer {
  /** Rejects when it has to end; never resolves. */
  readonly ended: Promise<never>;
  /**
   * Resolves when an update came since the last call, at the time-out, or when the program hung up; with whether one
   * came.
   */
  next(timeoutMs: number, signal: AbortSignal): Promise<boolean>;
  close(): void;
}

interface Seat {
  wake: () => void;
  end: (reason: DomainError) => void;
  recheck: Recheck;
}

/**
 * Seats for the programs that read updates: one for each bot. Who comes second takes the seat, the first is told with
 * 409. One listener for all of them, so that many idle programs cost nothing.
 */
export function consumers({ events, clock }: { events: Emitter<EngineEvents>; clock: Clock }) {
  const seats = new Map<BotId, Seat>();

  function recheck({ recheck, end }: Seat): void {
    recheck().catch((error: unknown) => end(error as DomainError));
  }
  events.on('update.queued', ({ botId }) => seats.get(botId)?.wake());
  events.on('webhook.changed', ({ botId, isSet }) => {
    if (isSet) seats.get(botId)?.end(refuse('updates.webhook-set', {}));
  });
  events.on('bot.changed', ({ botId }) => {
    const seat = seats.get(botId);
    if (seat) recheck(seat);
  });
  events.on('bot.deleted', ({ botId }) => seats.get(botId)?.end(refuse('token.unknown', {})));
  events.on('setting.changed', ({ key }) => {
    if (key === 'bot_features_enabled') for (const seat of [...seats.values()]) recheck(seat);
  });

  return {
    /** Takes the seat of a bot, before anything is awaited: no update slips through, and a second one finds it. */
    take(botId: BotId, recheck: Recheck): Consumer {
      seats.get(botId)?.end(refuse('updates.second-poller', {}));
      const over = Promise.withResolvers<never>();
      // Nobody may be waiting when a second one takes over.
      over.promise.catch(() => undefined);
      let hasNews = false;
      let tell: () => void = () => undefined;
      const seat: Seat = {
        recheck,
        end: over.reject,
        wake: () => {
          hasNews = true;
          tell();
        },
      };
      seats.set(botId, seat);

      return {
        ended: over.promise,
        async next(timeoutMs, signal) {
          const scope = new Scope();
          const heard = new Promise<void>((resolve) => {
            tell = resolve;
            clock.after(scope, timeoutMs, resolve);
            const hungUp = () => resolve();
            signal.addEventListener('abort', hungUp, { once: true });
            scope.add(() => signal.removeEventListener('abort', hungUp));
            if (hasNews || signal.aborted) resolve();
          });
          try {
            await Promise.race([heard, over.promise]);
            const came = hasNews;
            hasNews = false;
            return came;
          } finally {
            await scope.close();
          }
        },
        close: () => {
          if (seats.get(botId) === seat) seats.delete(botId);
        },
      };
    },
  };
}
export type Consumers = ReturnType<typeof consumers>;
