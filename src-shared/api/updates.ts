import { z } from 'zod';
import { AllowedUpdates, answer, wholeNumber } from './common.ts';

const offset = wholeNumber(0, Number.MAX_SAFE_INTEGER).optional();
// An empty list stands for the default.
const allowed_updates = z.preprocess(
  (value) => (value === '' || value === '[]' ? undefined : value),
  AllowedUpdates.optional(),
);

export const GetUpdates = z.object({
  offset,
  limit: wholeNumber(1, 100).default(100),
  timeout: wholeNumber(0, 50).default(0),
  allowed_updates,
});

export const FollowUpdates = z.object({ offset, allowed_updates });
/** What an event source sends when it connects again: the last id it has got. */
export const FollowHeaders = z.object({ 'last-event-id': offset });

/** `data` of an update of type `message`. */
export const MessageData = z.object({
  from: z.string(),
  to: z.string(),
  body: z.string(),
  type: z.enum(['chat', 'groupchat']),
  stanza_id: z.string(),
  timestamp: z.number(),
  id: z.string().optional(),
  resource: z.string().optional(),
  command: z.string().optional(),
  args: z.string().optional(),
});

export const Update = z.object({ update_id: z.number(), type: z.string(), data: z.looseObject({}) });
export const Updates = answer(z.array(Update));
