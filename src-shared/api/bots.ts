import { z } from 'zod';
import { envelope, text, wholeNumber } from './common.ts';

export const BotMode = z.enum(['personal', 'dedicated', 'cloud'], {
  error: 'must be "personal", "dedicated" or "cloud"',
});
export const BotState = z.enum(['offline', 'connecting', 'online', 'backing_off', 'failed', 'unavailable']);

export const Bot = z.object({
  id: z.number(),
  name: z.string(),
  jid: z.string(),
  mode: BotMode,
  status: z.enum(['active', 'disabled']),
  description: z.string(),
  created_at: z.number(),
  token: z.string().optional(),
  state: BotState,
  last_active: z.number().nullable(),
});
export type Bot = z.infer<typeof Bot>;

export const CreateBot = z
  .object({
    name: text(1_000),
    account: text(3_100).optional(),
    owner: text(3_100).optional(),
    mode: BotMode.default('personal'),
  })
  .refine(({ account, owner }) => account !== undefined || owner !== undefined, {
    path: ['account'],
    message: 'is missing',
  });

export const CreatedBot = envelope(
  z.object({
    id: z.number(),
    name: z.string(),
    token: z.string(),
    mode: BotMode,
    jid: z.string().optional(),
    api_url: z.string(),
    hint: z.string(),
  }),
);

export const BotById = z.object({ id: wholeNumber(1, Number.MAX_SAFE_INTEGER) });
export const NewToken = envelope(z.object({ id: z.number(), token: z.string() }));

export const BotFilter = z.object({ account: text(3_100).optional() });
/** Bare, as the guide has it. */
export const BotList = z.object({ bots: z.array(Bot) });
export const Me = envelope(Bot);
/** Bare, as the guide has it. */
export const Health = z.object({ status: z.literal('ok'), version: z.string(), active_bots: z.number() });
