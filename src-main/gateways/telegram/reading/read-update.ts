import { z } from 'zod';
import type { TelegramMessage, TelegramUpdate } from '../telegram-api.ts';
import { Chat, chatOf, nameOf, oneLine, User } from './read-chat.ts';
import { readMedia } from './read-media.ts';
import { readRich } from './read-rich.ts';
import { readText } from './read-text.ts';

const NEWS = ['message', 'edited_message', 'channel_post', 'edited_channel_post'] as const;

const Message = z.looseObject({
  message_id: z.number().int(),
  chat: Chat,
  date: z.number(),
  edit_date: z.number().optional().catch(undefined),
  from: User.optional().catch(undefined),
  sender_chat: Chat.optional().catch(undefined),
});
type Message = z.infer<typeof Message>;

const Membership = z.object({
  chat: Chat,
  new_chat_member: z.object({ status: z.string(), is_member: z.boolean().optional() }),
});

/** What Telegram tells by itself: who came and went, what was pinned, and the like. */
const SERVICE =
  /^(?:new_chat_|left_chat_|delete_chat_|group_chat_|supergroup_chat_|channel_chat_|chat_|message_auto_delete_|migrate_|pinned_|successful_payment|refunded_payment|users_shared|connected_website|write_access_|passport_|proximity_|boost_added|checklist_tasks_|direct_message_price_|paid_message_price_|forum_topic_|general_forum_topic_|giveaway_|gift|unique_gift|suggested_post_|video_chat_|web_app_data|managed_bot_|poll_option_|community_)/;

/** One of the news. Throws where it has no number; what of the rest cannot be read is left out. */
export function readUpdate(given: unknown): TelegramUpdate {
  const update = z.looseObject({ update_id: z.number().int() }).parse(given);
  const id = update.update_id;
  for (const kind of NEWS) {
    const { data: message } = Message.safeParse(update[kind]);
    if (message) return { id, chat: chatOf(message.chat), ...readNews(message, kind.startsWith('edited')) };
  }
  const { data: changed } = Membership.safeParse(update.my_chat_member);
  if (!changed) return { id };
  const { status, is_member } = changed.new_chat_member;
  const isIn = ['creator', 'administrator', 'member'].includes(status) || is_member === true;
  return { id, chat: chatOf(changed.chat), membership: isIn ? 'in' : 'out' };
}

function readNews(message: Message, isEdit: boolean): Pick<TelegramUpdate, 'message' | 'migratedTo'> {
  const { migrate_to_chat_id: migrated } = message;
  if (typeof migrated === 'number') return { migratedTo: String(migrated) };
  const rich = message.rich_message === undefined ? undefined : readRich(message.rich_message);
  const text =
    rich ?? readText(message.text ?? message.caption, message.entities ?? message.caption_entities);
  const media = readMedia(message);
  const isNothing = text.text === '' && media === undefined;
  if (isNothing && Object.keys(message).some((member) => SERVICE.test(member))) return {};
  const forwardedFrom = forwarderOf(message.forward_origin);
  const replyTo = readReply(message);
  const read: TelegramMessage = {
    id: message.message_id,
    isEdit,
    ...senderOf(message),
    text,
    ...((media || isNothing) && { media: media ?? { kind: 'unknown' } }),
    ...(forwardedFrom !== undefined && { forwardedFrom }),
    ...(replyTo && { replyTo }),
    at: message.edit_date ?? message.date,
  };
  return { message: read };
}

/** Who speaks as a group or channel has a stand-in for its person, which is a bot. */
function senderOf({ chat, from, sender_chat }: Pick<Message, 'chat' | 'from' | 'sender_chat'>) {
  if (sender_chat) return { from: nameOf(sender_chat), isFromBot: false };
  return { from: nameOf(from ?? chat), isFromBot: from?.is_bot ?? false };
}

function readReply(message: Message): TelegramMessage['replyTo'] {
  const { data: answered } = Message.safeParse(message.reply_to_message);
  // What is said in a topic answers the topic, for programs that know none.
  if (!answered || answered.forum_topic_created !== undefined) return undefined;
  const { data: quote } = z.object({ text: z.string() }).safeParse(message.quote);
  const { text } = readText(answered.text ?? answered.caption, []);
  return { id: answered.message_id, ...senderOf(answered), text: quote?.text ?? text };
}

const Origin = z.object({
  sender_user: User.optional().catch(undefined),
  sender_user_name: z.string().optional().catch(undefined),
  sender_chat: Chat.optional().catch(undefined),
  chat: Chat.optional().catch(undefined),
});

function forwarderOf(origin: unknown): string | undefined {
  const { data } = Origin.safeParse(origin);
  if (!data) return undefined;
  const named = data.sender_user ?? data.sender_chat ?? data.chat;
  return named ? nameOf(named) : oneLine(data.sender_user_name ?? '') || undefined;
}
