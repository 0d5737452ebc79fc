import type { ChatMessage } from '../../src-shared/client/types.ts';

/** A part of a conversation without gaps, oldest first. */
export interface MessageWindow {
  messages: ChatMessage[];
  has_older: boolean;
  has_newer: boolean;
}

/** What the engine says about the messages from one number to another: those that it does not name are gone. */
interface Told {
  messages: readonly ChatMessage[];
  from: number;
  to: number;
}

/**
 * A window with what the engine told put into its place. What lies outside of it is left out: it would make a gap. Over
 * `limit` messages, those of the side named last are let go of.
 */
export function merged(
  kept: MessageWindow,
  told: Told,
  limit: number,
  letGo: 'older' | 'newer',
): MessageWindow {
  const news = new Map(told.messages.map((message) => [message.id, message]));
  const names = new Set(told.messages.map((message) => message.message_id));
  const rest = kept.messages.filter(
    ({ id, message_id }) => !(id >= told.from && id <= told.to) && !news.has(id) && !names.has(message_id),
  );
  const last = kept.messages.at(-1)?.id ?? 0;
  const first = kept.messages[0]?.id ?? 0;
  const isPage = told.to === 0;
  const fitting = told.messages.filter(
    ({ id }) => isPage || !((kept.has_newer && id > last) || (kept.has_older && id < first)),
  );
  const messages = [...rest, ...fitting].sort((a, b) => a.id - b.id);
  const over = messages.length - limit;
  if (over <= 0) return { ...kept, messages };
  return letGo === 'older'
    ? { messages: messages.slice(over), has_older: true, has_newer: kept.has_newer }
    : { messages: messages.slice(0, limit), has_older: kept.has_older, has_newer: true };
}

/** What to ask for so that the same part of a conversation is shown again: its end, or what was in the middle. */
export function shownPart(
  kept: MessageWindow | undefined,
  page: number,
  largest: number,
): { around?: number; limit: number } {
  if (!kept || kept.messages.length === 0) return { limit: page };
  const limit = Math.min(largest, Math.max(page, kept.messages.length));
  const middle = kept.messages[Math.floor(kept.messages.length / 2)];
  return kept.has_newer && middle ? { around: middle.id, limit } : { limit };
}

/** Whether what was read last lies outside of what is shown: what is new begins elsewhere. */
export function beginsElsewhere(
  { messages, has_older, has_newer }: MessageWindow,
  readUpTo: number | undefined,
): boolean {
  const [first, last] = [messages[0], messages.at(-1)];
  if (readUpTo === undefined || !first || !last) return false;
  return (has_older && first.id > readUpTo) || (has_newer && last.id <= readUpTo);
}

/** Message numbers in groups that one page each can answer. */
export function clusters(ids: Iterable<number>, page: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && id - last.from < page) last.to = id;
    else found.push({ from: id, to: id });
  }
  return found;
}
