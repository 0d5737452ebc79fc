import { z } from 'zod';
import type { SettingDeclaration } from './settings.ts';

const Scope = z.enum(['self', 'direct', 'all'], { error: 'use self, direct or all' });

/** Every setting that each bot has of its own. As with `settings`: one table for chat, CLI, HTTP and window. */
export const botSettings = {
  scope: {
    schema: Scope,
    default: 'self',
    role: 'owner',
    summary:
      'What a personal bot reads: this chat (self), also what others write to you (direct), also rooms and what you write to others (all).',
  },
} as const satisfies Record<string, SettingDeclaration>;

export type BotSettingKey = keyof typeof botSettings;
export type BotSettingValue<K extends BotSettingKey> = z.output<(typeof botSettings)[K]['schema']>;
export const botSettingKeys = Object.keys(botSettings) as BotSettingKey[];
export const isBotSettingKey = (key: string): key is BotSettingKey => Object.hasOwn(botSettings, key);
