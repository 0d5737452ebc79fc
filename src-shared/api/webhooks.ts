import { z } from 'zod';
import { AllowedUpdates, answer, envelope, text } from './common.ts';

export const SetWebhook = z.object({
  url: text(2_000),
  // An empty list stands for the default.
  allowed_updates: z.preprocess(
    (value) => (Array.isArray(value) && value.length === 0 ? undefined : value),
    AllowedUpdates.optional(),
  ),
  secret: z
    .string({ error: 'must be a text' })
    .regex(/^whsec_[A-Za-z0-9+/]{32,128}={0,2}$/, 'must be "whsec_" and the base64 of at least 24 bytes')
    .optional(),
  rotate_secret: z.boolean({ error: 'must be true or false' }).default(false),
});
export const WebhookSet = envelope(z.object({ webhook_url: z.string(), secret: z.string() }));
export const Done = answer(z.literal(true));
