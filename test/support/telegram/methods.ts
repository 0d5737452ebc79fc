import type { MessageEntity } from 'grammy/types';
import { BotApiRefusal, badRequest, forbidden } from './refusal.ts';
import {
  addMessage,
  announceMessage,
  botUser,
  contentOf,
  type EmulatedBot,
  type EmulatedChat,
  messageIn,
  shownChat,
  shownMessage,
  type World,
} from './state.ts';
import { acceptText } from './text.ts';

export type Params = Record<string, unknown>;
export type Method = (world: World, bot: EmulatedBot, params: Params) => unknown;

const TWO_DAYS_S = 2 * 86_400;
const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** The chat, as far as this bot may know of it. */
function chatOf(world: World, bot: EmulatedBot, { chat_id: given }: Params): EmulatedChat {
  if (given === undefined || given === '') throw badRequest('chat_id is empty');
  const name = String(given);
  const chat = name.startsWith('@')
    ? [...world.chats.values()].find((one) => one.username === name.slice(1) && one.kind !== 'private')
    : world.chats.get(Number(name));
  if (!chat) throw badRequest('chat not found');
  const isKnown = chat.bots.has(bot.id) || chat.refused.has(bot.id) || chat.username !== undefined;
  if (!isKnown) throw badRequest('chat not found');
  return chat;
}

const KINDS = { group: 'group', supergroup: 'supergroup', channel: 'channel' } as const;

/** The chat, where this bot may write in it. */
function writableChat(world: World, bot: EmulatedBot, params: Params): EmulatedChat {
  const chat = chatOf(world, bot, params);
  if (chat.migratedTo !== undefined) {
    throw new BotApiRefusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.migratedTo,
    });
  }
  const why = chat.refused.get(bot.id);
  if (why === 'blocked') throw forbidden('bot was blocked by the user');
  if (why === 'no-rights' && chat.kind === 'channel') {
    throw badRequest('need administrator rights in the channel chat');
  }
  if (why === 'no-rights') throw badRequest('not enough rights to send text messages to the chat');
  if (chat.kind === 'private') return chat;
  if (why === 'kicked') throw forbidden(`bot was kicked from the ${KINDS[chat.kind]} chat`);
  if (!chat.bots.has(bot.id)) throw forbidden(`bot is not a member of the ${KINDS[chat.kind]} chat`);
  return chat;
}

/** The message of this bot with that number, that it may change. */
function editable(world: World, bot: EmulatedBot, params: Params) {
  const chat = writableChat(world, bot, params);
  const message = messageIn(chat, Number(params.message_id));
  if (!message) throw badRequest('message to edit not found');
  if (message.botId !== bot.id) throw badRequest("message can't be edited");
  return { chat, message };
}

const entitiesOf = ({ entities }: Params) => (entities ?? []) as MessageEntity[];

const sendMessage: Method = (world, bot, params) => {
  const chat = writableChat(world, bot, params);
  if (params.parse_mode !== undefined) throw badRequest('unsupported parse_mode: entities are expected here');
  const content = acceptText(params.text, entitiesOf(params));
  const reply = params.reply_parameters as
    | { message_id: number; allow_sending_without_reply?: boolean }
    | undefined;
  const answered = reply && messageIn(chat, reply.message_id);
  if (reply && !answered && !reply.allow_sending_without_reply) {
    throw badRequest('message to be replied not found');
  }
  const message = addMessage(
    world,
    chat,
    { from: botUser(bot), botId: bot.id },
    shownText(content),
    answered?.id,
  );
  announceMessage(world, chat, message, false);
  return shownMessage(chat, message);
};

const shownText = ({ text, entities }: { text: string; entities: MessageEntity[] }) => ({
  text,
  ...(entities.length > 0 && { entities }),
});

const editMessageText: Method = (world, bot, params) => {
  const { chat, message } = editable(world, bot, params);
  if (message.shown.text === undefined) throw badRequest('there is no text in the message to edit');
  const content = acceptText(params.text, entitiesOf(params));
  if (contentOf(content) === contentOf(message.shown)) throw badRequest(NOT_MODIFIED);
  const { entities: _, ...rest } = message.shown;
  message.shown = { ...rest, ...shownText(content), edit_date: Math.floor(world.now() / 1_000) } as never;
  announceMessage(world, chat, message, true);
  return shownMessage(chat, message);
};

const editMessageReplyMarkup: Method = (world, bot, params) => {
  const { chat, message } = editable(world, bot, params);
  const { reply_markup: before, ...rest } = message.shown;
  const wanted = params.reply_markup;
  if (JSON.stringify(before) === JSON.stringify(wanted)) throw badRequest(NOT_MODIFIED);
  message.shown = { ...rest, ...(wanted !== undefined && { reply_markup: wanted }) } as never;
  return shownMessage(chat, message);
};

const deleteMessage: Method = (world, bot, params) => {
  const chat = writableChat(world, bot, params);
  const message = messageIn(chat, Number(params.message_id));
  if (!message) throw badRequest('message to delete not found');
  const isOld = Math.floor(world.now() / 1_000) - message.shown.date > TWO_DAYS_S;
  if (isOld && chat.kind !== 'channel') throw badRequest("message can't be deleted for everyone");
  if (message.botId !== bot.id && chat.kind !== 'private') throw badRequest("message can't be deleted");
  message.isDeleted = true;
  return true;
};

const setWebhook: Method = (world, bot, { url, allowed_updates }) => {
  bot.webhook = String(url ?? '') || null;
  if (Array.isArray(allowed_updates)) bot.allowedUpdates = allowed_updates;
  world.wake(bot);
  return true;
};

const deleteWebhook: Method = (_, bot, { drop_pending_updates }) => {
  bot.webhook = null;
  if (drop_pending_updates === true) bot.queue = [];
  return true;
};

/** All that the bridge uses, and what it must know of. `getUpdates` waits, so it is elsewhere. */
export const METHODS: Readonly<Record<string, Method>> = {
  getMe: (_, bot) => ({
    ...botUser(bot),
    can_join_groups: true,
    can_read_all_group_messages: bot.readsGroups,
    supports_inline_queries: false,
  }),
  getWebhookInfo: (_, bot) => ({
    url: bot.webhook ?? '',
    has_custom_certificate: false,
    pending_update_count: bot.queue.length,
  }),
  getChat: (world, bot, params) => ({
    ...shownChat(chatOf(world, bot, params)),
    accent_color_id: 0,
    max_reaction_count: 11,
  }),
  setWebhook,
  deleteWebhook,
  sendMessage,
  editMessageText,
  editMessageReplyMarkup,
  deleteMessage,
};
