import type { Logger } from '../../base/logger.ts';
import { foreignText } from '../../gateways/xmpp/foreign-text.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';
import { SILENT_TROUBLES, type Trouble } from '../messages/trouble-notices.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import type { RoomStanza } from './read-room-message.ts';
import type { RoomReaders } from './room-readers.ts';

export interface RoomTroublesDeps {
  readers: Pick<RoomReaders, 'ofSaying'>;
  notices: Pick<OwnerNotices, 'tell'>;
  logger: Logger;
}

/**
 * Tells owners that a message of a room could not be decrypted, no more often than anything else about a bot. The room is
 * told nothing: whoever wrote it could make a bot speak there as often as they like.
 */
export function roomTroubles(account: Account, { readers, notices, logger }: RoomTroublesDeps) {
  return {
    /** `why` is `no-address` where the room does not show who wrote it: then nobody knows whose key it is. */
    async tell(tx: Tx, { room, nick }: RoomStanza, why: Trouble['why'] | 'no-address'): Promise<void> {
      logger.info({ account: account.jid, room, why }, 'a message of a room cannot be decrypted');
      if (why !== 'no-address' && SILENT_TROUBLES.has(why)) return;
      // The owner of personal bots is told of what one of them would have read.
      const bots =
        account.botId === undefined
          ? (await readers.ofSaying(tx, account, 'message', true)).slice(0, 1).map(({ id }) => id)
          : [account.botId];
      for (const id of bots)
        await notices.tell(tx, id, 'room-undecryptable', { room, nick: foreignText(nick) });
    },
  };
}
