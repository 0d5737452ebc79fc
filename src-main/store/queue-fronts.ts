import type { BotId } from '../../src-shared/ids.ts';
import type { Update } from './update-repository.ts';

const KEPT_UPDATES = 4_000;
const KEPT_CHARACTERS = 8_000_000;

/** All that waits in one conversation, oldest first. Never empty. */
interface Front {
  botId: BotId;
  updates: Update[];
}

/**
 * What was queued a moment ago for bots whose queue is emptied at once: it need not be read back. A conversation is known
 * here whole or not at all; how many updates the database counts for it is the proof. Changes only with what is committed.
 */
export class QueueFronts {
  readonly #watched = new Set<BotId>();
  readonly #fronts = new Map<string, Front>();
  #count = 0;
  #characters = 0;

  watch(botId: BotId): void {
    this.#watched.add(botId);
  }

  unwatch(botId: BotId): void {
    this.#watched.delete(botId);
    this.forget(botId);
  }

  isWatched(botId: BotId): boolean {
    return this.#watched.has(botId);
  }

  /** Everything that waits in a conversation; undefined: the database knows. */
  of(botId: BotId, conversation: string): readonly Update[] | undefined {
    return this.#fronts.get(placeOf(botId, conversation))?.updates;
  }

  /** An update was queued; so many wait in its conversation with it. */
  added(update: Update, waiting: number): void {
    const { botId, conversation } = update;
    const known = this.of(botId, conversation)?.length ?? 0;
    if (known + 1 !== waiting || !this.#hasRoomFor(update)) {
      this.#drop(placeOf(botId, conversation));
      return;
    }
    const place = placeOf(botId, conversation);
    const front = this.#fronts.get(place) ?? { botId, updates: [] };
    this.#fronts.set(place, front);
    front.updates.push(update);
    this.#count += 1;
    this.#characters += update.data.length;
  }

  /** An update left the queue. */
  removed(botId: BotId, conversation: string, updateId: number): void {
    const place = placeOf(botId, conversation);
    const front = this.#fronts.get(place);
    if (!front) return;
    const [first] = front.updates;
    if (first?.updateId !== updateId || front.updates.length === 1) {
      this.#drop(place);
      return;
    }
    front.updates.shift();
    this.#count -= 1;
    this.#characters -= first.data.length;
  }

  /** Something else happened to updates of a bot. */
  forget(botId: BotId): void {
    for (const [place, front] of this.#fronts) if (front.botId === botId) this.#drop(place);
  }

  #hasRoomFor({ botId, data }: Update): boolean {
    const isRoom = this.#count < KEPT_UPDATES && this.#characters + data.length <= KEPT_CHARACTERS;
    return this.#watched.has(botId) && isRoom;
  }

  #drop(place: string): void {
    const front = this.#fronts.get(place);
    if (!front) return;
    this.#fronts.delete(place);
    this.#count -= front.updates.length;
    for (const { data } of front.updates) this.#characters -= data.length;
  }
}

const placeOf = (botId: BotId, conversation: string) => `${botId}/${conversation}`;
