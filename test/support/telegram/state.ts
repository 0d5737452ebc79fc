import type { Chat, Message, MessageEntity, Update, User } from 'grammy/types';

/** A Telegram bot, as Telegram knows it. */
export interface EmulatedBot {
  readonly id: number;
  token: string;
  username: string;
  name: string;
  /** Privacy mode is off. */
  readsGroups: boolean;
  webhook: string | null;
  allowedUpdates: readonly string[];
  nextUpdate: number;
  queue: { update: Update; at: number }[];
  /** The number of the newest message in its private chats and groups. */
  lastOwnId: number;
}

export interface EmulatedMessage {
  id: number;
  /** As it is shown: without `chat`, and with the styling that arrived. */
  shown: Message;
  /** Of the bot that sent it; a person's: undefined. */
  botId: number | undefined;
  isDeleted: boolean;
}

export type ChatKind = 'private' | 'group' | 'supergroup' | 'channel';

export interface EmulatedChat {
  readonly id: number;
  kind: ChatKind;
  title: string;
  username: string | undefined;
  person: User | undefined;
  /** Bots that may speak there. */
  bots: Set<number>;
  /** Why a bot may not: it was there once, or never had the right. */
  refused: Map<number, 'blocked' | 'kicked' | 'no-rights'>;
  migratedTo: number | undefined;
  messages: EmulatedMessage[];
  /** Numbers of supergroups and channels are their own; those of the others are shared. */
  lastOwnId: number;
}

/** What Telegram remembers. Nobody's requests are known here. */
export interface World {
  now: () => number;
  bots: Map<number, EmulatedBot>;
  chats: Map<number, EmulatedChat>;
  /** Something new waits for this bot. */
  wake: (bot: EmulatedBot) => void;
}

const DAY_S = 86_400;
const DEFAULT_UPDATES = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'my_chat_member',
  'callback_query',
  'inline_query',
];

export const botUser = (bot: EmulatedBot): User => ({
  id: bot.id,
  is_bot: true,
  first_name: bot.name,
  username: bot.username,
});

/** The chat as updates and `getChat` show it. */
export function shownChat(chat: EmulatedChat): Chat {
  const { id, kind, title, username, person } = chat;
  if (kind === 'private') {
    const { first_name = '', last_name, username: name } = person ?? {};
    return {
      id,
      type: 'private',
      first_name,
      ...(last_name !== undefined && { last_name }),
      ...(name !== undefined && { username: name }),
    };
  }
  return { id, type: kind, title, ...(username !== undefined && { username }) } as Chat;
}

export function nextMessageId(world: World, chat: EmulatedChat): number {
  // Private chats and groups of a bot are numbered together, and apart from those of other bots.
  const [first] = chat.kind === 'private' || chat.kind === 'group' ? chat.bots : [];
  const numbered = world.bots.get(first ?? 0) ?? chat;
  numbered.lastOwnId = Math.max(numbered.lastOwnId, chat.messages.at(-1)?.id ?? 0) + 1;
  return numbered.lastOwnId;
}

export const messageIn = (chat: EmulatedChat, id: number): EmulatedMessage | undefined =>
  chat.messages.find((one) => one.id === id && !one.isDeleted);

/** A message as an answer or update shows it: what it replies to in full, one step deep. */
export function shownMessage(chat: EmulatedChat, { shown }: EmulatedMessage): Message {
  return { ...shown, chat: shownChat(chat) } as Message;
}

export function addMessage(
  world: World,
  chat: EmulatedChat,
  by: { from?: User | undefined; botId?: number | undefined },
  content: Partial<Message>,
  replyTo?: number,
): EmulatedMessage {
  const answered = replyTo === undefined ? undefined : messageIn(chat, replyTo);
  const { reply_to_message: _, ...plain } = answered ? shownMessage(chat, answered) : ({} as Message);
  const isChannel = chat.kind === 'channel';
  const shown = {
    message_id: nextMessageId(world, chat),
    ...(by.from && !isChannel && { from: by.from }),
    ...(isChannel && { sender_chat: shownChat(chat) }),
    date: Math.floor(world.now() / 1_000),
    ...(answered && { reply_to_message: plain }),
    ...content,
  } as Message;
  const message = { id: shown.message_id, shown, botId: by.botId, isDeleted: false };
  chat.messages.push(message);
  return message;
}

/** Whether a bot in privacy mode is told of a message in a group. */
function concerns(bot: EmulatedBot, { shown }: EmulatedMessage): boolean {
  const text = shown.text ?? shown.caption ?? '';
  const isReply = shown.reply_to_message?.from?.id === bot.id;
  return text.startsWith('/') || isReply || text.includes(`@${bot.username}`) || isService(shown);
}
const isService = (message: Message) => 'migrate_to_chat_id' in message || 'new_chat_members' in message;

/** Tells every bot of the chat that may know of it; a bot is never told what a bot wrote, but for the posts of others in a channel. */
export function announceMessage(
  world: World,
  chat: EmulatedChat,
  message: EmulatedMessage,
  isEdit: boolean,
): void {
  const isChannel = chat.kind === 'channel';
  const type = `${isEdit ? 'edited_' : ''}${isChannel ? 'channel_post' : 'message'}`;
  for (const id of chat.bots) {
    const bot = world.bots.get(id);
    if (!bot || message.botId === id || (message.botId !== undefined && !isChannel)) continue;
    const isGroup = chat.kind === 'group' || chat.kind === 'supergroup';
    if (isGroup && !bot.readsGroups && !concerns(bot, message)) continue;
    queueUpdate(world, bot, type, shownMessage(chat, message));
  }
}

export function queueUpdate(world: World, bot: EmulatedBot, type: string, content: unknown): void {
  const allowed = bot.allowedUpdates.length > 0 ? bot.allowedUpdates : DEFAULT_UPDATES;
  if (!allowed.includes(type)) return;
  const update = { update_id: bot.nextUpdate, [type]: structuredClone(content) } as unknown as Update;
  bot.nextUpdate += 1;
  bot.queue.push({ update, at: world.now() });
  world.wake(bot);
}

/** What waits from a number on. All before are forgotten, and what is older than a day. */
export function pendingFrom(world: World, bot: EmulatedBot, offset: number): Update[] {
  const oldest = world.now() - DAY_S * 1_000;
  const from = offset < 0 ? bot.nextUpdate + offset : offset;
  bot.queue = bot.queue.filter(({ update, at }) => at >= oldest && update.update_id >= from);
  return bot.queue.map(({ update }) => update);
}

/** The styled text of a message, in the form in which it is compared. */
export const contentOf = ({ text = '', entities = [] }: Pick<Message, 'text' | 'entities'>): string =>
  JSON.stringify([
    text,
    entities.map((one: MessageEntity) => JSON.stringify(Object.entries(one).sort())).sort(),
  ]);
