import type { MenuPage } from '../answer.ts';
import { begunOf } from './drafts.ts';
import type { TelegramRequest } from './request.ts';
import { chatWords, nameOf, telegramPage } from './state-words.ts';

/** More of them nobody reads in a chat. */
const OFFERED = 15;

/** The chats that wrote to the Telegram bot lately, to choose one: the bot that is set, or the one that was begun with. */
export async function chatMenu(request: TelegramRequest, username: string | null): Promise<MenuPage> {
  const { services, bot, signal, t } = request;
  const { chat } = await services.telegram.shown(bot);
  const found = await services.telegram.chats(bot, { token: (await begunOf(request))?.token }, signal);
  const items = found.slice(0, OFFERED).map((one) => ({
    command: `/telegram chat ${one.id}`,
    label: one.id === chat?.id ? t('telegram.chats.linked', { chat: chatWords(one, t) }) : chatWords(one, t),
  }));
  const words = { bot: nameOf(username) };
  const lines = items.length === 0 ? [t('telegram.chats.none', words)] : [t('telegram.chats.choose')];
  return telegramPage(t, t('telegram.chats.title', words), lines, items);
}
