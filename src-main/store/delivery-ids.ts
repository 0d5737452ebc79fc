import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';

/** A UUID (RFC 9562, version 8) made of a digest: nothing to store, and nothing that two updates share. */
function uuidOf(digest: string): string {
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 3) | 8).toString(16);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** The id of a delivery, made of the number under which its update was first queued. */
export const deliveryIds =
  (box: Pick<SecretBox, 'nameOf'>) =>
  (botId: BotId, updateId: number): string =>
    uuidOf(box.nameOf(`delivery|${botId}|${updateId}`));
