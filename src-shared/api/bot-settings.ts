import { z } from 'zod';
import { bareJidOnly } from '../jid.ts';
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
} as const satisfies Record<string, SettingDeclaration>;

export type BotSettingKey = keyof typeof botSettings;
export type BotSettingValue<K extends BotSettingKey> = z.output<(typeof botSettings)[K]['schema']>;
export const botSettingKeys = Object.keys(botSettings) as BotSettingKey[];
export const isBotSettingKey = (key: string): key is BotSettingKey => Object.hasOwn(botSettings, key);

/** `?id=`: the settings of that bot; without, those of the installation. */
export const SettingsOf = z.object({ id: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional() });
export const ChangeSettings = someSettings([...settingKeys, ...botSettingKeys]);
export const ShownAnySettings = z.union([ShownSettings, envelope(settingValues(botSettingKeys))]);
