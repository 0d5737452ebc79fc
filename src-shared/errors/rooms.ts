import type { Entry } from './entry.ts';

/** Coming into rooms (XEP-0045), being there, and why not. */
export const roomErrors = {
  'room.nick': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`nick` has 1 to 64 characters, and no control characters or line breaks.',
  },
  'room.password-needed': {
    kind: 'forbidden',
    slug: 'room_password',
    text: '{room} is protected by a password. Call joinRoom with `password`.',
  },
  'room.password-wrong': {
    kind: 'forbidden',
    slug: 'room_password',
    text: 'The password for {room} is wrong. Ask its owner for the right one.',
  },
  'room.members-only': {
    kind: 'forbidden',
    slug: 'room_members_only',
    text: '{room} is for members only. An owner or administrator of the room has to make {jid} a member, or invite it.',
  },
  'room.banned': {
    kind: 'forbidden',
    slug: 'room_forbidden',
    text: '{jid} may not enter {room}: it is banned there, or a server does not allow it. An administrator of the room can lift a ban.',
  },
  'room.nick-taken': {
    kind: 'conflict',
    slug: 'nick_conflict',
    text: 'Somebody else has the nickname {nick} in {room}. Choose another `nick`; without one a free one is found.',
  },
  'room.nick-held': {
    kind: 'conflict',
    slug: 'nick_conflict',
    text: 'Another bot of {jid} is in {room} as {nick}, and one account has one nickname there. Leave `nick` out to join it.',
  },
  'room.nick-refused': {
    kind: 'conflict',
    slug: 'nick_conflict',
    text: '{room} does not take the nickname {nick}: it may be reserved for somebody, or names cannot be chosen there. Try another `nick`.',
  },
  'room.not-found': {
    kind: 'not-found',
    slug: 'room_not_found',
    text: 'There is no room {room}, or it is locked. Check the address.',
  },
  'room.no-room': {
    kind: 'not-found',
    slug: 'room_not_found',
    text: '{room} is not a room: somebody or something else has that address. Check it.',
  },
  'room.no-creation': {
    kind: 'forbidden',
    slug: 'room_not_allowed',
    text: 'There is no room {room}, and {jid} may not make one; or its server does not let it go there. Check the address, or create the room with a chat app first.',
  },
  'room.full': {
    kind: 'conflict',
    slug: 'room_full',
    text: '{room} is full, or no rooms are at that address. Check the address, or try again later.',
  },
  'room.unreachable': {
    kind: 'upstream',
    slug: 'room_unreachable',
    text: 'The server of {room} cannot be reached ({reason}). Check the address, or try again later.',
  },
  'room.refused': {
    kind: 'upstream',
    slug: 'room_refused',
    text: '{room} did not let {jid} in: {reason}.',
  },
  'room.not-joined': {
    kind: 'conflict',
    slug: 'room_not_joined',
    text: 'The bot is not in {room}: there is nothing to leave.',
  },
  'room.opened': {
    kind: 'conflict',
    slug: 'room_opened',
    text: 'What was said in {room} was encrypted, and the room is no longer private: everybody may come in and read. The bot is out of it. Call joinRoom again to let it speak there in clear.',
  },
  'room.leave-unconfirmed': {
    kind: 'upstream',
    slug: 'room_unreachable',
    text: 'The bot has left {room} and does not go back, but the room did not confirm that within {seconds} seconds: it may show the bot for a while. There is nothing more to do.',
  },
  'room.not-there': {
    kind: 'forbidden',
    slug: 'room_not_joined',
    text: 'The bot is not in {room}, and writes to rooms only that it is in. Call joinRoom first.',
  },
  'room.out': {
    kind: 'forbidden',
    slug: 'room_not_joined',
    text: 'The bot is out of {room} ({reason}). Call joinRoom to go back.',
  },
  'room.not-back': {
    kind: 'unavailable',
    slug: 'room_joining',
    text: 'The bot is on its way back into {room}. Try again in {seconds} seconds.',
  },
  'room.is-room': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{to} is a room: send with `type` "groupchat".',
  },
  'room.too-many': {
    kind: 'limit',
    slug: 'limit_reached',
    text: '{jid} is in {limit} rooms already, and no more are possible. Leave one first.',
  },
} as const satisfies Record<string, Entry>;
