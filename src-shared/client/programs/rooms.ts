// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface JoinRoomInput {
  /** XMPP address of the room. */
  room: string;
  /** The bot's nickname there; without it its name, with a number where somebody else has that. */
  nick?: string | undefined;
  /** Of a room that is protected by one. */
  password?: string | undefined;
}

/**
 * Join a room. `POST /bot/joinRoom`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `room_password`,
 * `room_members_only`, `room_forbidden`, `room_not_allowed`, `room_not_found`, `nick_conflict`,
 * `room_full`, `room_opened`, `too_large`, `unsupported_media_type`, `rate_limited`, `limit_reached`,
 * `room_unreachable`, `room_refused`, `disabled`, `storage_failed`, `stopping`, `cloud_not_available`,
 * `account_offline`.
 */
export function joinRoom(client: Client, input: JoinRoomInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/joinRoom', body: input }, options);
}

export interface LeaveRoomInput {
  /** XMPP address of the room. */
  room: string;
}

/**
 * Leave a room. `POST /bot/leaveRoom`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `room_not_joined`,
 * `too_large`, `unsupported_media_type`, `rate_limited`, `room_unreachable`, `disabled`, `storage_failed`,
 * `stopping`, `cloud_not_available`, `account_offline`.
 */
export function leaveRoom(client: Client, input: LeaveRoomInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/leaveRoom', body: input }, options);
}
