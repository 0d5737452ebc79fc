import { z } from 'zod';
import { answer } from './common.ts';

/** Where the window leads for a fix, or what it does. */
export const HealthAction = z.enum([
  'sign-in',
  'account',
  'switch-on-account',
  'choose-operator',
  'switch-on-bots',
  'api-settings',
  'server-settings',
  'restart-bot',
  'bot-devices',
  'bot-webhook',
  'bot-telegram',
  'bot-ai',
]);
export type HealthAction = z.infer<typeof HealthAction>;

export const HealthFinding = z
  .object({
    level: z.enum(['ok', 'note', 'warning', 'error']),
    code: z.string(),
    title: z.string(),
    detail: z.string().nullable(),
    fix: z
      .object({
        text: z.string(),
        cli: z.string().describe('The same for a terminal.'),
        action: HealthAction.nullable(),
      })
      .nullable(),
    account: z.string().nullable().describe('What it is about.'),
    bot_id: z.number().nullable(),
  })
  .meta({ id: 'HealthFinding' });
export type HealthFinding = z.infer<typeof HealthFinding>;

export const HealthQuery = z.object({
  lang: z
    .enum(['en', 'de'], { error: 'must be "en" or "de"' })
    .optional()
    .describe('Else as the header Accept-Language says.'),
});
export const HealthReport = answer(
  z.object({
    worst: z.enum(['ok', 'note', 'warning', 'error']),
    findings: z.array(HealthFinding),
  }),
);
