import type { PreKeyWhisperMessage } from '@privacyresearch/libsignal-protocol-protobuf-ts';
import type { SessionBuilder } from '@privacyresearch/libsignal-protocol-typescript';
import { OmemoTrouble } from '../ratchet-backend.ts';
import { arrayBufferOf } from './encoding.ts';
import type { SessionRecordType } from './library.ts';

/** `Direction.RECEIVING` of the library. */
const RECEIVING = 2;

/**
 * In place of the library's `processV3`, which does not await whether it may trust the sender, goes on without the
 * one-time prekey when that is gone ("Bad MAC" later), and leaves a state where it is when its key exchange is repeated.
 * Answers the number of the prekey that a new state has used; undefined if the state is known.
 */
export async function processKeyExchange(
  this: SessionBuilder,
  record: SessionRecordType,
  message: PreKeyWhisperMessage,
): Promise<number | undefined> {
  const address = this.remoteAddress.toString();
  const identityKey = arrayBufferOf(message.identityKey);
  if (!(await this.storage.isTrustedIdentity(address, identityKey, RECEIVING))) {
    throw new OmemoTrouble('bad-mac', 'The sender of the key exchange is not trusted.');
  }

  const baseKey = arrayBufferOf(message.baseKey);
  const known = record.getSessionByBaseKey(baseKey);
  if (known) {
    // The name is not under the message's own check here: the state has the key that was checked when it began.
    if (!Buffer.from(known.indexInfo.remoteIdentityKey).equals(message.identityKey)) {
      throw new OmemoTrouble('bad-mac', 'The key exchange has another identity key than its session.');
    }
    if (known.indexInfo.closed !== -1) {
      record.archiveCurrentState();
      record.promoteState(known);
    }
    return undefined;
  }

  const preKey = await this.storage.loadPreKey(message.preKeyId);
  const signedPreKey = await this.storage.loadSignedPreKey(message.signedPreKeyId);
  if (!preKey || !signedPreKey) {
    const [what, id] = preKey
      ? ['signed prekey', message.signedPreKeyId]
      : ['one-time prekey', message.preKeyId];
    throw new OmemoTrouble('unknown-prekey', `There is no ${what} with the number ${id}.`);
  }
  record.archiveCurrentState();
  // Typed as views, kept in the state as they are: buffers of their own, or they would keep the message alive.
  const copied = { ...message, baseKey, identityKey } as unknown as PreKeyWhisperMessage;
  record.updateSessionState(await this.startSessionWthPreKeyMessage(preKey, signedPreKey, copied));
  await this.storage.saveIdentity(address, identityKey);
  return message.preKeyId;
}
