import { z } from 'zod';
import { AllowedUpdates, answer, wholeNumber } from './common.ts';

export const GetUpdates = z.object({
  offset: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
  limit: wholeNumber(1, 100).default(100),
  timeout: wholeNumber(0, 50).default(0),
  // An empty list stands for the default.
  allowed_updates: z.preprocess(
    (value) => (value === '' || value === '[]' ? undefined : value),
    AllowedUpdates.optional(),
  ),
});

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
