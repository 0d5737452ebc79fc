import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { splitText, type TelegramText } from '../../gateways/telegram/index.ts';
import type { Tx } from '../../store/open.ts';
import type { TelegramBridge } from '../../store/telegram-bot-repository.ts';
import type { TelegramMessageRepository } from '../../store/telegram-message-repository.ts';
import type {
  TelegramOutgoing,
  TelegramOutgoingRepository,
  TelegramTask,
} from '../../store/telegram-outgoing-repository.ts';
import type { TelegramRecentRepository } from '../../store/telegram-recent-repository.ts';
import type { TelegramDrops } from './telegram-drops.ts';
import { beginningOf, underHeader } from './telegram-words.ts';

interface TelegramQueueDeps {
  outgoing: TelegramOutgoingRepository;
  messages: TelegramMessageRepository;
  recents: TelegramRecentRepository;
  events: Emitter<EngineEvents>;
  drops: Pick<TelegramDrops, 'isFull' | 'noRoom'>;
  clock: Clock;
  /** Something waits to be sent. */
  wake: (botId: BotId) => void;
}

/** Something that somebody said here. */
export interface SaidForTelegram {
  /** Whose it is. */
  from: string;
  text: TelegramText;
  /** The message here; undefined: nothing refers to it later. */
  name?: string | undefined;
  answers?: string | undefined;
}

/** Nothing of it was ever on its way. */
const isUntouched = ({ partsDone, sentAfter }: TelegramOutgoing) =>
  partsDone === 0 && sentAfter === undefined;

/** Puts things on their way to Telegram, in the caller's unit, and in order. */
export function telegramQueue(deps: TelegramQueueDeps) {
  const { outgoing, messages, recents, drops, events, clock, wake } = deps;
  const queued = (tx: Tx, botId: BotId) =>
    tx.onDisk(() => {
      wake(botId);
      events.emit('telegram.changed', { botId });
    });
  const insert = async (
    tx: Tx,
    { botId, link }: TelegramBridge,
    task: TelegramTask,
    name: string | undefined,
  ) => {
    queued(tx, botId);
    return outgoing.insert(tx, { botId, linkId: link.id, task, name, createdAt: clock.now() });
  };

  return {
    /** Where there is no room it is left out, and the bot's owner told. */
    async put(tx: Tx, bridge: TelegramBridge, { from, text, name, answers }: SaidForTelegram): Promise<void> {
      const beginning = beginningOf(text.text);
      const recent = { to: 'telegram' as const, from, text: beginning, at: clock.now() };
      if (await drops.isFull(tx, bridge.botId)) {
        await recents.insert(tx, bridge.botId, { ...recent, state: 'failed' });
        return drops.noRoom(tx, bridge.botId, beginning);
      }
      const parts = splitText(underHeader(from, text));
      const id = await insert(tx, bridge, { kind: 'message', parts, answers }, name);
      await recents.insert(tx, bridge.botId, { ...recent, state: 'waiting' }, id);
    },

    /** A message says something else now. False where it was never carried over. */
    async edit(
      tx: Tx,
      bridge: TelegramBridge,
      { from, text, name }: SaidForTelegram & { name: string },
    ): Promise<boolean> {
      const waiting = await outgoing.named(tx, bridge.link.id, name);
      const known = await messages.byName(tx, bridge.link.id, name);
      if (known.some(({ origin }) => origin === 'telegram')) return false;
      const parts = splitText(underHeader(from, text));
      const last = waiting.findLast(({ task }) => task.kind !== 'delete');
      if (last && isUntouched(last)) {
        // What nobody has seen yet is never said.
        await outgoing.setTask(tx, last.id, { ...last.task, kind: last.task.kind, parts } as TelegramTask);
        await recents.replace(tx, last.id, { from, text: beginningOf(text.text) });
        queued(tx, bridge.botId);
        return true;
      }
      if (!last && known.length === 0) return false;
      if (await drops.isFull(tx, bridge.botId)) {
        await drops.noRoom(tx, bridge.botId, beginningOf(text.text));
        return true;
      }
      await insert(tx, bridge, { kind: 'edit', parts }, name);
      return true;
    },

    /** A message was taken back. */
    async delete(tx: Tx, bridge: TelegramBridge, name: string): Promise<boolean> {
      const waiting = await outgoing.named(tx, bridge.link.id, name);
      const known = await messages.byName(tx, bridge.link.id, name);
      if (known.some(({ origin }) => origin === 'telegram')) return false;
      const isDelete = ({ task }: TelegramOutgoing) => task.kind === 'delete';
      for (const row of waiting.filter((one) => isUntouched(one) && !isDelete(one))) {
        await outgoing.end(tx, row.id);
        await recents.drop(tx, row.id);
      }
      const isThere = known.length > 0 || waiting.some((row) => !isUntouched(row));
      // There is room for one of each message, always: what was taken back shall not stay there.
      if (waiting.some(isDelete)) return true;
      if (isThere) await insert(tx, bridge, { kind: 'delete' }, name);
      else if (waiting.length > 0) queued(tx, bridge.botId);
      return isThere || waiting.length > 0;
    },
  };
}
export type TelegramQueue = ReturnType<typeof telegramQueue>;
