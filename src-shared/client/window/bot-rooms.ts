// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface GetBotRoomsInput {
  id: number;
}

export type GetBotRoomsAnswer = {
  room: string;
  name: string | null;
  nick: string;
  state: 'joined' | 'joining' | 'away' | 'out';
  reason: 'left' | 'kicked' | 'banned' | 'removed' | 'destroyed' | 'refused' | 'opened' | null;
  problem: string | null;
  encrypted: boolean | null;
  subject: string | null;
  occupants: {
    nick: string;
    jid: string | null;
    role: string;
    affiliation: string;
  }[];
  unreached: string[];
}[];

/**
 * The rooms of a bot. `GET /api/v1/bots/{id}/rooms`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotRooms(
  client: Client,
  input: GetBotRoomsInput,
  options?: CallOptions,
): Promise<GetBotRoomsAnswer> {
  return resultOf<GetBotRoomsAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/rooms` },
    options,
  );
}

export interface AddBotRoomInput {
  id: number;
  /** XMPP address of the room. */
  room: string;
  /** The bot's nickname there; without it its name, with a number where somebody else has that. */
  nick?: string | undefined;
  /** Of a room that is protected by one. */
  password?: string | undefined;
}

export type AddBotRoomAnswer = {
  room: string;
  name: string | null;
  nick: string;
  state: 'joined' | 'joining' | 'away' | 'out';
  reason: 'left' | 'kicked' | 'banned' | 'removed' | 'destroyed' | 'refused' | 'opened' | null;
  problem: string | null;
  encrypted: boolean | null;
  subject: string | null;
  occupants: {
    nick: string;
    jid: string | null;
    role: string;
    affiliation: string;
  }[];
  unreached: string[];
}[];

/**
 * Bring a bot into a room. `POST /api/v1/bots/{id}/rooms`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `room_password`, `room_members_only`,
 * `room_forbidden`, `room_not_allowed`, `not_found`, `room_not_found`, `nick_conflict`, `room_full`,
 * `room_opened`, `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`,
 * `limit_reached`, `room_unreachable`, `room_refused`, `storage_failed`, `stopping`, `account_offline`,
 * `cloud_not_available`.
 */
export function addBotRoom(
  client: Client,
  input: AddBotRoomInput,
  options?: CallOptions,
): Promise<AddBotRoomAnswer> {
  const { id, ...body } = input;
  return resultOf<AddBotRoomAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/rooms`, body },
    options,
  );
}

export interface RemoveBotRoomInput {
  id: number;
  /** XMPP address of the room. */
  room: string;
}

export type RemoveBotRoomAnswer = {
  room: string;
  name: string | null;
  nick: string;
  state: 'joined' | 'joining' | 'away' | 'out';
  reason: 'left' | 'kicked' | 'banned' | 'removed' | 'destroyed' | 'refused' | 'opened' | null;
  problem: string | null;
  encrypted: boolean | null;
  subject: string | null;
  occupants: {
    nick: string;
    jid: string | null;
    role: string;
    affiliation: string;
  }[];
  unreached: string[];
}[];

/**
 * Take a bot out of a room. `DELETE /api/v1/bots/{id}/rooms/{room}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `room_not_joined`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `room_unreachable`, `storage_failed`,
 * `stopping`, `account_offline`, `cloud_not_available`.
 */
export function removeBotRoom(
  client: Client,
  input: RemoveBotRoomInput,
  options?: CallOptions,
): Promise<RemoveBotRoomAnswer> {
  return resultOf<RemoveBotRoomAnswer>(
    client,
    {
      method: 'DELETE',
      path: `/api/v1/bots/${encodeURIComponent(input.id)}/rooms/${encodeURIComponent(input.room)}`,
    },
    options,
  );
}
