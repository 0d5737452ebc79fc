import { z } from 'zod';
import { envelope, text } from './common.ts';

export const SendMessage = z.object({
  to: text(3_100),
  text: text(65_536).min(1, 'must not be empty'),
  type: z.enum(['chat', 'groupchat'], { error: 'must be "chat" or "groupchat"' }).default('chat'),
});
export const SentMessage = envelope(z.object({ message_id: z.string() }));
