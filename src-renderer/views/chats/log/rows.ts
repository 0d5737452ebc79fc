import type { ChatMessage } from '../../../../src-shared/client/types.ts';

const TOGETHER_S = 5 * 60;

/** A message as it stands among its neighbours. */
export interface LogRow {
  message: ChatMessage;
  isOwn: boolean;
  /** First of those that one person said in a row: has the name. */
  isFirst: boolean;
  /** Last of them: has the picture. */
  isLast: boolean;
  /** A line with the day stands above it. */
  beginsDay: boolean;
  /** A line stands above it: from here on it was not read. */
  beginsUnread: boolean;
}

/** Whether a person here has written it. In the chat with oneself, what bots and the engine say stands on the other side. */
export const isOwn = ({ outgoing, by, account, chat }: ChatMessage): boolean =>
  outgoing && (by === 'person' || account !== chat);

const speaker = (message: ChatMessage) =>
  `${message.kind} ${isOwn(message)} ${message.author} ${message.by} ${message.bot_id}`;
const dayOf = ({ sent_at }: ChatMessage) => new Date(sent_at * 1_000).setHours(0, 0, 0, 0);

/**
 * Messages in groups of one speaker within five minutes, by days. `readUpTo`: as it was when the chat was opened;
 * `hasOlder`: there are messages before these, so that the first of them need not be the first that is unread.
 */
export function rowsOf(
  messages: readonly ChatMessage[],
  readUpTo: number | undefined,
  hasOlder = false,
): LogRow[] {
  const isKnown = readUpTo !== undefined && !(hasOlder && (messages[0]?.id ?? 0) > readUpTo);
  const firstUnread = isKnown ? messages.findIndex((one) => one.id > readUpTo && !isOwn(one)) : -1;
  const begins = messages.map((message, index) => {
    const before = messages[index - 1];
    const beginsDay = !before || dayOf(before) !== dayOf(message);
    const beginsUnread = index === firstUnread;
    const isApart = !before || Math.abs(message.sent_at - before.sent_at) > TOGETHER_S;
    const isOther = !before || speaker(before) !== speaker(message);
    return { beginsDay, beginsUnread, isFirst: beginsDay || beginsUnread || isApart || isOther };
  });
  return messages.map((message, index) => {
    const { beginsDay = false, beginsUnread = false, isFirst = true } = begins[index] ?? {};
    return {
      message,
      isOwn: isOwn(message),
      isFirst,
      isLast: begins[index + 1]?.isFirst ?? true,
      beginsDay,
      beginsUnread,
    };
  });
}
