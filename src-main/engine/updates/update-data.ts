import type { z } from 'zod';
import type {
  DeletedMessageData,
  EditedMessageData,
  MessageData,
  MessageStateData,
  ReactionData,
  ReceivedFile,
} from '../../../src-shared/api/updates.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { MessageNews } from '../messages/outbox.ts';
import type { IncomingMessage } from '../messages/read-message.ts';

/** Unix seconds. */
export const secondsOf = (atMs: number) => Math.floor(atMs / 1_000);

/** `data` of an update, as programs get it (contract, section 7, "Updates"). */
export function messageData(
  message: IncomingMessage,
  command: { name: string; args: string } | undefined,
  files: z.input<typeof ReceivedFile>[] = [],
):
  | z.input<typeof MessageData>
  | z.input<typeof EditedMessageData>
  | z.input<typeof DeletedMessageData>
  | z.input<typeof ReactionData> {
  const { kind, from, to, text, id, resource, stanzaId, sentAt, replyTo, emojis, isEncrypted } = message;
  const common = {
    from,
    to,
    type: 'chat' as const,
    stanza_id: stanzaId,
    timestamp: secondsOf(sentAt),
    ...(id && { id }),
    ...(resource && { resource }),
    ...(isEncrypted && { encrypted: true as const }),
  };
  if (kind === 'reaction') return { ...common, body: emojis.join(' '), reactions: [...emojis] };
  return {
    ...common,
    body: text,
    ...(replyTo !== undefined && { reply_to: replyTo }),
    ...(files.length > 0 && { files }),
    ...(command && { command: command.name, args: command.args }),
  };
}

/** `data` of an update of type `message_state`. */
export function stateData(
  from: BareJid,
  { conversation, messageId, isRoom, state, reason }: MessageNews,
  atMs: number,
): z.input<typeof MessageStateData> {
  return {
    from,
    to: conversation,
    body: '',
    type: isRoom ? 'groupchat' : 'chat',
    stanza_id: messageId,
    timestamp: secondsOf(atMs),
    ...(isRoom && { room: conversation }),
    state,
    ...(reason !== undefined && { reason }),
  };
}
