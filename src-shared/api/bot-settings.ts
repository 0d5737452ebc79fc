import { z } from 'zod';
import { bareJidOnly, fullJid } from '../jid.ts';
import { envelope, wholeNumber } from './common.ts';
import {
  flag,
  type SettingDeclaration,
  ShownSettings,
  settingKeys,
  settingValues,
  someSettings,
} from './settings.ts';

export const DESCRIPTION_LENGTH = 512;
const Scope = z.enum(['self', 'direct', 'all'], { error: 'use self, direct or all' });

/** Addresses in their normal form, with commas between them. */
const Contacts = z
  .string({ error: 'use a text' })
  .max(10_000, 'use at most 10000 characters')
  .transform((list, context) => {
    try {
      return list
        .split(/[\s,]+/)
        .filter(Boolean)
        .map((address) => bareJidOnly(address))
        .join(', ');
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'use XMPP addresses like you@server.example, separated by commas',
      });
      return z.NEVER;
    }
  });

/** The same for who may be in a room that hides addresses: there, the one of the place (`room@server/name`) stands for it. */
const KnownBots = z
  .string({ error: 'use a text' })
  .max(10_000, 'use at most 10000 characters')
  .transform((list, context) => {
    try {
      return list
        .split(/[,\n]+/)
        .flatMap((one) => (one.includes('/') ? [one.trim()] : one.split(/\s+/).filter(Boolean)))
        .map((address) => (address.includes('/') ? fullJid(address) : bareJidOnly(address)))
        .join(', ');
    } catch {
      context.addIssue({
        code: 'custom',
        message:
          'use XMPP addresses like bot@server.example or room@server.example/name, separated by commas',
      });
      return z.NEVER;
    }
  });

const Answers = z.enum(['self', 'direct'], { error: 'use self or direct' });
const Reasoning = z.enum(['spoiler', 'drop'], { error: 'use spoiler or drop' });

/** Every setting that each bot has of its own. As with `settings`: one table for chat, CLI, HTTP and window. */
export const botSettings = {
  scope: {
    schema: Scope,
    default: 'self',
    role: 'owner',
    summary:
      'What a personal bot reads: this chat (self), also what others write to you (direct), also rooms and what you write to others (all).',
  },
  encrypted: {
    schema: flag,
    default: false,
    role: 'owner',
    summary: 'Whether a personal bot also reads what others wrote to you encrypted.',
  },
  allow_plaintext: {
    schema: flag,
    default: false,
    role: 'owner',
    summary: 'Whether a dedicated bot listens to its owner when a message is not encrypted.',
  },
  allowed_contacts: {
    schema: Contacts,
    default: '',
    role: 'owner',
    summary: 'Addresses besides its owner that a dedicated bot may write to, separated by commas.',
  },
  avatar: {
    schema: z.string({ error: 'use a text' }).trim(),
    default: '',
    role: 'owner',
    summary:
      'The picture of the bot: an image in base64, or empty for none. Shown as the path where the picture is.',
  },
  description: {
    schema: z.string({ error: 'use a text' }).trim(),
    default: '',
    role: 'owner',
    summary: `What the bot is for, in at most ${DESCRIPTION_LENGTH} characters.`,
  },
  ai_answers: {
    schema: Answers,
    default: 'self',
    role: 'owner',
    summary:
      'Whom the AI of a personal bot answers: only you, in this chat (self), or also others who write to you (direct).',
  },
  telegram_ai_answers: {
    schema: flag,
    default: true,
    role: 'owner',
    summary: 'Whether the answers of the AI in this chat go to Telegram too.',
  },
  ai_rooms: {
    schema: Contacts,
    default: '',
    role: 'owner',
    summary: 'Rooms where the AI answers who mentions the bot, separated by commas; empty for none.',
  },
  ai_free_rooms: {
    schema: Contacts,
    default: '',
    role: 'owner',
    summary: 'Of these rooms, those where the AI answers every message, separated by commas.',
  },
  ai_known_bots: {
    schema: KnownBots,
    default: '',
    role: 'owner',
    summary:
      'Addresses of other bots, which the AI never answers, separated by commas; room@server/name where a room hides them.',
  },
  reasoning: {
    schema: Reasoning,
    default: 'spoiler',
    role: 'owner',
    summary:
      'What becomes of the thoughts of a model: folded above its answer (spoiler), or left out (drop).',
  },
  ai_streaming: {
    schema: flag,
    default: false,
    role: 'owner',
    summary: 'Whether an answer appears while it is written and is corrected as it grows.',
  },
  ai_per_minute: {
    schema: wholeNumber(1, 600),
    default: 10,
    role: 'owner',
    summary: 'How many answers the AI gives in a minute at most.',
  },
  ai_per_day: {
    schema: wholeNumber(1, 100_000),
    default: 500,
    role: 'owner',
    summary: 'How many answers the AI gives in a day at most.',
  },
  ai_answer_tokens: {
    schema: wholeNumber(16, 65_536),
    default: 1_024,
    role: 'owner',
    summary: 'How many tokens an answer has at most.',
  },
  ai_timeout: {
    schema: wholeNumber(5, 600),
    default: 60,
    role: 'owner',
    summary: 'How many seconds the AI waits for an answer.',
  },
  ai_parallel: {
    schema: wholeNumber(1, 32),
    default: 4,
    role: 'owner',
    summary: 'How many questions go out at once with the same key.',
  },
  ai_month_tokens: {
    schema: wholeNumber(0, 1_000_000_000),
    default: 0,
    role: 'owner',
    summary:
      'How many tokens the AI may use in a month; 0 for any number. You are told at 50, 80 and 100 per cent.',
  },
} as const satisfies Record<string, SettingDeclaration>;

export type BotSettingKey = keyof typeof botSettings;
export type BotSettingValue<K extends BotSettingKey> = z.output<(typeof botSettings)[K]['schema']>;
export const botSettingKeys = Object.keys(botSettings) as BotSettingKey[];
export const isBotSettingKey = (key: string): key is BotSettingKey => Object.hasOwn(botSettings, key);

/** `?id=`: the settings of that bot; without, those of the installation. */
export const SettingsOf = z.object({ id: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional() });
export const ChangeSettings = someSettings([...settingKeys, ...botSettingKeys]);
export const ShownAnySettings = z.union([ShownSettings, envelope(settingValues(botSettingKeys))]);
