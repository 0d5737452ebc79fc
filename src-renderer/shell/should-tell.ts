import type { Chat, ChatMessage } from '../../src-shared/client/types.ts';

interface News {
  wish: 'all' | 'mentions' | 'off';
  /** The conversation, as it was before the message. */
  chat: Pick<Chat, 'kind' | 'muted' | 'mentions' | 'name'>;
  isOwn: boolean;
  kind: ChatMessage['kind'];
  isMention?: boolean;
}

/** Whether a person wants to be told of a message. */
export function shouldTell({ wish, chat, isOwn, kind, isMention = false }: News): boolean {
  if (wish === 'off' || chat.muted || isOwn || kind === 'notice') return false;
  return wish === 'all' || chat.kind !== 'room' || isMention;
}
