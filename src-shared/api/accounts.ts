import { z } from 'zod';
import { answer, text } from './common.ts';

const State = z.enum(['offline', 'connecting', 'online', 'backing_off', 'failed']);

export const Account = z.object({
  jid: z.string(),
  enabled: z.boolean(),
  operator: z.boolean(),
  service: z.string().nullable(),
  state: State,
  reason: z.string().nullable(),
});
export const AccountList = answer(z.array(Account));

export const AddAccount = z.object({
  jid: text(3_100),
  password: text(1_000).min(1, 'must not be empty'),
  service: text(500)
    .regex(
      /^(xmpps?|wss):\/\/[^\s/]+/,
      'must look like xmpp://host:port, xmpps://host:port or wss://host/path',
    )
    .optional(),
  /** PEM text. */
  ca: text(200_000).optional(),
  verify: z.boolean().default(true),
});
export const AddedAccount = answer(Account);
export const AccountPath = z.object({ jid: z.string() });
export const RemoveAccount = z.object({ with_bots: z.stringbool().default(false) });
export const SwitchAccount = z.object({ enabled: z.boolean({ error: 'must be true or false' }) });
