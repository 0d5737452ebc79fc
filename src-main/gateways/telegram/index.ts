/** What the rest of the program may know of Telegram. */
export { type FailureDetails, TelegramFailure } from './failure.ts';
export { TELEGRAM_MEDIA_KINDS, type TelegramMedia, type TelegramMediaKind } from './media.ts';
export { openTelegram, type TelegramDeps } from './open-telegram.ts';
export { fromStyled } from './styling/from-styled.ts';
export { splitText } from './styling/split-text.ts';
export { toStyled } from './styling/to-styled.ts';
export {
  type MessageEntity,
  TELEGRAM_TEXT_LIMIT,
  type TelegramApi,
  type TelegramMessage,
  type TelegramText,
  type TelegramUpdate,
} from './telegram-api.ts';
