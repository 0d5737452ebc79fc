import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { Scope } from '../../base/scope.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { Update, UpdateRepository } from '../../store/update-repository.ts';
import type { MessageTargets } from '../messages/message-targets.ts';

interface UpdateServiceDeps {
  store: Store;
  updates: UpdateRepository;
  /** Learns which messages the bots were told about. */
  targets?: Pick<MessageTargets, 'remember'>;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

export interface PollRequest {
  /** Everything up to and including it is forgotten, everything above it is returned. Undefined: all that wait. */
  offset: number | undefined;
  limit: number;
  timeoutMs: number;
  types: readonly string[];
  /** Aborted when the program hung up. */
  signal: AbortSignal;
}

export const KEPT_S = 24 * 60 * 60;
const DEAD_KEPT_S = 7 * KEPT_S;
export const KEPT_PER_BOT = 10_000;
export const KEPT_PER_CONVERSATION = 1_000;
export const DEFAULT_UPDATE_TYPES = ['message'] as const;

/** The numbered queue a bot's program reads: bounded, ordered, forgotten only on the program's word or after a day. */
export function updateService({ store, updates, targets, events, clock }: UpdateServiceDeps) {
  const pollers = new Map<BotId, (reason: Error) => void>();

  /** Listens for the next update of a bot; done at the time-out too, or when the program hung up. */
  function listen(botId: BotId, timeoutMs: number, signal: AbortSignal) {
    const scope = new Scope();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    pollers.set(botId, reject);
    scope.add(() => {
      if (pollers.get(botId) === reject) pollers.delete(botId);
    });
    scope.add(events.on('update.queued', (event) => event.botId === botId && resolve()));
    scope.add(
      events.on('webhook.changed', ({ botId: changed, isSet }) => {
        if (changed === botId && isSet) reject(refuse('updates.webhook-set', {}));
      }),
    );
    // The token may be another one now, or the bot switched off: who waits has to show it again.
    const end = (event: { botId: BotId }) => event.botId === botId && reject(refuse('token.unknown', {}));
    scope.add(events.on('bot.changed', end));
    scope.add(events.on('bot.deleted', end));
    clock.after(scope, timeoutMs, resolve);
    const onAbort = () => resolve();
    signal.addEventListener('abort', onAbort, { once: true });
    scope.add(() => signal.removeEventListener('abort', onAbort));
    // Nobody may be waiting yet when a second poller takes over.
    promise.catch(() => undefined);
    /** Rejects when the poll has to end; never resolves. */
    const ended = promise.then(() => new Promise<never>(() => undefined));
    ended.catch(() => undefined);
    return { heard: promise, ended, close: () => scope.close() };
  }

  return {
    /** Numbers an update and puts it into the queue, in the caller's unit. Over the limits something old or new goes. */
    async queue(
      tx: Tx,
      botId: BotId,
      update: { type: string; conversation: string; data: Record<string, unknown> },
    ): Promise<void> {
      // A conversation that floods loses its own newest; a bot that never reads loses its oldest.
      if ((await updates.count(botId, update.conversation, tx)) >= KEPT_PER_CONVERSATION) return;
      if ((await updates.count(botId, undefined, tx)) >= KEPT_PER_BOT) await updates.dropOldest(tx, botId);
      await updates.insert(tx, {
        botId,
        type: update.type,
        conversation: update.conversation,
        data: JSON.stringify(update.data),
        createdAt: Math.floor(clock.now() / 1_000),
      });
      await targets?.remember(tx, botId, update);
      tx.afterCommit(() => events.emit('update.queued', { botId }));
    },

    /**
     * Returns waiting updates in order; without any, waits up to `timeoutMs` for the first. A second poller of the
     * same bot ends the first with 409. Refuses while a webhook takes the updates.
     */
    async poll(bot: Bot, request: PollRequest): Promise<Update[]> {
      if (bot.webhookUrl !== undefined) throw refuse('updates.webhook-set', {});
      pollers.get(bot.id)?.(refuse('updates.second-poller', {}));
      const { offset, limit, types } = request;
      // Listening starts before anything is awaited: a second poller finds this one, and no update slips through.
      const listener = listen(bot.id, request.timeoutMs, request.signal);
      try {
        if (offset !== undefined) await store.write((tx) => updates.forgetUpTo(tx, bot.id, offset));
        const page = () => updates.page(bot.id, { after: offset ?? 0, limit, types });
        const ready = await Promise.race([page(), listener.ended]);
        if (ready.length > 0 || request.timeoutMs === 0 || request.signal.aborted) return ready;
        await listener.heard;
        return await page();
      } finally {
        await listener.close();
      }
    },

    /** Drops what nobody fetched for a day, and what a webhook refused for good a week ago. */
    async expire(tx: Tx): Promise<void> {
      const nowS = Math.floor(clock.now() / 1_000);
      await updates.dropOlderThan(tx, nowS - KEPT_S, false);
      await updates.dropOlderThan(tx, nowS - DEAD_KEPT_S, true);
    },
  };
}
export type UpdateService = ReturnType<typeof updateService>;
