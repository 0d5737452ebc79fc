import type { SecretBox } from '../../base/secret-box.ts';
import type { AccountRepository } from '../../store/account-repository.ts';
import type { Store } from '../../store/open.ts';
import { roomMessageRepository } from '../../store/room-message-repository.ts';
import { roomRepository } from '../../store/room-repository.ts';
import { roomDestinations } from './room-destinations.ts';
import { roomRegistry } from './room-registry.ts';

interface RoomBaseDeps {
  store: Store;
  box: SecretBox;
  accounts: Pick<AccountRepository, 'byJid'>;
}

/** What is known of rooms, which everything else about them stands on. */
export function roomBase({ store, box, accounts }: RoomBaseDeps) {
  const roomRows = roomRepository(store, box);
  const registry = roomRegistry();
  return {
    roomRows,
    registry,
    messages: roomMessageRepository(store),
    accounts,
    destinations: roomDestinations({ rooms: roomRows, registry, accounts }),
  };
}
export type RoomBase = ReturnType<typeof roomBase>;
