import type { z } from 'zod';
import type {
  DeletedMessageData,
  EditedMessageData,
  MessageData,
  ReactionData,
  ReceivedFile,
  RoomJoinedData,
  RoomLeftData,
} from '../../../src-shared/api/updates.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { OutReason } from '../../store/room-repository.ts';
import { secondsOf } from '../updates/update-data.ts';
import type { RoomSaying, RoomStanza } from './read-room-message.ts';

/** Who an update about a room is told to, and which message it is about. */
interface About {
  /** The account that is in the room. */
  account: BareJid;
  /** As replies, reactions and retractions name it: the room's id, or the own one of a message of ours. */
  stanzaId: string;
  replyTo: string | undefined;
  isEncrypted: boolean;
}

/** `data` of an update about what was said in a room (contract, section 7, "Updates"). */
export function roomMessageData(
  { room, nick, id, sentAt }: RoomStanza,
  saying: RoomSaying,
  { account, stanzaId, replyTo, isEncrypted }: About,
  files: readonly z.input<typeof ReceivedFile>[] = [],
):
  | z.input<typeof MessageData>
  | z.input<typeof EditedMessageData>
  | z.input<typeof DeletedMessageData>
  | z.input<typeof ReactionData> {
  const common = {
    from: nick === '' ? room : `${room}/${nick}`,
    to: account,
    type: 'groupchat' as const,
    stanza_id: stanzaId,
    timestamp: secondsOf(sentAt),
    room,
    nick,
    ...(id && { id }),
    ...(isEncrypted && { encrypted: true as const }),
  };
  if (saying.kind === 'subject') return { ...common, body: '', subject: saying.subject };
  const { kind, text, emojis, isMention } = saying;
  if (kind === 'reaction') return { ...common, body: emojis.join(' '), reactions: [...emojis] };
  return {
    ...common,
    body: text,
    ...(replyTo !== undefined && { reply_to: replyTo }),
    ...(isMention && { mentioned: true as const }),
    ...(files.length > 0 && { files: [...files] }),
  };
}

interface Change {
  account: BareJid;
  room: BareJid;
  nick: string;
  atMs: number;
}

const changeData = ({ account, room, nick, atMs }: Change) => ({
  from: `${room}/${nick}`,
  to: account,
  body: '',
  type: 'groupchat' as const,
  stanza_id: '',
  timestamp: secondsOf(atMs),
  room,
  nick,
});

/** `data` of `room_joined`. */
export const joinedData = (
  change: Change & { subject: string | undefined; isPrivate: boolean },
): z.input<typeof RoomJoinedData> => ({
  ...changeData(change),
  ...(change.subject && { subject: change.subject }),
  ...(change.isPrivate && { encrypted: true as const }),
});

/** `data` of `room_left`. */
export const leftData = (
  change: Change & { reason: OutReason; text: string | undefined },
): z.input<typeof RoomLeftData> => ({
  ...changeData(change),
  reason: change.reason,
  ...(change.text && { reason_text: change.text }),
});
