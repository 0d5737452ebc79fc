import { z } from 'zod';
import { cause, envelope, text } from './common.ts';

const Address = text(3_100).meta({
  description: 'XMPP address of the recipient, without a resource.',
  examples: ['friend@server.example'],
});
const MessageType = z.enum(['chat', 'groupchat'], { error: 'must be "chat" or "groupchat"' }).default('chat');
/** Of an update (`stanza_id`) or of an own message. */
const AnyMessageId = text(1_000)
  .min(1, 'must not be empty')
  .describe('The `stanza_id` of an update, or a `message_id` that sendMessage returned.');

export const SendMessage = z.object({
  to: Address,
  text: text(65_536)
    .min(1, 'must not be empty')
    .meta({ description: 'At most 65 536 bytes of UTF-8.', examples: ['Good morning!'] }),
  type: MessageType,
  reply_to: AnyMessageId.optional().describe('The message that this one answers.'),
  replace_id: AnyMessageId.optional().describe('An own message that this one takes the place of.'),
});
export const SendMessageHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7E](?:[\x20-\x7E]{0,253}[\x21-\x7E])?$/, 'must be 1 to 255 visible ASCII characters')
    .optional()
    .describe('Makes a repeat within 24 hours safe: the same key sends nothing twice.'),
});
export const SentMessage = envelope(z.object({ message_id: z.string() }));

const caption = text(65_536)
  .optional()
  .describe('A text about the file; it is sent as a message of its own, after it.');
const fileName = text(255)
  .optional()
  .meta({ description: 'What the file is to be called.', examples: ['forecast.png'] });
/** Of a file that lies in the web; `SendFileForm` brings it along. */
export const SendFile = z.object({
  to: Address,
  url: text(2_000)
    .min(1, 'must not be empty')
    .meta({
      description: 'Where the file is fetched, over https; at most 20 MiB.',
      examples: ['https://server.example/forecast.png'],
    }),
  caption,
  name: fileName,
  type: MessageType,
});
export const SendFileForm = z.object({
  to: Address,
  file: z
    .string({ error: 'is missing' })
    .meta({ description: 'The file itself, at most 20 MiB.', format: 'binary' }),
  caption,
  name: fileName,
  type: MessageType,
});
export const SentFile = envelope(
  z.object({ message_id: z.string(), caption_message_id: z.string().optional() }),
);

export const ReceivedFileParams = z.object({
  token: z.string().describe('As it stands in the `url` of a file of an update.'),
});

export const GetMessageState = z.object({ message_id: AnyMessageId });
export const MessageState = envelope(
  z.object({
    state: z.enum(['queued', 'sent', 'acked', 'delivered', 'displayed', 'failed']),
    reason: z.string().nullable(),
    cause,
  }),
);

export const SendChatState = z.object({
  to: Address,
  state: z.enum(['active', 'composing', 'paused', 'inactive', 'gone'], {
    error: ({ input }) =>
      input === undefined ? 'is missing' : 'must be "composing", "paused", "active", "inactive" or "gone"',
  }),
  type: MessageType,
});

export const DeleteMessage = z.object({ message_id: AnyMessageId });

export const SendReaction = z.object({
  to: Address,
  message_id: AnyMessageId,
  reaction: text(1_000).meta({
    description: 'Emojis; they take the place of all that the bot gave before. An empty text removes them.',
    examples: ['👍'],
  }),
  type: MessageType,
});
