import type { AccountId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Account } from '../../store/account-repository.ts';
import type { RoomPlaces } from '../messages/post.ts';
import type { AccountRooms } from './account-rooms.ts';

/** The rooms of every account that has a session. */
export function roomRegistry() {
  const byAccount = new Map<AccountId, AccountRooms>();
  return {
    of: ({ id }: Pick<Account, 'id'>): AccountRooms | undefined => byAccount.get(id),
    /** Returns the function that takes them out again. */
    add({ id }: Account, rooms: AccountRooms): () => void {
      byAccount.set(id, rooms);
      return () => void (byAccount.get(id) === rooms && byAccount.delete(id));
    },
    place: (account: Account, to: BareJid) => byAccount.get(account.id)?.of(to),
  } satisfies RoomPlaces & Record<string, unknown>;
}
export type RoomRegistry = ReturnType<typeof roomRegistry>;
