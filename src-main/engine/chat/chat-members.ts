import type { ChatMember } from '../../../src-shared/api/chats.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import type { PlacedChat } from './chat-list.ts';

/** Who may read what is said in a room for members only, the account itself left out; nobody of any other conversation. */
export function chatMembers(rooms: RoomRegistry) {
  return ({ account, chat }: PlacedChat): ChatMember[] => {
    const room = chat.isRoom ? rooms.of(account)?.of(chat.jid) : undefined;
    if (!room?.isPrivate) return [];
    const nicks = new Map(room.occupants.map(({ jid, nickname }) => [jid, nickname]));
    return room.members
      .all()
      .filter((jid) => jid !== account.jid)
      .sort()
      .map((jid) => ({ jid, nick: nicks.get(jid) ?? null }));
  };
}
