import { z } from 'zod';
import { answer, text, wholeNumber } from './common.ts';

const RoomAddress = text(3_100).meta({
  description: 'XMPP address of the room.',
  examples: ['general@conference.server.example'],
});
const Nick = text(300)
  .optional()
  .meta({
    description: "The bot's nickname there; without it its name, with a number where somebody else has that.",
    examples: ['Weather'],
  });
const Password = text(1_000).optional().describe('Of a room that is protected by one.');

export const JoinRoom = z.object({ room: RoomAddress, nick: Nick, password: Password });
export const LeaveRoom = z.object({ room: RoomAddress });

export const RoomPath = z.object({ id: wholeNumber(1, Number.MAX_SAFE_INTEGER), room: RoomAddress });

/** A room of a bot. */
export const Room = z.object({
  room: z.string(),
  name: z.string().nullable(),
  nick: z.string(),
  /** `away`: about to come back; `out`: not before somebody asks. */
  state: z.enum(['joined', 'joining', 'away', 'out']),
  /** Why it is out. */
  reason: z.enum(['left', 'kicked', 'banned', 'removed', 'destroyed', 'refused', 'opened']).nullable(),
  /** What the room said to that, or what keeps the bot from coming back. */
  problem: z.string().nullable(),
  /** Whether what is said there can be encrypted: it is for members only, who see each other's addresses. */
  encrypted: z.boolean().nullable(),
  subject: z.string().nullable(),
  occupants: z.array(
    z.object({ nick: z.string(), jid: z.string().nullable(), role: z.string(), affiliation: z.string() }),
  ),
  /** Members whom the last message could not be encrypted for. */
  unreached: z.array(z.string()),
});
export const Rooms = answer(z.array(Room));
