import type { z } from 'zod';
import type { MessageData } from '../../src-shared/api/updates.ts';

/** `data` of an update about a text that somebody wrote to the account. */
export const messageData = (body: string): z.input<typeof MessageData> => ({
  from: 'friend@localhost',
  to: 'you@localhost',
  body,
  type: 'chat',
  stanza_id: `stanza of ${body}`,
  timestamp: 1_760_000_000,
});
