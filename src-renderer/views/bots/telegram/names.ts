import type { TelegramChat } from '../../../../src-shared/api/telegram.ts';
import type { Text } from '../../../text/use-text.ts';

/** What looks like one; the engine says what else is wrong with it. */
export const looksLikeToken = (typed: string): boolean => /^\d{1,20}:[\w-]{1,150}$/.test(typed.trim());
export const looksLikeChat = (typed: string): boolean =>
  /^(-?[1-9]\d{0,18}|@[A-Za-z]\w{3,63})$/.test(typed.trim());

/** `@deploy_notifier_bot`; the fallback before Telegram has said it. */
export const botName = (username: string | null, fallback: string): string =>
  username === null || username === '' ? fallback : `@${username}`;

/** A chat that is known by its ID alone is called so. */
export const chatTitle = ({ id, title }: Pick<TelegramChat, 'id' | 'title'>): string => title || id;

/** `Group, ID −1001984422017`. */
export const chatPlace = (
  { id, kind, title, username }: TelegramChat,
  { bots: { telegram: text } }: Pick<Text, 'bots'>,
): string => {
  if (title === '') return text.kinds[kind];
  return text.chatAt(
    text.kinds[kind],
    username === null ? id.replace(/^-/, '−') : `${id.replace(/^-/, '−')} · @${username}`,
  );
};

export const AT_TELEGRAM = 'https://t.me';
