import { z } from 'zod';
import type { TelegramBot, TelegramChat } from '../../../../src-shared/api/telegram.ts';

/** Numbers of chats and people have up to 52 bits. */
const Id = z.number().int();
const word = z.string().optional().catch(undefined);

export const User = z.object({
  id: Id,
  is_bot: z.boolean().catch(false),
  first_name: z.string().catch(''),
  last_name: word,
  username: word,
});

export const Chat = z.object({
  id: Id,
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: word,
  first_name: word,
  last_name: word,
  username: word,
});
export type Chat = z.infer<typeof Chat>;

/** What would break a line of names, or turn the direction of what stands behind it. */
const DISTURBING = /[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu;

export const oneLine = (name: string): string => name.replace(DISTURBING, ' ').replace(/\s+/g, ' ').trim();

interface Named {
  id: number;
  first_name?: string | undefined;
  last_name?: string | undefined;
  title?: string | undefined;
  username?: string | undefined;
}

/** As people call it: deleted accounts have no name any more. */
export function nameOf({ id, title, first_name, last_name, username }: Named): string {
  const name = oneLine(title ?? [first_name, last_name].filter(Boolean).join(' '));
  return name || (username ? `@${username}` : String(id));
}

export const chatOf = (chat: Chat): TelegramChat => ({
  id: String(chat.id),
  kind: chat.type,
  title: nameOf(chat),
  username: chat.username || null,
});

/** Throws where it is no chat. */
export const readChat = (result: unknown): TelegramChat => chatOf(Chat.parse(result));

/** What `getMe` says. Throws where it is no bot. */
export function readBot(result: unknown): Omit<TelegramBot, 'webhook'> {
  const bot = User.extend({ can_read_all_group_messages: z.boolean().catch(false) }).parse(result);
  return {
    id: String(bot.id),
    username: bot.username ?? '',
    name: nameOf(bot),
    reads_groups: bot.can_read_all_group_messages,
  };
}
