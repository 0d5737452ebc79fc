import type { BotSettingKey } from '../../api/bot-settings.ts';
import type { ErrorCode } from '../../errors.ts';

/** The setting that a refusal is about: a field in the window, a name for programs and on the command line. */
export const SETTING_WAYS: Readonly<Partial<Record<ErrorCode, BotSettingKey>>> = {
  'ai.day-limit': 'ai_per_day',
  'ai.month-limit': 'ai_month_tokens',
  'ai.timeout': 'ai_timeout',
};
