import { z } from 'zod';
import { answer, wholeNumber } from './common.ts';

export const AuditQuery = z.object({
  /** Only what concerns this bot. */
  id: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  /** The id of the last row that was seen: what is older comes next. */
  before: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  limit: wholeNumber(1, 500).default(100),
});

/** The guide's columns. */
export const AuditRow = z.object({
  id: z.number(),
  bot_id: z.number().nullable(),
  action: z.string(),
  details: z.string(),
  actor: z.string(),
  ip_address: z.string(),
  outcome: z.enum(['ok', 'refused']),
  /** Unix seconds. */
  timestamp: z.number(),
});
export type AuditRow = z.infer<typeof AuditRow>;
export const AuditRows = answer(z.array(AuditRow));
