import type { z } from 'zod';
import type { ChatMessage, ChatReaction } from '../../../src-shared/api/chats.ts';
import { causeOf } from '../../../src-shared/text/reasons.ts';
import type { Translate } from '../../../src-shared/text/translate.ts';
import type { ChatMessageRow, Reactions } from '../../store/chat-message-row.ts';
import { excerptOf } from './chat-body.ts';
import type { NoticeCode } from './chat-notices.ts';

/** What has to be known besides a message itself to show it. */
export interface ChatPlace {
  account: string;
  chat: string;
  t: Translate;
  /** The messages that are answered, as far as they are there. */
  answered: (id: string) => ChatMessageRow | undefined;
  /** A person has said something after it. */
  isAnswered: (message: ChatMessageRow) => boolean;
  /** Handed to a stream, and not known to have arrived. */
  isOnTheWay: (messageId: string) => boolean;
  file: (message: ChatMessageRow, number: number) => z.infer<typeof ChatMessage>['files'][number];
}

function noticeText(code: NoticeCode, count: number, t: Translate): string {
  return count === 1 ? t(`chat.notice.${code}`) : t(`chat.notice.${code}.many`, { count });
}

function reactionsOf(reactions: Reactions, own: string): z.infer<typeof ChatReaction>[] {
  const authors = new Map<string, string[]>();
  for (const [author, emojis] of Object.entries(reactions)) {
    for (const emoji of emojis) authors.set(emoji, [...(authors.get(emoji) ?? []), author]);
  }
  return [...authors].map(([emoji, all]) => ({
    emoji,
    count: all.length,
    own: all.includes(own),
    authors: all,
  }));
}

function replyOf(reply: { id: string; author: string; excerpt: string }, place: ChatPlace) {
  const found = place.answered(reply.id);
  return {
    message_id: found?.messageId ?? reply.id,
    id: found?.id ?? null,
    author: found?.author ?? reply.author,
    excerpt: found ? quoteOf(found) : reply.excerpt,
  };
}

/** Nothing of what was taken back, and no more of what is hidden than what it is called. */
function quoteOf(message: ChatMessageRow): string {
  if (message.isRetracted) return '';
  const { text, spoiler, files } = message.body();
  if (spoiler !== undefined) return excerptOf(spoiler) || '…';
  return excerptOf(text) || (files?.[0]?.name ?? '');
}

/** A message as the window gets it. */
export function messageView(message: ChatMessageRow, place: ChatPlace): ChatMessage {
  const { id, messageId, notice, isRetracted, state } = message;
  const body = message.body();
  const count = body.count ?? 1;
  return {
    id,
    message_id: messageId,
    account: place.account,
    chat: place.chat,
    kind: notice === undefined ? 'text' : 'notice',
    outgoing: message.isOutgoing,
    author: message.author,
    by: message.by,
    bot_id: message.botId,
    text: notice === undefined ? body.text : noticeText(notice as NoticeCode, count, place.t),
    spoiler: body.spoiler ?? null,
    sent_at: Math.floor(message.sentAt / 1_000),
    state: state === 'queued' && place.isOnTheWay(messageId) ? 'sent' : state,
    reason: message.reason ?? null,
    cause: causeOf(message.reason),
    encrypted: message.isEncrypted,
    edited: message.isEdited,
    retracted: isRetracted,
    reply_to: body.reply ? replyOf(body.reply, place) : null,
    reactions: reactionsOf(message.reactions(), place.account),
    files: (body.files ?? []).map((_, number) => place.file(message, number)),
    actions: place.isAnswered(message) ? [] : [...(body.actions ?? [])],
    notice: notice === undefined ? null : { code: notice, count, action: body.action ?? null },
  };
}
