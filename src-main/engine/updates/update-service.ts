import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { DeadLetterRepository } from '../../store/dead-letter-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { Update, UpdateRepository } from '../../store/update-repository.ts';
import type { FileLinks } from '../files/file-links.ts';
import type { MessageTargets } from '../messages/message-targets.ts';
import { consumers as seats } from './consumers.ts';
import { enqueuing } from './enqueue.ts';
import { updateExpiry } from './update-expiry.ts';

interface UpdateServiceDeps {
  store: Store;
  updates: UpdateRepository;
  deadLetters: DeadLetterRepository;
  /** Learns which messages the bots were told about. */
  targets?: Pick<MessageTargets, 'remember'>;
  /** Completes what is handed out. */
  links: FileLinks;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

export interface ReadRequest {
  /** Everything up to and including it is forgotten, everything above it is returned. Undefined: all that wait. */
  offset: number | undefined;
  types: readonly string[];
  /** Aborted when the program hung up. */
  signal: AbortSignal;
  /** Asked when something changed: rejects when the program may no longer read. */
  recheck: () => Promise<unknown>;
}

export interface PollRequest extends ReadRequest {
  limit: number;
  timeoutMs: number;
}

const STREAM_PAGE = 100;
/**
 * An event stream that sent so many updates ends; the program calls again, and says by that up to where it has come.
 * Well below what a conversation may hold, so that a program that reads is never the one whose updates do not fit.
 */
export const STREAMED_UNCONFIRMED = 500;
/** A stream may outlive the token it was opened with. */
const STREAM_RECHECK_MS = 60_000;

/** The numbered queue a bot's program reads: bounded, ordered, forgotten only on the program's word or after a day. */
export function updateService(deps: UpdateServiceDeps) {
  const { store, updates, deadLetters, targets, links, events, clock } = deps;
  const consumers = seats({ events, clock });
  const enqueue = enqueuing({ updates, events, clock });
  const expiry = updateExpiry({ updates, deadLetters, clock });

  const handedOut = (page: Update[]) => page.map((update) => ({ ...update, data: links(update.data) }));

  function open(bot: Bot, { recheck }: ReadRequest) {
    if (bot.webhookUrl !== undefined) throw refuse('updates.webhook-set', {});
    return consumers.take(bot.id, recheck);
  }

  const forget = (bot: Bot, offset: number | undefined) =>
    offset === undefined
      ? Promise.resolve()
      : store.write(async (tx) => {
          const count = await updates.forgetUpTo(tx, bot.id, offset);
          if (count > 0) tx.afterCommit(() => events.emit('delivery.changed', { botId: bot.id }));
        });

  async function* pagesOf(
    bot: Bot,
    request: ReadRequest,
    consumer: ReturnType<typeof open>,
  ): AsyncGenerator<Update[]> {
    const { offset, types, signal, recheck } = request;
    let after = offset ?? 0;
    let sent = 0;
    try {
      // What was known of the bot before it had this seat may be old.
      await recheck();
      await forget(bot, offset);
      while (!signal.aborted && sent < STREAMED_UNCONFIRMED) {
        const limit = Math.min(STREAM_PAGE, STREAMED_UNCONFIRMED - sent);
        const page = await Promise.race([updates.page(bot.id, { after, limit, types }), consumer.ended]);
        if (page.length > 0) {
          await store.durable();
          after = page.at(-1)?.updateId ?? after;
          sent += page.length;
          yield handedOut(page);
        } else {
          await consumer.next(STREAM_RECHECK_MS, signal);
          await recheck();
        }
      }
    } finally {
      consumer.close();
    }
  }

  return {
    /**
     * Numbers an update and puts it into the queue, in the caller's unit. A conversation that floods loses its own
     * newest, a bot that never reads its oldest; both are counted. Whether the bot
     * asks for it (wanted-types.ts) is for the caller to know.
     */
    async queue(
      tx: Tx,
      botId: BotId,
      update: { type: string; conversation: string; data: Record<string, unknown> },
    ): Promise<void> {
      const number = await enqueue(tx, botId, { ...update, data: JSON.stringify(update.data) });
      if (number !== undefined) await targets?.remember(tx, botId, update);
    },

    /**
     * Returns waiting updates in order; without any, waits up to `timeoutMs` for the first. A second program that reads
     * the same bot's updates ends the first with 409. Refuses while a webhook takes the updates.
     */
    async poll(bot: Bot, request: PollRequest): Promise<Update[]> {
      const { offset, limit, types, timeoutMs, signal } = request;
      const consumer = open(bot, request);
      const untilMs = clock.monotonic() + timeoutMs;
      try {
        await request.recheck();
        await forget(bot, offset);
        for (;;) {
          const page = updates.page(bot.id, { after: offset ?? 0, limit, types });
          const ready = await Promise.race([page, consumer.ended]);
          const leftMs = untilMs - clock.monotonic();
          if (ready.length > 0) await store.durable();
          if (ready.length > 0 || leftMs <= 0 || signal.aborted) return handedOut(ready);
          if (!(await consumer.next(leftMs, signal))) return [];
          await request.recheck();
        }
      } finally {
        consumer.close();
      }
    },

    /**
     * Waiting updates in order, page after page, then each as it comes; ends after `STREAMED_UNCONFIRMED`. Nothing is
     * forgotten but what `offset` confirms. Refuses, and is ended, as a poll.
     */
    follow: (bot: Bot, request: ReadRequest): AsyncGenerator<Update[]> =>
      pagesOf(bot, request, open(bot, request)),

    /** Updates that wait, the oldest first, for somebody who only looks. */
    peek: async (botId: BotId, { after, limit }: { after: number; limit: number }): Promise<Update[]> =>
      handedOut(await updates.page(botId, { after, limit })),

    /** How many updates wait, and how many did not fit since the bot was made. */
    counts: (botId: BotId) => updates.counts(botId),

    /** Drops what nobody fetched for a day, and dead letters after a week. */
    expire: expiry,
  };
}
export type UpdateService = ReturnType<typeof updateService>;
