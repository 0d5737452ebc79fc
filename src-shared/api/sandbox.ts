import { z } from 'zod';
import { answer } from './common.ts';

/** A private XMPP server on this machine, to try things out. */
export const Sandbox = z
  .object({
    state: z.enum(['off', 'starting', 'running', 'failed']),
    can_start: z.boolean().describe('What starts one is beside this engine.'),
    problem: z.string().nullable().describe('Why it did not start, as its program said it.'),
    service: z.string().nullable(),
    ca: z.string().nullable().describe('Its certificate (PEM): to be given when signing in.'),
    accounts: z.array(z.object({ jid: z.string(), password: z.string() })),
    bot_accounts: z
      .object({ api_url: z.string(), host: z.string(), admin_jid: z.string(), admin_password: z.string() })
      .nullable()
      .describe('What makes accounts for dedicated bots there.'),
  })
  .meta({ id: 'Sandbox' });
export type Sandbox = z.infer<typeof Sandbox>;
export const OneSandbox = answer(Sandbox);

/** What the sandbox says of itself in its folder. */
export const SandboxFacts = z.object({
  pid: z.int().positive(),
  /** The engine that it ends with; null: somebody runs it by itself. */
  holder: z.int().positive().nullable().default(null),
  service: z.string(),
  ca: z.string(),
  accounts: Sandbox.shape.accounts,
  bot_accounts: Sandbox.shape.bot_accounts.unwrap(),
});
export type SandboxFacts = z.infer<typeof SandboxFacts>;
