import { randomUUID } from 'node:crypto';
import type { Occupant } from '../../gateways/xmpp/xep-0045-muc.ts';

/** Who is in a room, by nickname; and whether a nickname is still the same person's. */
export function roomPeople() {
  const occupants = new Map<string, Occupant>();
  /** Another one each time that somebody comes. */
  const persons = new Map<string, string>();

  return {
    all: (): readonly Occupant[] => [...occupants.values()],
    of: (nick: string): Occupant | undefined => occupants.get(nick),
    personOf(nick: string): string {
      const known = persons.get(nick) ?? randomUUID();
      persons.set(nick, known);
      return known;
    },
    /** Resolves with whether somebody has come who was not there. */
    note(occupant: Occupant, isAvailable: boolean): boolean {
      const { nickname } = occupant;
      const isNew = isAvailable && !occupants.has(nickname);
      if (isAvailable) occupants.set(nickname, occupant);
      else {
        occupants.delete(nickname);
        persons.delete(nickname);
      }
      return isNew;
    },
    clear(): void {
      occupants.clear();
      persons.clear();
    },
  };
}
export type RoomPeople = ReturnType<typeof roomPeople>;
