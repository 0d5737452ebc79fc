import type { Chat } from '../../../src-shared/api/chats.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { describeRefusal } from '../../../src-shared/text/describe-refusal.ts';
import type { Language } from '../../../src-shared/text/translate.ts';
import type { Account } from '../../store/account-repository.ts';
import type { DeviceCount } from '../../store/device-count-repository.ts';
import type { Conversations } from '../messages/conversations.ts';
import type { RoomPlaces } from '../messages/post.ts';

interface ChatEncryptionDeps {
  conversations: Pick<Conversations, 'isEncrypted'>;
  rooms: RoomPlaces;
}

type Counted = Pick<DeviceCount, 'devices' | 'newDevices'> | undefined;

/** How what is written now would go, by the rules that sending has (post.ts), told before anything is written. */
export function chatEncryption({ conversations, rooms }: ChatEncryptionDeps) {
  return function encryptionOf(
    account: Account,
    { jid, kind, language }: { jid: BareJid; kind: Chat['kind']; language: Language },
    counted: Counted,
  ): Chat['encryption'] {
    const { devices = 0, newDevices = 0 } = counted ?? {};
    const told = (state: Chat['encryption']['state'], reason: string | null = null) => ({
      state,
      devices,
      new_devices: newDevices,
      reason,
    });
    const impossible = (error: ReturnType<typeof refuse>) =>
      told('impossible', describeRefusal(error, language));
    const isKnown = conversations.isEncrypted(account, jid);
    if (kind === 'room') {
      if (!rooms.place(account, jid)?.isPrivate || !isKnown) return told('off');
      if (!account.hasOmemo) return impossible(refuse('omemo.not-here', { account: account.jid, to: jid }));
      return told('on');
    }
    if (kind === 'self') return told(account.hasOmemo && devices > 0 ? 'on' : 'off');
    // With a bot that is hosted here nothing is said in clear where it can be helped.
    if (!isKnown && !(kind === 'bot' && account.hasOmemo)) return told('off');
    if (!account.hasOmemo) return impossible(refuse('omemo.not-here', { account: account.jid, to: jid }));
    return devices > 0 ? told('on') : impossible(refuse('omemo.no-device', { to: jid }));
  };
}
export type ChatEncryption = ReturnType<typeof chatEncryption>;
