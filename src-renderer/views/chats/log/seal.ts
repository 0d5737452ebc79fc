import type { Chat, ChatMessage } from '../../../../src-shared/client/types.ts';

/**
 * What stands out among the messages of a conversation: what was not encrypted where what is written is, and what was where
 * it is not.
 */
export function sealOf(
  { encrypted }: Pick<ChatMessage, 'encrypted'>,
  { encryption }: Pick<Chat, 'encryption'>,
): 'open' | 'closed' | undefined {
  if (encryption.state === 'off') return encrypted ? 'closed' : undefined;
  return encrypted ? undefined : 'open';
}
