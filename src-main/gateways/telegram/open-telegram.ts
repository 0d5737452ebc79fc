import { z } from 'zod';
import type { HttpClient } from '../../base/http-client.ts';
import type { Logger } from '../../base/logger.ts';
import { asker } from './ask.ts';
import { readBot, readChat } from './reading/read-chat.ts';
import { readUpdate } from './reading/read-update.ts';
import type { TelegramApi, TelegramText } from './telegram-api.ts';

/** How long Telegram may take. */
export interface TelegramTimes {
  /** For one request, except the waiting of a long poll. */
  requestMs: number;
}
const USUAL_TIMES: TelegramTimes = { requestMs: 30_000 };

export const TELEGRAM_API_ROOT = 'https://api.telegram.org';

export interface TelegramDeps {
  token: string;
  /** '' = Telegram's own. Another one is the operator's, and may be of this machine or its surroundings, over http too. */
  apiRoot: string;
  http: HttpClient;
  logger: Logger;
  times?: Partial<TelegramTimes>;
}

const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'my_chat_member',
] as const;

/** In the words of Telegram's server, or the name of the error that it passes on. */
const NOT_MODIFIED = /message is not modified|MESSAGE_NOT_MODIFIED/i;
const NOT_THERE = /message to \w+ not found|message identifier is not specified|MESSAGE_ID_INVALID/i;
const NOT_OURS = /message can't be edited|MESSAGE_AUTHOR_REQUIRED/i;
const STAYS = /message can't be deleted|MESSAGE_DELETE_FORBIDDEN/i;

const Sent = z.object({ message_id: z.number().int().positive() });
const done = () => undefined;

/** One Telegram bot. Asks nothing yet, and keeps nothing open. */
export function openTelegram({ token, apiRoot, http, logger, times }: TelegramDeps): TelegramApi {
  const { requestMs } = { ...USUAL_TIMES, ...times };
  const root = apiRoot.trim().replace(/\/+$/, '') || TELEGRAM_API_ROOT;
  const ask = asker({ token, root, atHome: root !== TELEGRAM_API_ROOT, http, logger, requestMs });

  return {
    async me(signal) {
      const bot = await ask({
        method: 'getMe',
        signal,
        request: (raw, end) => raw.getMe(end),
        read: readBot,
      });
      const webhook = await ask({
        method: 'getWebhookInfo',
        signal,
        request: (raw, end) => raw.getWebhookInfo(end),
        read: (result) => z.object({ url: z.string() }).parse(result).url,
      });
      return { ...bot, webhook: webhook === '' ? null : hostOf(webhook) };
    },
    chat: (chatId, signal) =>
      ask({
        method: 'getChat',
        signal,
        request: (raw, end) => raw.getChat({ chat_id: chatId }, end),
        read: readChat,
      }),
    updates: ({ offset, timeoutS, limit, signal }) =>
      ask({
        method: 'getUpdates',
        signal,
        request: (raw, end) =>
          raw.getUpdates({ offset, timeout: timeoutS, limit, allowed_updates: ALLOWED_UPDATES }, end),
        read: (result) => z.array(z.unknown()).parse(result).map(readUpdate),
        waitMs: timeoutS * 1_000,
      }),
    deleteWebhook: (signal) =>
      ask({
        method: 'deleteWebhook',
        signal,
        request: (raw, end) => raw.deleteWebhook({ drop_pending_updates: false }, end),
        read: done,
      }),
    send: (chatId, part, { replyTo, signal }) =>
      ask({
        method: 'sendMessage',
        signal,
        request: (raw, end) =>
          raw.sendMessage({ chat_id: chatId, ...styled(part), ...replying(replyTo) }, end),
        read: (result) => Sent.parse(result).message_id,
      }),
    edit: (chatId, message, part, signal) =>
      ask({
        method: 'editMessageText',
        signal,
        request: (raw, end) =>
          raw.editMessageText({ chat_id: chatId, message_id: message, ...styled(part) }, end),
        read: done,
        instead: [[NOT_MODIFIED, undefined]],
      }),
    delete: (chatId, message, signal) =>
      ask({
        method: 'deleteMessage',
        signal,
        request: (raw, end) => raw.deleteMessage({ chat_id: chatId, message_id: message }, end),
        read: () => true,
        instead: [
          [NOT_THERE, false],
          [STAYS, false],
        ],
      }),
    // Without a markup this takes buttons away, and messages of ours have none: Telegram says so and changes nothing.
    isOwn: (chatId, message, signal) =>
      ask({
        method: 'editMessageReplyMarkup',
        signal,
        request: (raw, end) => raw.editMessageReplyMarkup({ chat_id: chatId, message_id: message }, end),
        read: () => true,
        instead: [
          [NOT_MODIFIED, true],
          [NOT_THERE, false],
          [NOT_OURS, false],
        ],
      }),
  };
}

const styled = ({ text, entities }: TelegramText) => ({
  text,
  ...(entities.length > 0 && { entities: [...entities] }),
});

const replying = (message: number | undefined) =>
  message === undefined
    ? {}
    : { reply_parameters: { message_id: message, allow_sending_without_reply: true } };

/** The path may hold a secret of the other program. */
const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : 'unknown');
