import type { Selectable } from 'kysely';
import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { OpenedBodies } from './opened-bodies.ts';
import type { ChatMessageTable } from './schema-chat.ts';

/** A file of a message, by where it lies; `key` and `iv` (hex) open it, where it is encrypted by itself. */
export interface ChatFileSource {
  url: string;
  name: string;
  type?: string | undefined;
  size?: number | undefined;
  key?: string;
  iv?: string;
}

/** What a message says. Of a notice: how many messages it is about, and what may be done. */
export interface ChatBody {
  text: string;
  spoiler?: string | undefined;
  reply?: { id: string; author: string; excerpt: string } | undefined;
  files?: readonly ChatFileSource[];
  actions?: readonly { value: string; label: string }[];
  count?: number;
  action?: string | undefined;
}

/** By author, all that they gave. */
export type Reactions = Record<string, readonly string[]>;

export interface ChatMessageRow {
  id: number;
  chatId: number;
  name: string;
  messageId: string;
  /** What others may call it as well. */
  otherId: string | undefined;
  archiveId: string | undefined;
  author: string;
  isOutgoing: boolean;
  by: ChatMessageTable['by'];
  botId: BotId | null;
  weight: ChatMessageTable['weight'];
  isEncrypted: boolean;
  isMarkable: boolean;
  notice: string | undefined;
  isEdited: boolean;
  isRetracted: boolean;
  state: ChatMessageTable['state'];
  reason: string | undefined;
  /** Unix milliseconds. */
  sentAt: number;
  /** Opened when it is asked for: a broken one stands in nobody else's way. */
  body: () => ChatBody;
  reactions: () => Reactions;
}

export const bodyPlace = (chatId: number, name: string) => ({
  table: 'chat_message',
  row: `${chatId}/${name}`,
  column: 'body',
});
export const reactionsPlace = (chatId: number, name: string) => ({
  ...bodyPlace(chatId, name),
  column: 'reactions',
});

/** `kept`: what was opened lately; without it each body is opened anew. */
export function toMessage(
  box: SecretBox,
  row: Selectable<ChatMessageTable>,
  kept: OpenedBodies = (_, open) => open(),
): ChatMessageRow {
  const { id, chat_id: chatId, name, body, reactions } = row;
  let opened: ChatBody | undefined;
  return {
    id,
    chatId,
    name,
    messageId: row.message_id,
    otherId: row.other_id ?? undefined,
    archiveId: row.archive_id ?? undefined,
    author: row.author,
    isOutgoing: row.outgoing === 1,
    by: row.by,
    botId: row.bot_id as BotId | null,
    weight: row.weight,
    isEncrypted: row.encrypted === 1,
    isMarkable: row.markable === 1,
    notice: row.notice ?? undefined,
    isEdited: row.edited === 1,
    isRetracted: row.retracted === 1,
    state: row.state,
    reason: row.reason ?? undefined,
    sentAt: row.sent_at,
    body() {
      opened ??= kept(body, () => JSON.parse(box.open(body, bodyPlace(chatId, name))) as ChatBody);
      return opened;
    },
    reactions: () =>
      reactions ? (JSON.parse(box.open(reactions, reactionsPlace(chatId, name))) as Reactions) : {},
  };
}
