import { z } from 'zod';
import { answer, cause, text, wholeNumber } from './common.ts';
import { SetWebhook, WebhookInfo } from './webhooks.ts';

/** What a bot did and what happened to what it was told, as the window shows it. Instants are Unix seconds. */

const RowNumber = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** The last day in half-hours, the newest last. */
export const Activity = z
  .object({
    since: z.number(),
    step_s: z.number(),
    slots: z.array(z.object({ received: z.number(), sent: z.number(), failed: z.number() })),
    totals: z.object({ received: z.number(), sent: z.number(), failed: z.number() }),
  })
  .meta({ id: 'Activity' });
export const BotActivity = answer(Activity);

export const Attempt = z
  .object({
    number: z.number(),
    at: z.number(),
    ms: z.number(),
    status: z.number().nullable().describe('Null: there was no answer.'),
    error: z.string().nullable().describe('In words; null: it was delivered.'),
    cause,
  })
  .meta({ id: 'Attempt' });

/** An update on its way to the webhook. `waiting`: behind others, or while the address rests. */
export const Delivery = z
  .object({
    update_id: z.number(),
    delivery_id: z.string(),
    update_type: z.string(),
    conversation: z.string(),
    state: z.enum(['waiting', 'retrying', 'delivered', 'dead']),
    created_at: z.number(),
    next_try: z.number().nullable(),
    attempts: z.array(Attempt).describe('The newest 20.'),
    attempt_count: z.number(),
  })
  .meta({ id: 'Delivery' });
export type Delivery = z.infer<typeof Delivery>;
export const DeliveryPage = z.object({
  state: z.enum(['waiting', 'retrying', 'delivered', 'dead']).optional(),
  /** The update before which to go on: the newest come first. */
  before: RowNumber.optional(),
  limit: wholeNumber(1, 100).default(50),
});
export const Deliveries = answer(z.object({ deliveries: z.array(Delivery), next: z.number().nullable() }));
export const DeliveryPath = z.object({ id: RowNumber, update_id: RowNumber });
/** Without secrets: a signature is shown by its beginning. */
export const OneDelivery = answer(
  Delivery.extend({
    request: z.object({
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.string().nullable(),
    }),
    answer: z
      .object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.string() })
      .nullable()
      .describe('Of the last attempt; its body is cut at 4 KiB.'),
  }),
);

/** Updates that wait, the oldest first; looking takes none away. */
export const WaitingUpdatePage = z.object({
  after: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0),
  limit: wholeNumber(1, 100).default(50),
});
export const WaitingUpdates = answer(
  z.object({
    waiting: z.number(),
    updates: z.array(
      z.object({
        update_id: z.number(),
        type: z.string(),
        conversation: z.string(),
        created_at: z.number(),
        data: z.looseObject({}),
      }),
    ),
  }),
);

/** What an address answers to a signed update that is marked as a test. */
export const TestWebhook = z.object({
  url: text(2_000),
  secret: SetWebhook.shape.secret.describe('One that is not saved yet.'),
});
export const WebhookTested = answer(
  z.object({
    delivered: z.boolean(),
    status: z.number().nullable(),
    ms: z.number(),
    error: z.string().nullable(),
    cause,
  }),
);

/** Without `update_ids`: all dead letters. */
export const ReplaySome = z
  .object({
    update_ids: z
      .array(RowNumber, { error: 'must be a list of update numbers' })
      .max(1_000, 'must name at most 1000 updates')
      .optional(),
  })
  .nullish()
  .transform((given): { update_ids?: number[] | undefined } => given ?? {});

export const BotWebhookQuery = z.object({
  secret: z.stringbool({ error: 'must be true or false' }).default(false).meta({ type: 'boolean' }),
});
export const BotWebhook = answer(
  WebhookInfo.shape.result.extend({
    secret: z.string().nullable().optional().describe('What signs, where it was asked for.'),
  }),
);
export const BotWebhookSet = answer(z.object({ webhook_url: z.string(), secret: z.string() }));
