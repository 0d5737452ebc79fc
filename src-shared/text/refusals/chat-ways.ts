import type { ErrorCode } from '../../errors.ts';

/** What to write in a chat about a refusal, where that is a command: it stands behind its last sentence there, and nowhere else. */
export const CHAT_WAYS: Readonly<Partial<Record<ErrorCode, string>>> = {
  'ai.not-set-up': '/ki setup',
  'ai.off': '/ki on',
  'ai.key-refused': '/ki setup',
  'ai.region': '/ki setup',
  'ai.model-gone': '/ki model',
  'ai.quota': '/ki setup',
  'ai.busy': '/ki stop',
  'ai.day-limit': '/ki limit day',
  'ai.month-limit': '/ki limit month',
  'ai.timeout': '/ki limit time',
  'ai.unreachable': '/ki url',
  'ai.not-reached': '/ki test',
  'ai.too-long': '/ki clear',
  'ai.failed': '/ki status',
  'ai.no-agent': '/ki setup openclaw TOKEN agent',
  'telegram.not-set-up': '/telegram setup',
  'telegram.off': '/telegram on',
};
