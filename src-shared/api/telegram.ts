import { z } from 'zod';
import { answer, envelope, text } from './common.ts';

/** The Telegram bridge of a bot: one Telegram bot, and the chats it is linked with (one for now). Instants are Unix seconds. */

export const TELEGRAM_MODES = ['bridge', 'forward'] as const;
export type TelegramMode = (typeof TELEGRAM_MODES)[number];
export const Mode = z.enum(TELEGRAM_MODES, { error: 'must be bridge or forward' });

/** As @BotFather gives it. */
export const TelegramToken = text(200)
  .trim()
  .regex(/^\d{1,20}:[A-Za-z0-9_-]{1,150}$/, 'must look like 123456789:ABCdef_ghijk, as @BotFather gives it')
  .meta({ examples: ['123456789:ABCdef_ghijk'] });

/** A number, as such or as a text (also with a real minus, as it is shown), or `@name` of a public group or channel; kept as a text. */
export const ChatId = z
  .union([z.number().int(), z.string()], {
    error: ({ input }) => (input === undefined ? 'is missing' : 'must be a whole number or @name'),
  })
  .transform((id) => String(id).trim().replace(/^−/, '-'))
  .pipe(z.string().regex(/^(-?[1-9]\d{0,18}|@[A-Za-z]\w{3,63})$/, 'must be a whole number or @name'))
  .meta({ examples: ['987654321'] });

export const TELEGRAM_TEXT_LENGTH = 100_000;
const Words = text(TELEGRAM_TEXT_LENGTH)
  .refine((words) => words.trim() !== '', 'is missing')
  .describe('Longer than 4096 UTF-16 units: sent in parts.');

/** Why the bridge does not work; none of the words of Telegram is shown. */
export const TELEGRAM_TROUBLES = [
  'unreachable',
  'token',
  'webhook',
  'other-program',
  'chat',
  'blocked',
  'rate',
  'encryption',
  'failed',
] as const;
export type TelegramTrouble = (typeof TELEGRAM_TROUBLES)[number];

const Force = z
  .boolean()
  .default(false)
  .describe(
    'Takes the webhook away that another program has set at Telegram: that program gets nothing any more, until it sets it again.',
  );

// --- What programs call: /bot/telegram/…

export const SetUpTelegram = z.object({
  token: TelegramToken,
  chat_id: ChatId,
  mode: Mode.default('bridge'),
  force: Force,
});
const Linked = { chat_id: z.string(), mode: Mode };
export const TelegramSetUp = envelope(
  z.object({
    configured: z.literal(true),
    ...Linked,
    warning: z.string().optional().describe('It is stored, and Telegram could not be asked.'),
  }),
);
export const TelegramStatus = envelope(
  z.object({
    enabled: z.boolean(),
    configured: z.boolean(),
    chat_id: z.string().nullable(),
    mode: Mode,
    username: z.string().nullable().describe('Of the Telegram bot, without @.'),
    trouble: z.enum(TELEGRAM_TROUBLES).nullable(),
    waiting: z.number().describe('Messages that are not at Telegram yet.'),
  }),
);
export const EnableTelegram = z.object({ enabled: z.boolean({ error: 'must be true or false' }) });
export const TelegramEnabled = envelope(z.object({ enabled: z.boolean() }));
export const SendToTelegram = z.object({ text: Words });
/** Stored: it is sent in its turn, also after an outage. */
export const SentToTelegram = envelope(z.object({ sent: z.literal(true) }));
export const TelegramTested = envelope(
  z.object({ connected: z.literal(true), info: z.string(), username: z.string() }),
);

// --- What the window calls: /api/v1/bots/{id}/telegram…

export const TelegramChat = z
  .object({
    id: z.string(),
    kind: z.enum(['private', 'group', 'supergroup', 'channel']),
    title: z.string().describe('Of a person: first and last name.'),
    username: z.string().nullable(),
  })
  .meta({ id: 'TelegramChat' });
export type TelegramChat = z.infer<typeof TelegramChat>;

/** The Telegram bot that a token belongs to. */
export const TelegramBot = z
  .object({
    id: z.string(),
    username: z.string(),
    name: z.string(),
    reads_groups: z.boolean().describe('Privacy mode is off: it sees every message of its groups.'),
    webhook: z
      .string()
      .nullable()
      .describe('Host of the webhook that another program has set there; Telegram gives it everything then.'),
  })
  .meta({ id: 'TelegramBot' });
export type TelegramBot = z.infer<typeof TelegramBot>;

export const BotTelegram = z
  .object({
    enabled: z.boolean(),
    configured: z.boolean(),
    token: z.string().nullable().describe('Masked.'),
    username: z.string().nullable(),
    chat: TelegramChat.nullable().describe('As far as Telegram told of it.'),
    mode: Mode,
    ai_answers: z.boolean().describe("Whether the answers of the bot's AI go to Telegram too."),
    state: z.enum(['off', 'connecting', 'online', 'trouble']),
    trouble: z
      .object({ kind: z.enum(TELEGRAM_TROUBLES), since: z.number(), retry_at: z.number().nullable() })
      .nullable(),
    webhook: z.string().nullable().describe('Host of a webhook that keeps news from us.'),
    waiting: z.number(),
    last_received: z.number().nullable(),
    last_sent: z.number().nullable(),
    recent: z
      .array(
        z.object({
          at: z.number(),
          to: z.enum(['xmpp', 'telegram']),
          from: z.string(),
          text: z.string().describe('Its beginning.'),
          state: z.enum(['waiting', 'done', 'failed']),
        }),
      )
      .describe('The newest 20, newest first.'),
  })
  .meta({ id: 'BotTelegram' });
export type BotTelegram = z.infer<typeof BotTelegram>;
export const OneBotTelegram = answer(BotTelegram);

/** What is absent stays. With token and chat for the first time it is switched on, unless `enabled` is false. */
export const ChangeBotTelegram = z.object({
  enabled: z.boolean().optional(),
  token: TelegramToken.optional(),
  chat_id: ChatId.optional(),
  mode: Mode.optional(),
  force: Force,
});
export type ChangeBotTelegram = z.infer<typeof ChangeBotTelegram>;
export const ChangedBotTelegram = answer(BotTelegram.extend({ warning: z.string().nullable() }));

/** A token that is not saved yet; the saved one without. */
export const TelegramDraft = z.object({ token: TelegramToken.optional() });
export type TelegramDraft = z.infer<typeof TelegramDraft>;
/** getMe and getWebhookInfo. */
export const CheckedTelegram = answer(TelegramBot.extend({ ms: z.number() }));
/** Chats that wrote to the Telegram bot lately, newest first. Reading them loses no update. */
export const TelegramChats = answer(z.array(TelegramChat));
/** Says hello in the chat, with unsaved values too; answers once Telegram has it. */
export const TestTelegram = TelegramDraft.extend({ chat_id: ChatId.optional() });
export const TelegramHello = answer(z.object({ chat: TelegramChat, ms: z.number() }));
