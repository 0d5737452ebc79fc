import { z } from 'zod';
import { AllowedUpdates, answer, cause, envelope, text, wholeNumber } from './common.ts';
import { UpdateData } from './updates.ts';

export const SetWebhook = z.object({
  url: text(2_000).meta({
    description: '`https://`, or `http://` on this machine.',
    examples: ['https://bot.example/hook'],
  }),
  // An empty list stands for the default.
  allowed_updates: z.preprocess(
    (value) => (Array.isArray(value) && value.length === 0 ? undefined : value),
    AllowedUpdates.optional(),
  ),
  secret: z
    .string({ error: 'must be a text' })
    .regex(/^whsec_[A-Za-z0-9+/]{32,128}={0,2}$/, 'must be "whsec_" and the base64 of at least 24 bytes')
    .optional(),
  rotate_secret: z
    .boolean({ error: 'must be true or false' })
    .default(false)
    .describe('Makes a new secret for the same address.'),
});
export const WebhookSet = envelope(z.object({ webhook_url: z.string(), secret: z.string() }));

/** Instants are Unix seconds; null: not yet, or nothing to wait for. */
export const WebhookInfo = envelope(
  z.object({
    /** Empty when no webhook is set. */
    url: z.string(),
    allowed_updates: z.array(z.string()),
    /** Updates that wait, whoever will take them. */
    pending: z.number(),
    last_error: z.string().nullable(),
    cause,
    last_error_at: z.number().nullable(),
    last_success: z.number().nullable(),
    failing_since: z.number().nullable(),
    /** When an address that rests after failures is tried again. */
    next_try: z.number().nullable(),
    dead_letters: z.number(),
    /** Updates that did not fit into the queue since the bot was made. */
    dropped: z.number(),
  }),
);

const id = wholeNumber(1, Number.MAX_SAFE_INTEGER);
export const DeadLetterPath = z.object({ id });
export const DeadLetterPage = z.object({
  /** The number after which to go on. */
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  limit: wholeNumber(1, 100).default(100),
});
/** An update that a webhook refused for good, or could not be given for a day. Instants are Unix seconds. */
export const DeadLetter = z.object({
  update_id: z.number(),
  update_type: z.string(),
  conversation: z.string(),
  data: UpdateData,
  attempts: z.number(),
  reason: z.string(),
  cause,
  created_at: z.number(),
  dead_since: z.number(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;
export const DeadLetters = answer(z.array(DeadLetter));
/** Without `update_id`: all. */
export const Replay = z
  .object({ update_id: id.optional() })
  .nullish()
  .transform((given) => given ?? {});
export const Replayed = envelope(z.object({ replayed: z.number(), left: z.number() }));
