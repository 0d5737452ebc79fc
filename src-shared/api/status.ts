import { z } from 'zod';
import { BotMode } from './bots.ts';

export const SessionState = z.enum(['offline', 'connecting', 'online', 'backing_off', 'failed']);
export type SessionState = z.infer<typeof SessionState>;

export const AccountStatus = z.object({
  jid: z.string(),
  state: SessionState,
  /** Why it is not online, in words. */
  reason: z.string().nullable(),
  /** How many bots it owns. */
  bots: z.number(),
});
export type AccountStatus = z.infer<typeof AccountStatus>;

export const BotStatus = z.object({
  id: z.number(),
  name: z.string(),
  mode: BotMode,
  status: z.enum(['active', 'disabled']),
  owner: z.string(),
  jid: z.string(),
});
export type BotStatus = z.infer<typeof BotStatus>;

/** What runs here, as the window shows it. */
export const Status = z.object({
  version: z.string(),
  api_url: z.string(),
  /** Why the API is not where the setting has it, in words. */
  api_problem: z.string().nullable(),
  bots_enabled: z.boolean(),
  accounts: z.array(AccountStatus),
  bots: z.array(BotStatus),
});
export type Status = z.infer<typeof Status>;
