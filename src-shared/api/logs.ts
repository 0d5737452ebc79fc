import { z } from 'zod';
import { answer, wholeNumber } from './common.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export const LogLevel = z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` });
export type LogLevel = z.infer<typeof LogLevel>;

/** The lowest level that is shown. */
export const LogsQuery = z.object({
  level: LogLevel.default('trace'),
  limit: wholeNumber(1, 1_000).default(1_000),
});
export const LogEventsQuery = LogsQuery.pick({ level: true });

export const LogLine = z
  .object({
    time: z.number().describe('Unix seconds, with milliseconds.'),
    level: LogLevel,
    message: z.string(),
    details: z.looseObject({}).describe('What else the line has, without secrets.'),
  })
  .meta({ id: 'LogLine' });
export type LogLine = z.infer<typeof LogLine>;
export const LogLines = answer(z.array(LogLine));
