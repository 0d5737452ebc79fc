import type { EngineEvents } from '../../../src-shared/events.ts';
import { type Language, translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { type TelegramApi, TelegramFailure, type TelegramText } from '../../gateways/telegram/index.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { TelegramBotRepository, TelegramBridge } from '../../store/telegram-bot-repository.ts';
import type { SameMessage, TelegramMessageRepository } from '../../store/telegram-message-repository.ts';
import type {
  TelegramOutgoing,
  TelegramOutgoingRepository,
} from '../../store/telegram-outgoing-repository.ts';
import type { TelegramRecentRepository } from '../../store/telegram-recent-repository.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import { isThere } from './follow-group.ts';
import type { TelegramDrops } from './telegram-drops.ts';
import { beginningOfTask } from './telegram-words.ts';

interface TelegramActsDeps {
  store: Store;
  bridges: TelegramBotRepository;
  outgoing: TelegramOutgoingRepository;
  messages: TelegramMessageRepository;
  recents: TelegramRecentRepository;
  notices: Pick<OwnerNotices, 'tell'>;
  drops: Pick<TelegramDrops, 'outOfReach'>;
  languageOf: (bot: Bot, tx?: Tx) => Promise<Language>;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
}

/** One request, as it was begun. */
export type Step = { row: TelegramOutgoing } & (
  | {
      kind: 'send';
      part: TelegramText;
      replyTo: number | undefined;
      /** It was begun before: above that number it may be there, but is none of those. */
      lookAbove: number | undefined;
      known: ReadonlySet<number>;
    }
  | { kind: 'edit'; part: TelegramText; number: number }
  /** Nothing is left to be said: what is there beyond that goes. What stands in the group before stays. */
  | { kind: 'delete'; numbers: readonly number[]; outOfReach: readonly number[] }
);

interface Doing {
  bot: Bot;
  api: TelegramApi;
  bridge: TelegramBridge;
  step: Step;
}

/** Numbers above the highest known one that a message of ours may have, and how many are asked about in all. */
const LOOK_BEYOND = 15;
const LOOK_AT_MOST = 100;

/**
 * What is done at Telegram, one request at a time. A message must not be said twice, and Telegram knows no key for that: it
 * is stored that a message is on its way before it goes. When nobody knows whether it arrived, it is looked for first, by
 * asking of the numbers that it may have whether a message of ours is there.
 */
export function telegramActs(deps: TelegramActsDeps) {
  const { store, bridges, outgoing, messages, recents, notices, drops, languageOf, events, clock, logger } =
    deps;

  /** Where the answered message is there. */
  async function replyOf(tx: Tx, bridge: TelegramBridge, { task, partsDone }: TelegramOutgoing) {
    if (task.kind !== 'message' || task.answers === undefined || partsDone > 0) return undefined;
    return (await messages.byName(tx, bridge.link.id, task.answers)).find(isThere)?.number;
  }

  async function settled(tx: Tx, row: TelegramOutgoing, state: 'done' | 'failed'): Promise<void> {
    await outgoing.end(tx, row.id);
    await recents.settle(tx, row.id, state);
    tx.afterCommit(() => events.emit('telegram.changed', { botId: row.botId }));
  }

  /** A part is there, under that number. */
  const partDone = ({ bridge, step: { row } }: Doing, number: number): Promise<void> =>
    store.write(async (tx) => {
      const { linkId, name = '', partsDone, task } = row;
      if ((await bridges.of(row.botId, tx))?.link.id !== bridge.link.id) return;
      await messages.note(tx, { linkId, number, name, part: partsDone, origin: 'xmpp' }, clock.now());
      await bridges.noteNumber(tx, linkId, number);
      await bridges.setSent(tx, row.botId, Math.floor(clock.now() / 1_000));
      const isLast = task.kind === 'message' && partsDone + 1 >= task.parts.length;
      if (isLast) await settled(tx, row, 'done');
      else await outgoing.partDone(tx, row.id, partsDone + 1);
    });

  const isOwn = ({ api, bridge }: Doing, number: number, signal: AbortSignal): Promise<boolean> =>
    api.isOwn(bridge.link.address, number, signal).catch((error: unknown) => {
      // Nothing is known of that number, and never will be.
      if (!isRefused(error)) throw error;
      return false;
    });

  /** The number under which it arrived after all, and how far it was looked for. */
  async function find(
    doing: Doing,
    { lookAbove, known }: { lookAbove: number; known: ReadonlySet<number> },
    signal: AbortSignal,
  ): Promise<{ found: number | undefined; upTo: number }> {
    const last = Math.max(lookAbove, doing.bridge.link.highestMessage) + LOOK_BEYOND;
    const upTo = Math.min(last, lookAbove + LOOK_AT_MOST);
    for (let number = lookAbove + 1; number <= upTo; number += 1) {
      if (!known.has(number) && (await isOwn(doing, number, signal))) return { found: number, upTo };
    }
    logger.info({ botId: doing.bot.id }, 'a message had not arrived at Telegram, and is sent again');
    return { found: undefined, upTo };
  }

  /**
   * It was sent again, and has that number. Where much is said that the Telegram bot does not see, it may have arrived at first
   * under a number that nobody could think of: then that one stays. Not where no number was known before: what is found then
   * may be anything that this Telegram bot ever said, and rather twice than never.
   */
  async function onlyOne(doing: Doing, number: number, upTo: number, signal: AbortSignal): Promise<number> {
    if (doing.step.kind === 'send' && doing.step.lookAbove === 0) return number;
    for (let before = number - 1; before > Math.max(upTo, number - LOOK_AT_MOST); before -= 1) {
      if (doing.step.kind === 'send' && doing.step.known.has(before)) continue;
      if (!(await isOwn(doing, before, signal))) continue;
      await doing.api.delete(doing.bridge.link.address, number, signal);
      return before;
    }
    return number;
  }

  async function send(doing: Doing, step: Step & { kind: 'send' }, signal: AbortSignal): Promise<void> {
    const { api, bridge } = doing;
    const { part, replyTo, lookAbove, known } = step;
    const looked = lookAbove === undefined ? undefined : await find(doing, { lookAbove, known }, signal);
    if (looked?.found !== undefined) return partDone(doing, looked.found);
    const sendPart = (text: TelegramText) => api.send(bridge.link.address, text, { replyTo, signal });
    const sent = await sendPart(part)
      .catch((error: unknown) => {
        // Rather without its styling than not at all.
        if (!isRefused(error) || part.entities.length === 0) throw error;
        return sendPart({ text: part.text, entities: [] });
      })
      .catch(async (error: unknown) => {
        if (!(error instanceof TelegramFailure) || error.isUncertain) throw error;
        if (!isRefused(error)) {
          await store.write((tx) => outgoing.notBegun(tx, step.row.id));
          throw error;
        }
        await leaveOut(doing, error);
        return undefined;
      });
    if (sent === undefined) return;
    // It is there. Whatever happens from here on, it is not sent again without being looked for.
    await partDone(doing, looked ? await onlyOne(doing, sent, looked.upTo, signal) : sent);
  }

  /** Telegram will never take it: what waits behind it goes on. */
  async function leaveOut({ bot, step: { row } }: Doing, error: TelegramFailure): Promise<void> {
    logger.warn({ botId: bot.id, reason: error.message }, 'Telegram refused a message, which is left out');
    await store.write(async (tx) => {
      await settled(tx, row, 'failed');
      await notices.tell(tx, bot.id, 'telegram-refused', { beginning: beginningOfTask(row.task) });
    });
  }

  async function edit({ api, bridge }: Doing, step: Step & { kind: 'edit' }, signal: AbortSignal) {
    const { row, number, part } = step;
    const to = (text: TelegramText) => api.edit(bridge.link.address, number, text, signal);
    await to(part)
      .catch((error: unknown) => {
        if (!isRefused(error) || part.entities.length === 0) throw error;
        return to({ text: part.text, entities: [] });
      })
      .catch((error: unknown) => {
        // It is not there any more, or too old: nothing is to be done about it.
        if (!isRefused(error)) throw error;
        logger.info(
          { botId: row.botId, reason: (error as Error).message },
          'Telegram did not change a message',
        );
      });
    await store.write((tx) => outgoing.partDone(tx, row.id, row.partsDone + 1));
  }

  async function remove({ bot, api, bridge }: Doing, step: Step & { kind: 'delete' }, signal: AbortSignal) {
    const { row, numbers, outOfReach } = step;
    const { address } = bridge.link;
    for (const number of numbers) {
      const isGone = await api.delete(address, number, signal).catch((error: unknown) => {
        if (!isRefused(error)) throw error;
        return false;
      });
      if (isGone) continue;
      // Of one that is too old to be deleted nothing remains to be read.
      const text = translate(await languageOf(bot))('telegram.deleted');
      await api.edit(address, number, { text, entities: [] }, signal).catch((error: unknown) => {
        if (!isRefused(error)) throw error;
      });
    }
    await store.write(async (tx) => {
      for (const number of [...numbers, ...outOfReach]) await messages.drop(tx, row.linkId, number);
      if (outOfReach.length > 0) await drops.outOfReach(tx, row.botId);
      await settled(tx, row, 'done');
    });
  }

  return {
    /** What is to be done next for that row; that it is begun is in the caller's unit. */
    async begin(tx: Tx, bridge: TelegramBridge, row: TelegramOutgoing): Promise<Step> {
      const { task, partsDone, sentAfter, linkId, name = '' } = row;
      const known = task.kind === 'message' ? [] : await messages.byName(tx, linkId, name);
      // What stands in the group that became this one cannot be changed any more: what it says now is said anew.
      const there = known.filter(isThere);
      if (task.kind === 'delete') {
        const outOfReach = numbersOf(known.filter((one) => !isThere(one)));
        return { kind: 'delete', row, numbers: numbersOf(there), outOfReach };
      }
      const part = task.parts[partsDone];
      const isGone = task.kind === 'edit' && known.length === 0;
      if (!part || isGone) {
        const beyond = isGone ? [] : there.slice(partsDone);
        return { kind: 'delete', row, numbers: numbersOf(beyond), outOfReach: [] };
      }
      const old = there[partsDone];
      if (old) return { kind: 'edit', row, part, number: old.number };
      if (sentAfter === undefined) await outgoing.begin(tx, row.id, bridge.link.highestMessage);
      return {
        kind: 'send',
        row,
        part,
        replyTo: await replyOf(tx, bridge, row),
        lookAbove: sentAfter,
        known: sentAfter === undefined ? new Set() : await messages.numbersAbove(tx, linkId, sentAfter),
      };
    },

    async perform(doing: Doing, signal: AbortSignal): Promise<void> {
      const { step } = doing;
      if (step.kind === 'send') await send(doing, step, signal);
      else if (step.kind === 'edit') await edit(doing, step, signal);
      else await remove(doing, step, signal);
    },
  };
}
export type TelegramActs = ReturnType<typeof telegramActs>;

const numbersOf = (all: readonly SameMessage[]) => all.map(({ number }) => number);

/** It is about this message alone, and will be refused for ever. */
const isRefused = (error: unknown): boolean => error instanceof TelegramFailure && error.isPermanent;
