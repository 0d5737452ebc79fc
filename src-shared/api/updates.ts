import { z } from 'zod';
import { AllowedUpdates, answer, wholeNumber } from './common.ts';

const offset = wholeNumber(0, Number.MAX_SAFE_INTEGER)
  .optional()
  .describe('Forgets all updates up to and including this one, and returns those after it.');
// An empty list stands for the default.
const allowed_updates = z.preprocess(
  (value) => (value === '' || value === '[]' ? undefined : value),
  AllowedUpdates.optional(),
);

export const GetUpdates = z.object({
  offset,
  limit: wholeNumber(1, 100).default(100),
  timeout: wholeNumber(0, 50).default(0).describe('How many seconds to wait for the first update.'),
  allowed_updates,
});

export const FollowUpdates = z.object({ offset, allowed_updates });
/** What an event source sends when it connects again: the last id it has got. */
export const FollowHeaders = z.object({ 'last-event-id': offset });

/** What `data` of every update has. `from` and `to` are bare addresses; `timestamp` is in Unix seconds. */
const common = {
  from: z.string(),
  to: z.string(),
  body: z.string(),
  type: z.enum(['chat', 'groupchat']),
  /** The message that the update is about: what `reply_to`, `sendReaction` and `deleteMessage` take. */
  stanza_id: z.string(),
  timestamp: z.number(),
  /** Of what was said in a room: `from` is `room/nick` then, or the room itself. */
  room: z.string().optional(),
  nick: z.string().optional(),
};
/** Of what a person sent: the `id` attribute of that stanza, the client it came from, and whether it came encrypted (OMEMO). */
const sent = {
  id: z.string().optional(),
  resource: z.string().optional(),
  encrypted: z.literal(true).optional(),
};
/** The message that is answered; its quotation is not part of `body`. */
const reply = { reply_to: z.string().optional() };

/** In rooms: the bot is addressed by its nickname, or mentioned (XEP-0372). */
const mention = { mentioned: z.literal(true).optional() };

/** A file that came with a message. `url` gives it until `expires` (Unix seconds), to everybody who has that address. */
export const ReceivedFile = z.object({
  name: z.string(),
  /** As the sender says, where he does; `url` tells what is true. */
  size: z.number().optional(),
  type: z.string().optional(),
  url: z.string(),
  expires: z.number(),
});
const files = { files: z.array(ReceivedFile).optional() };

/** `data` of an update of type `message`. With `subject` the topic of a room has changed, and `body` is empty. */
export const MessageData = z.object({
  ...common,
  ...sent,
  ...reply,
  ...mention,
  ...files,
  subject: z.string().optional(),
  command: z.string().optional(),
  args: z.string().optional(),
});
/** `edited_message`: `body` is the new text of the message `stanza_id`. */
export const EditedMessageData = z.object({ ...common, ...sent, ...reply, ...mention, ...files });
/** `deleted_message`: the message `stanza_id` was taken back; `body` is empty. */
export const DeletedMessageData = z.object({ ...common, ...sent });
/** `reaction`: all that the sender thinks of the message `stanza_id` now; none takes earlier ones back. */
export const ReactionData = z.object({ ...common, ...sent, reactions: z.array(z.string()) });
/** `message_state`: how far the bot's own message `stanza_id` came. */
export const MessageStateData = z.object({
  ...common,
  state: z.enum(['acked', 'delivered', 'displayed', 'failed']),
  reason: z.string().optional(),
});

/** `room_joined`: the bot came into a room, or back; `encrypted` where everything there is (OMEMO). */
export const RoomJoinedData = z.object({
  ...common,
  subject: z.string().optional(),
  encrypted: z.literal(true).optional(),
});
/** `room_left`: it is out and does not come back by itself. `reason_text`: what the room or a moderator said. */
export const RoomLeftData = z.object({
  ...common,
  reason: z.enum(['left', 'kicked', 'banned', 'removed', 'destroyed', 'refused', 'opened']),
  reason_text: z.string().optional(),
});

/** `bridge_message`: what came from Telegram and was carried into the chat with the owner; `body` without the line above it. */
export const BridgeMessageData = z.object({
  ...common,
  ...reply,
  /** Who wrote it, by the name shown there. */
  author: z.string(),
  /** The chat at Telegram. */
  chat_id: z.string(),
  /** It is the new text of the message `stanza_id`. */
  edited: z.literal(true).optional(),
});

/** `data` by type of update. */
export const updateData = {
  message: MessageData,
  edited_message: EditedMessageData,
  deleted_message: DeletedMessageData,
  reaction: ReactionData,
  message_state: MessageStateData,
  room_joined: RoomJoinedData,
  room_left: RoomLeftData,
  bridge_message: BridgeMessageData,
} as const;

/** `data` of an update of any type, described to others as one of those above. */
export const UpdateData = z.looseObject({}).meta({ id: 'UpdateData' });

/** Described to others by type; `data` is written by the engine and not looked at again. */
export const Update = z
  .object({ update_id: z.number(), type: z.string(), data: z.looseObject({}) })
  .meta({ id: 'Update' });
export const Updates = answer(z.array(Update));
