import { z } from 'zod';
import { answer, cause, text, wholeNumber } from './common.ts';
import { SendMessageHeaders } from './messages.ts';
import { SessionState } from './status.ts';

/** Conversations of people's accounts, as the window shows them. Instants are Unix seconds. */

const RowNumber = wholeNumber(1, Number.MAX_SAFE_INTEGER);

export const ChatKind = z.enum(['self', 'bot', 'contact', 'room']);
export type ChatKind = z.infer<typeof ChatKind>;

/** How a message that was written here fares; null: one that came. */
export const ChatMessageState = z.enum(['queued', 'sent', 'acked', 'delivered', 'displayed', 'failed']);
export type ChatMessageState = z.infer<typeof ChatMessageState>;

export const ChatFile = z
  .object({
    name: z.string(),
    /** Media type by content once it is here, else by what was announced. */
    type: z.string(),
    size: z.number().nullable(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    /** Path of its bytes under this origin; null while it cannot be had. */
    path: z.string().nullable(),
    /** Why it cannot be had, in words. */
    problem: z.string().nullable(),
  })
  .meta({ id: 'ChatFile' });
export type ChatFile = z.infer<typeof ChatFile>;

export const ChatReaction = z
  .object({ emoji: z.string(), count: z.number(), own: z.boolean(), authors: z.array(z.string()) })
  .meta({ id: 'ChatReaction' });

export const ChatMessage = z
  .object({
    /** Its place: grows within a conversation. */
    id: z.number(),
    /** What replies, reactions, edits and retractions name. */
    message_id: z.string(),
    account: z.string(),
    chat: z.string(),
    kind: z
      .enum(['text', 'notice'])
      .describe(
        '`notice`: said by the engine about the conversation, never sent: what could not be decrypted …',
      ),
    /** Written through this account, by whichever client or bot. */
    outgoing: z.boolean(),
    author: z.string().describe('Bare address; in rooms the nickname.'),
    /** Who wrote it: a person, a bot or the engine answering for the account. */
    by: z.enum(['person', 'bot', 'engine']),
    bot_id: z.number().nullable().describe('The bot that spoke through this account.'),
    text: z.string(),
    spoiler: z.string().nullable().describe('Hint of a text that stays closed until asked for (XEP-0382).'),
    sent_at: z.number(),
    state: ChatMessageState.nullable(),
    reason: z.string().nullable().describe('Why it failed, in words.'),
    cause,
    encrypted: z.boolean(),
    edited: z.boolean(),
    retracted: z.boolean(),
    reply_to: z
      .object({ message_id: z.string(), id: z.number().nullable(), author: z.string(), excerpt: z.string() })
      .nullable(),
    reactions: z.array(ChatReaction),
    files: z.array(ChatFile),
    actions: z
      .array(z.object({ value: z.string(), label: z.string() }))
      .describe('Quick responses (XEP-0439) that still can be given.'),
    notice: z
      .object({ code: z.string(), count: z.number(), action: z.string().nullable() })
      .nullable()
      .describe('Of a notice: what it is about, how many messages, what may be done.'),
  })
  .meta({ id: 'ChatMessage' });
export type ChatMessage = z.infer<typeof ChatMessage>;

export const Chat = z
  .object({
    account: z.string(),
    jid: z.string(),
    kind: ChatKind,
    name: z.string(),
    bot_id: z.number().nullable().describe('The dedicated bot that is spoken to.'),
    /** The bot's session; null: of somebody else, see `presence`. */
    state: SessionState.nullable(),
    presence: z.enum(['online', 'away', 'dnd', 'offline']).nullable(),
    contact: z.boolean().describe('A person on the contact list of the account.'),
    encryption: z.object({
      state: z
        .enum(['on', 'off', 'impossible'])
        .describe(
          'What is written now goes encrypted, in clear, or nowhere: it must be encrypted and cannot be.',
        ),
      devices: z.number(),
      /** Devices that wait for approval. */
      new_devices: z.number(),
      reason: z.string().nullable(),
    }),
    /** The newest message; of a long text its beginning. */
    last: ChatMessage.nullable(),
    unread: z.number(),
    mentions: z.number(),
    muted: z.boolean(),
    draft: z.string(),
    /** The newest message that was read. */
    read_up_to: z.number().nullable(),
    /** Who writes just now. */
    typing: z.array(z.string()),
  })
  .meta({ id: 'Chat' });
export type Chat = z.infer<typeof Chat>;

export const Chats = answer(z.array(Chat));
export const OneChat = answer(Chat);
export const ChatsQuery = z.object({ account: text(3_100).optional() });
export const ChatPath = z.object({ account: z.string(), jid: z.string() });
export const ChatMessagePath = ChatPath.extend({ message_id: z.string() });

/** One of them at most; none: the newest. The page is in order, oldest first. */
export const ChatPage = z.object({
  before: RowNumber.optional(),
  after: RowNumber.optional(),
  around: RowNumber.optional(),
  limit: wholeNumber(1, 200).default(50),
});
export const ChatMessages = answer(
  z.object({ messages: z.array(ChatMessage), has_older: z.boolean(), has_newer: z.boolean() }),
);

export const WriteMessage = z.object({
  text: text(65_536).min(1, 'must not be empty'),
  reply_to: text(1_000).optional(),
  replace_id: text(1_000).optional(),
});
/** The same key, from the same account, sends nothing twice. */
export const WriteHeaders = SendMessageHeaders;
export const WrittenMessage = answer(ChatMessage);
export const ChatFilePath = z.object({ token: z.string() });
/** A form with `file` and perhaps `caption`. */
export const WriteFile = z.object({
  file: z.string({ error: 'is missing' }).meta({ format: 'binary' }),
  caption: text(65_536).optional(),
});
export const React = z.object({ reaction: text(1_000) });
export const MarkRead = z.object({ up_to: RowNumber });
export const Typing = z.object({ state: z.enum(['composing', 'paused', 'active']) });
export const ChangeChat = z
  .object({ muted: z.boolean().optional(), draft: text(65_536).optional() })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: 'names nothing to change: give muted or draft',
  });
export const OpenChat = z.object({ account: text(3_100), jid: text(3_100) });

export const SearchChats = z.object({
  q: text(200).min(2, 'must have at least two characters'),
  account: text(3_100).optional(),
  chat: text(3_100).optional(),
  before: RowNumber.optional(),
  limit: wholeNumber(1, 100).default(30),
});
export const FoundMessages = answer(
  z.object({ messages: z.array(ChatMessage), next: z.number().nullable().describe('Where to go on.') }),
);

/** Of a room for members only: who may read what is said there. */
export const ChatMember = z.object({
  jid: z.string(),
  nick: z.string().nullable().describe('What they are called there; null: they are not there now.'),
});
export type ChatMember = z.infer<typeof ChatMember>;
export const ChatMembers = answer(z.array(ChatMember));

/** Slash commands that may be typed into a chat. */
export const ChatCommands = answer(
  z.array(
    z.object({
      name: z.string(),
      args: z.string().describe('As they are shown behind the name.'),
      summary: z.string(),
      group: z.enum(['bot', 'menu', 'chat']),
    }),
  ),
);
