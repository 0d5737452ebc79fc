// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { bytesOf, eventsOf, resultOf, type ServerEvent } from './answers.ts';
import type { CallOptions, Client } from './client.ts';
import type { Device, TokenInUse } from './types.ts';

export interface GetBotsInput {
  account?: string | undefined;
}

export type GetBotsAnswer = {
  id: number;
  name: string;
  jid: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  status: 'active' | 'disabled';
  description: string;
  /** Unix seconds. */
  created_at: number;
  /** Absent where it may not be shown, empty when revoked. */
  token?: string;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed' | 'unavailable';
  last_active: number | null;
  owner: string;
  /** Those that are taken now: the current one, and one it has replaced. */
  tokens: TokenInUse[];
}[];

/**
 * List bots. `GET /api/v1/bots`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getBots(
  client: Client,
  input: GetBotsInput = {},
  options?: CallOptions,
): Promise<GetBotsAnswer> {
  return resultOf<GetBotsAnswer>(client, { method: 'GET', path: '/api/v1/bots', query: input }, options);
}

export interface AddBotInput {
  /** 1 to 64 characters of any script. */
  name: string;
  /** XMPP address of its owner, signed in here. */
  account?: string | undefined;
  /** Another name of `account`; one of them is needed. */
  owner?: string | undefined;
  mode?: 'personal' | 'dedicated' | 'cloud' | undefined;
  /** A PNG, JPEG, GIF, WebP or AVIF image in base64; the square in its middle is shown. */
  avatar?: string | undefined;
  /** Its media type; not needed, since the image itself is looked at. */
  avatar_type?: string | undefined;
  /**
   * What the token may do: `send` (messages, files, rooms, commands), `read` (updates, webhook), `ai`,
   * `bridge`. Left out: everything.
   */
  scopes?: ('send' | 'read' | 'ai' | 'bridge')[] | undefined;
}

export interface AddBotAnswer {
  id: number;
  name: string;
  token: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  /** Of a dedicated bot: its own address. */
  jid?: string;
  api_url: string;
}

/**
 * Create a bot. `POST /api/v1/bots`
 * Refusals: `bad_request`, `account_unknown`, `not_configured`, `unauthorized`, `forbidden`, `conflict`,
 * `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`, `limit_reached`,
 * `ejabberd_unreachable`, `not_ejabberd`, `ejabberd_credentials`, `ejabberd_no_rights`,
 * `ejabberd_no_command`, `ejabberd_host_unknown`, `ejabberd_failed`, `xmpp_unreachable`, `xmpp_no_rights`,
 * `registration_closed`, `registration_limited`, `xmpp_failed`, `storage_failed`, `stopping`.
 */
export function addBot(client: Client, input: AddBotInput, options?: CallOptions): Promise<AddBotAnswer> {
  return resultOf<AddBotAnswer>(client, { method: 'POST', path: '/api/v1/bots', body: input }, options);
}

export interface GetBotInput {
  id: number;
}

export interface GetBotAnswer {
  id: number;
  name: string;
  jid: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  status: 'active' | 'disabled';
  description: string;
  /** Unix seconds. */
  created_at: number;
  /** Absent where it may not be shown, empty when revoked. */
  token?: string;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed' | 'unavailable';
  last_active: number | null;
  owner: string;
  /** Those that are taken now: the current one, and one it has replaced. */
  tokens: TokenInUse[];
}

/**
 * One bot. `GET /api/v1/bots/{id}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBot(client: Client, input: GetBotInput, options?: CallOptions): Promise<GetBotAnswer> {
  return resultOf<GetBotAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}` },
    options,
  );
}

export interface ChangeBotInput {
  id: number;
  active?: boolean | undefined;
  description?: string | undefined;
  /** An image in base64; null takes it away. */
  avatar?: string | null | undefined;
}

export interface ChangeBotAnswer {
  id: number;
  name: string;
  jid: string;
  mode: 'personal' | 'dedicated' | 'cloud';
  status: 'active' | 'disabled';
  description: string;
  /** Unix seconds. */
  created_at: number;
  /** Absent where it may not be shown, empty when revoked. */
  token?: string;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed' | 'unavailable';
  last_active: number | null;
  owner: string;
  /** Those that are taken now: the current one, and one it has replaced. */
  tokens: TokenInUse[];
}

/**
 * Change a bot. `PATCH /api/v1/bots/{id}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`,
 * `cloud_not_available`.
 */
export function changeBot(
  client: Client,
  input: ChangeBotInput,
  options?: CallOptions,
): Promise<ChangeBotAnswer> {
  const { id, ...body } = input;
  return resultOf<ChangeBotAnswer>(
    client,
    { method: 'PATCH', path: `/api/v1/bots/${encodeURIComponent(id)}`, body },
    options,
  );
}

export interface RemoveBotInput {
  id: number;
}

/**
 * Delete a bot. `DELETE /api/v1/bots/{id}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeBot(client: Client, input: RemoveBotInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(
    client,
    { method: 'DELETE', path: `/api/v1/bots/${encodeURIComponent(input.id)}` },
    options,
  );
}

export interface GetBotConnectionInput {
  id: number;
}

export interface GetBotConnectionAnswer {
  jid: string;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';
  /** Why it is not online, in words. */
  reason: string | null;
  /** Its OMEMO device; null before it has one. */
  device: number | null;
  /** Whether others can find that device; null while it is away. */
  published: boolean | null;
  /** How many devices of its owner it can write to. */
  owner_devices: number;
  /** Those of them whose commands wait for approval. */
  waiting_devices: number[];
}

/**
 * How a dedicated bot stands with its server. `GET /api/v1/bots/{id}/connection`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotConnection(
  client: Client,
  input: GetBotConnectionInput,
  options?: CallOptions,
): Promise<GetBotConnectionAnswer> {
  return resultOf<GetBotConnectionAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/connection` },
    options,
  );
}

export type GetErrandsAnswer = {
  jid: string;
  owner: string;
  /**
   * `register`: it is not known whether the account was made; `remove`: its bot is deleted, and it is to go;
   * `contact`: it is to go from the roster of its owner.
   */
  kind: 'register' | 'remove' | 'contact';
  attempts: number;
  reason: string | null;
  /** Unix seconds. */
  next_try: number;
}[];

/**
 * What could not be done yet about the accounts of bots. `GET /api/v1/errands`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getErrands(client: Client, options?: CallOptions): Promise<GetErrandsAnswer> {
  return resultOf<GetErrandsAnswer>(client, { method: 'GET', path: '/api/v1/errands' }, options);
}

export interface ReplaceBotTokenInput {
  id: number;
  overlap_s?: number | undefined;
  /**
   * What the token may do: `send` (messages, files, rooms, commands), `read` (updates, webhook), `ai`,
   * `bridge`. Left out: everything.
   */
  scopes?: ('send' | 'read' | 'ai' | 'bridge')[] | undefined;
}

export interface ReplaceBotTokenAnswer {
  token: string;
  /** What the new token may do, where that is not everything. */
  scopes?: ('send' | 'read' | 'ai' | 'bridge')[];
}

/**
 * Make a new token. `POST /api/v1/bots/{id}/token`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function replaceBotToken(
  client: Client,
  input: ReplaceBotTokenInput,
  options?: CallOptions,
): Promise<ReplaceBotTokenAnswer> {
  const { id, ...body } = input;
  return resultOf<ReplaceBotTokenAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/token`, body },
    options,
  );
}

export interface RemoveBotTokenInput {
  id: number;
}

/**
 * Take the token away; the bot is off. `DELETE /api/v1/bots/{id}/token`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeBotToken(
  client: Client,
  input: RemoveBotTokenInput,
  options?: CallOptions,
): Promise<true> {
  return resultOf<true>(
    client,
    { method: 'DELETE', path: `/api/v1/bots/${encodeURIComponent(input.id)}/token` },
    options,
  );
}

export interface GetBotCommandsInput {
  id: number;
}

export type GetBotCommandsAnswer = {
  command: string;
  description: string;
}[];

/**
 * The commands of a bot. `GET /api/v1/bots/{id}/commands`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotCommands(
  client: Client,
  input: GetBotCommandsInput,
  options?: CallOptions,
): Promise<GetBotCommandsAnswer> {
  return resultOf<GetBotCommandsAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/commands` },
    options,
  );
}

export interface SetBotCommandsInput {
  id: number;
  /** They take the place of all that were set before. */
  commands: {
    command: string;
    description?: string | undefined;
  }[];
}

export type SetBotCommandsAnswer = {
  command: string;
  description: string;
}[];

/**
 * Replace the commands of a bot. `PUT /api/v1/bots/{id}/commands`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function setBotCommands(
  client: Client,
  input: SetBotCommandsInput,
  options?: CallOptions,
): Promise<SetBotCommandsAnswer> {
  const { id, ...body } = input;
  return resultOf<SetBotCommandsAnswer>(
    client,
    { method: 'PUT', path: `/api/v1/bots/${encodeURIComponent(id)}/commands`, body },
    options,
  );
}

export interface GetBotSettingsInput {
  id: number;
}

export type GetBotSettingsAnswer = {
  key: string;
  value: string | number | boolean;
  default: string | number | boolean;
  summary: string;
}[];

/**
 * The settings of a bot. `GET /api/v1/bots/{id}/settings`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotSettings(
  client: Client,
  input: GetBotSettingsInput,
  options?: CallOptions,
): Promise<GetBotSettingsAnswer> {
  return resultOf<GetBotSettingsAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/settings` },
    options,
  );
}

export interface GetBotSettingInput {
  id: number;
  key: string;
}

export interface GetBotSettingAnswer {
  key: string;
  value: string | number | boolean;
  default: string | number | boolean;
  summary: string;
}

/**
 * One setting of a bot. `GET /api/v1/bots/{id}/settings/{key}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotSetting(
  client: Client,
  input: GetBotSettingInput,
  options?: CallOptions,
): Promise<GetBotSettingAnswer> {
  return resultOf<GetBotSettingAnswer>(
    client,
    {
      method: 'GET',
      path: `/api/v1/bots/${encodeURIComponent(input.id)}/settings/${encodeURIComponent(input.key)}`,
    },
    options,
  );
}

export interface SetBotSettingInput {
  id: number;
  key: string;
  value: string | number | boolean;
}

export interface SetBotSettingAnswer {
  key: string;
  value: string | number | boolean;
  default: string | number | boolean;
  summary: string;
}

/**
 * Change a setting of a bot. `PUT /api/v1/bots/{id}/settings/{key}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function setBotSetting(
  client: Client,
  input: SetBotSettingInput,
  options?: CallOptions,
): Promise<SetBotSettingAnswer> {
  const { id, key, ...body } = input;
  return resultOf<SetBotSettingAnswer>(
    client,
    {
      method: 'PUT',
      path: `/api/v1/bots/${encodeURIComponent(id)}/settings/${encodeURIComponent(key)}`,
      body,
    },
    options,
  );
}

export interface GetBotAvatarInput {
  id: number;
}

/**
 * The picture of a bot. `GET /api/v1/bots/{id}/avatar`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotAvatar(client: Client, input: GetBotAvatarInput, options?: CallOptions): Promise<Blob> {
  return bytesOf(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(input.id)}/avatar` },
    options,
  );
}

export interface SetBotAvatarInput {
  id: number;
  avatar: string;
  /** Its media type; not needed, since the image itself is looked at. */
  avatar_type?: string | undefined;
}

/**
 * Give a bot a picture. `PUT /api/v1/bots/{id}/avatar`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function setBotAvatar(client: Client, input: SetBotAvatarInput, options?: CallOptions): Promise<true> {
  const { id, ...body } = input;
  return resultOf<true>(
    client,
    { method: 'PUT', path: `/api/v1/bots/${encodeURIComponent(id)}/avatar`, body },
    options,
  );
}

export interface RemoveBotAvatarInput {
  id: number;
}

/**
 * Take the picture of a bot away. `DELETE /api/v1/bots/{id}/avatar`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeBotAvatar(
  client: Client,
  input: RemoveBotAvatarInput,
  options?: CallOptions,
): Promise<true> {
  return resultOf<true>(
    client,
    { method: 'DELETE', path: `/api/v1/bots/${encodeURIComponent(input.id)}/avatar` },
    options,
  );
}

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
 * `too_large`, `unsupported_media_type`, `misdirected_request`, `rate_limited`, `limit_reached`,
 * `room_unreachable`, `room_refused`, `storage_failed`, `stopping`, `account_offline`,
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
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`,
 * `account_offline`, `cloud_not_available`.
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

export interface GetBotDeadLettersInput {
  id: number;
  after?: number | undefined;
  limit?: number | undefined;
}

export type GetBotDeadLettersAnswer = {
  update_id: number;
  update_type: string;
  conversation: string;
  data: Record<string, unknown>;
  attempts: number;
  reason: string;
  created_at: number;
  dead_since: number;
}[];

/**
 * Updates that a webhook would not take. `GET /api/v1/bots/{id}/dead-letters`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getBotDeadLetters(
  client: Client,
  input: GetBotDeadLettersInput,
  options?: CallOptions,
): Promise<GetBotDeadLettersAnswer> {
  const { id, ...query } = input;
  return resultOf<GetBotDeadLettersAnswer>(
    client,
    { method: 'GET', path: `/api/v1/bots/${encodeURIComponent(id)}/dead-letters`, query },
    options,
  );
}

export interface ReplayDeadLettersInput {
  id: number;
  update_id?: number | undefined;
}

export interface ReplayDeadLettersAnswer {
  replayed: number;
  left: number;
}

/**
 * Put one dead letter, or all, back into the queue. `POST /api/v1/bots/{id}/dead-letters`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function replayDeadLetters(
  client: Client,
  input: ReplayDeadLettersInput,
  options?: CallOptions,
): Promise<ReplayDeadLettersAnswer> {
  const { id, ...body } = input;
  return resultOf<ReplayDeadLettersAnswer>(
    client,
    { method: 'POST', path: `/api/v1/bots/${encodeURIComponent(id)}/dead-letters`, body },
    options,
  );
}

export type GetAccountsAnswer = {
  jid: string;
  enabled: boolean;
  operator: boolean;
  service: string | null;
  language: 'en' | 'de' | null;
  /** It has consented to an OMEMO device of its own here. */
  omemo: boolean;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';
  reason: string | null;
}[];

/**
 * List accounts. `GET /api/v1/accounts`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getAccounts(client: Client, options?: CallOptions): Promise<GetAccountsAnswer> {
  return resultOf<GetAccountsAnswer>(client, { method: 'GET', path: '/api/v1/accounts' }, options);
}

export interface AddAccountInput {
  jid: string;
  password: string;
  service?: string | undefined;
  ca?: string | undefined;
  verify?: boolean | undefined;
  /** Consent to an OMEMO device of its own: the chat with oneself is encrypted then. */
  omemo?: boolean | undefined;
}

export interface AddAccountAnswer {
  jid: string;
  enabled: boolean;
  operator: boolean;
  service: string | null;
  language: 'en' | 'de' | null;
  /** It has consented to an OMEMO device of its own here. */
  omemo: boolean;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';
  reason: string | null;
}

/**
 * Sign an account in. `POST /api/v1/accounts`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `conflict`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `login_failed`, `storage_failed`, `stopping`.
 */
export function addAccount(
  client: Client,
  input: AddAccountInput,
  options?: CallOptions,
): Promise<AddAccountAnswer> {
  return resultOf<AddAccountAnswer>(
    client,
    { method: 'POST', path: '/api/v1/accounts', body: input },
    options,
  );
}

export interface ChangeAccountInput {
  jid: string;
  enabled?: boolean | undefined;
  operator?: true | undefined;
  language?: 'en' | 'de' | null | undefined;
  /** Consent to an OMEMO device; false takes the device off the network and forgets its keys. */
  omemo?: boolean | undefined;
}

export interface ChangeAccountAnswer {
  jid: string;
  enabled: boolean;
  operator: boolean;
  service: string | null;
  language: 'en' | 'de' | null;
  /** It has consented to an OMEMO device of its own here. */
  omemo: boolean;
  state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';
  reason: string | null;
}

/**
 * Switch an account or its OMEMO device on or off, choose its language, make it the operator. `PATCH
 * /api/v1/accounts/{jid}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function changeAccount(
  client: Client,
  input: ChangeAccountInput,
  options?: CallOptions,
): Promise<ChangeAccountAnswer> {
  const { jid, ...body } = input;
  return resultOf<ChangeAccountAnswer>(
    client,
    { method: 'PATCH', path: `/api/v1/accounts/${encodeURIComponent(jid)}`, body },
    options,
  );
}

export interface RemoveAccountInput {
  jid: string;
  with_bots?: string | undefined;
}

export interface RemoveAccountAnswer {
  removed: string;
  /**
   * The number of its OMEMO device, where that could not be taken off the list of devices; null: nothing is
   * left.
   */
  device_left: number | null;
}

/**
 * Forget an account. `DELETE /api/v1/accounts/{jid}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeAccount(
  client: Client,
  input: RemoveAccountInput,
  options?: CallOptions,
): Promise<RemoveAccountAnswer> {
  const { jid, ...query } = input;
  return resultOf<RemoveAccountAnswer>(
    client,
    { method: 'DELETE', path: `/api/v1/accounts/${encodeURIComponent(jid)}`, query },
    options,
  );
}

export type GetSettingsAnswer = {
  key: string;
  value: string | number | boolean;
  default: string | number | boolean;
  summary: string;
}[];

/**
 * All settings. `GET /api/v1/settings`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getSettings(client: Client, options?: CallOptions): Promise<GetSettingsAnswer> {
  return resultOf<GetSettingsAnswer>(client, { method: 'GET', path: '/api/v1/settings' }, options);
}

export interface GetSettingInput {
  key: string;
}

export interface GetSettingAnswer {
  key: string;
  value: string | number | boolean;
  default: string | number | boolean;
  summary: string;
}

/**
 * One setting. `GET /api/v1/settings/{key}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getSetting(
  client: Client,
  input: GetSettingInput,
  options?: CallOptions,
): Promise<GetSettingAnswer> {
  return resultOf<GetSettingAnswer>(
    client,
    { method: 'GET', path: `/api/v1/settings/${encodeURIComponent(input.key)}` },
    options,
  );
}

export interface SetSettingInput {
  key: string;
  value: string | number | boolean;
}

export interface SetSettingAnswer {
  key: string;
  value: string | number | boolean;
  default: string | number | boolean;
  summary: string;
}

/**
 * Change a setting. `PUT /api/v1/settings/{key}`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function setSetting(
  client: Client,
  input: SetSettingInput,
  options?: CallOptions,
): Promise<SetSettingAnswer> {
  const { key, ...body } = input;
  return resultOf<SetSettingAnswer>(
    client,
    { method: 'PUT', path: `/api/v1/settings/${encodeURIComponent(key)}`, body },
    options,
  );
}

export interface GetServerAnswer {
  mode: 'local' | 'network';
  port: number;
  url: string;
  addresses: string[];
  problem: string | null;
  certificate: {
    self_made: boolean;
    fingerprint: string | null;
    valid_until: number | null;
    names: string[];
    problem: string | null;
  } | null;
  given: {
    mode: 'local' | 'network' | null;
    port: number | null;
  };
}

/**
 * How the API is reached now. `GET /api/v1/server`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getServer(client: Client, options?: CallOptions): Promise<GetServerAnswer> {
  return resultOf<GetServerAnswer>(client, { method: 'GET', path: '/api/v1/server' }, options);
}

export type GetCertificateAnswer = {
  self_made: boolean;
  fingerprint: string | null;
  valid_until: number | null;
  names: string[];
  problem: string | null;
} | null;

/**
 * The certificate of network mode; null in local mode. `GET /api/v1/certificate`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getCertificate(client: Client, options?: CallOptions): Promise<GetCertificateAnswer> {
  return resultOf<GetCertificateAnswer>(client, { method: 'GET', path: '/api/v1/certificate' }, options);
}

export interface RemoveCertificateAnswer {
  deleted: boolean;
}

/**
 * Take the self-made certificate away; where one is used, another one is there at once. `deleted` says
 * whether there was one. `DELETE /api/v1/certificate`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function removeCertificate(client: Client, options?: CallOptions): Promise<RemoveCertificateAnswer> {
  return resultOf<RemoveCertificateAnswer>(
    client,
    { method: 'DELETE', path: '/api/v1/certificate' },
    options,
  );
}

export interface RenewCertificateAnswer {
  self_made: boolean;
  fingerprint: string | null;
  valid_until: number | null;
  names: string[];
  problem: string | null;
}

/**
 * Make another self-made certificate; programs that trust the old one need the new one. `POST
 * /api/v1/certificate/renew`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function renewCertificate(client: Client, options?: CallOptions): Promise<RenewCertificateAnswer> {
  return resultOf<RenewCertificateAnswer>(
    client,
    { method: 'POST', path: '/api/v1/certificate/renew' },
    options,
  );
}

export interface GetOmemoDevicesInput {
  jid: string;
}

export interface GetOmemoDevicesAnswer {
  account: string;
  /** The device of the account here; null before it has one. */
  own: {
    device: number;
    fingerprint: string;
  } | null;
  devices: Device[];
}

/**
 * The devices around an account. `GET /api/v1/omemo/{jid}/devices`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `misdirected_request`,
 * `rate_limited`.
 */
export function getOmemoDevices(
  client: Client,
  input: GetOmemoDevicesInput,
  options?: CallOptions,
): Promise<GetOmemoDevicesAnswer> {
  return resultOf<GetOmemoDevicesAnswer>(
    client,
    { method: 'GET', path: `/api/v1/omemo/${encodeURIComponent(input.jid)}/devices` },
    options,
  );
}

export interface ChangeOmemoDevicesInput {
  jid: string;
  device: number;
  trust: 'trusted' | 'distrusted';
  /** Whose device it is, where several people have one of that number. */
  owner?: string | undefined;
}

export interface ChangeOmemoDevicesAnswer {
  account: string;
  /** The device of the account here; null before it has one. */
  own: {
    device: number;
    fingerprint: string;
  } | null;
  devices: Device[];
}

/**
 * Trust a device, or no longer. `PATCH /api/v1/omemo/{jid}/devices`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `conflict`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function changeOmemoDevices(
  client: Client,
  input: ChangeOmemoDevicesInput,
  options?: CallOptions,
): Promise<ChangeOmemoDevicesAnswer> {
  const { jid, ...body } = input;
  return resultOf<ChangeOmemoDevicesAnswer>(
    client,
    { method: 'PATCH', path: `/api/v1/omemo/${encodeURIComponent(jid)}/devices`, body },
    options,
  );
}

export interface ResetOmemoInput {
  jid: string;
}

export interface ResetOmemoAnswer {
  account: string;
  /** The device of the account here; null before it has one. */
  own: {
    device: number;
    fingerprint: string;
  } | null;
  devices: Device[];
}

/**
 * A new device with new keys in the place of the account's one. `POST /api/v1/omemo/{jid}/reset`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `not_found`, `no_omemo_device`, `too_large`,
 * `unsupported_media_type`, `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function resetOmemo(
  client: Client,
  input: ResetOmemoInput,
  options?: CallOptions,
): Promise<ResetOmemoAnswer> {
  return resultOf<ResetOmemoAnswer>(
    client,
    { method: 'POST', path: `/api/v1/omemo/${encodeURIComponent(input.jid)}/reset` },
    options,
  );
}

export interface GetAuditInput {
  id?: number | undefined;
  before?: number | undefined;
  limit?: number | undefined;
}

export type GetAuditAnswer = {
  id: number;
  bot_id: number | null;
  action: string;
  details: string;
  actor: string;
  ip_address: string;
  outcome: 'ok' | 'refused';
  timestamp: number;
}[];

/**
 * Who did what, from where: the newest first. `GET /api/v1/audit`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getAudit(
  client: Client,
  input: GetAuditInput = {},
  options?: CallOptions,
): Promise<GetAuditAnswer> {
  return resultOf<GetAuditAnswer>(client, { method: 'GET', path: '/api/v1/audit', query: input }, options);
}

export interface GetStatusAnswer {
  version: string;
  api_url: string;
  api_problem: string | null;
  api_mode: 'local' | 'network';
  api_certificate: {
    self_made: boolean;
    fingerprint: string | null;
    valid_until: number | null;
    names: string[];
    problem: string | null;
  } | null;
  bots_enabled: boolean;
  accounts: {
    jid: string;
    state: 'offline' | 'connecting' | 'online' | 'backing_off' | 'failed';
    reason: string | null;
    bots: number;
  }[];
  bots: {
    id: number;
    name: string;
    mode: 'personal' | 'dedicated' | 'cloud';
    status: 'active' | 'disabled';
    owner: string;
    jid: string;
  }[];
}

/**
 * What runs here. `GET /api/v1/status`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getStatus(client: Client, options?: CallOptions): Promise<GetStatusAnswer> {
  return resultOf<GetStatusAnswer>(client, { method: 'GET', path: '/api/v1/status' }, options);
}

/**
 * Live changes. `GET /api/v1/events`
 * Refusals: `unauthorized`, `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function followEvents(
  client: Client,
  options?: CallOptions,
): AsyncGenerator<ServerEvent<Record<string, unknown>>, void, undefined> {
  return eventsOf<Record<string, unknown>>(client, { method: 'GET', path: '/api/v1/events' }, options);
}

export interface AddPanelLinkAnswer {
  url: string;
}

/**
 * An address that opens the panel once. `POST /api/v1/panel/links`
 * Refusals: `bad_request`, `forbidden`, `too_large`, `unsupported_media_type`, `misdirected_request`,
 * `rate_limited`, `storage_failed`, `stopping`.
 */
export function addPanelLink(client: Client, options?: CallOptions): Promise<AddPanelLinkAnswer> {
  return resultOf<AddPanelLinkAnswer>(client, { method: 'POST', path: '/api/v1/panel/links' }, options);
}

export interface LogInInput {
  code: string;
}

export interface LogInAnswer {
  session: string;
}

/**
 * Turn the code of such an address into a session. `POST /api/v1/panel/login`
 * Refusals: `bad_request`, `unauthorized`, `forbidden`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function logIn(client: Client, input: LogInInput, options?: CallOptions): Promise<LogInAnswer> {
  return resultOf<LogInAnswer>(client, { method: 'POST', path: '/api/v1/panel/login', body: input }, options);
}

export interface GetAdminTokenAnswer {
  token: string;
}

/**
 * The admin token. `GET /api/v1/admin-token`
 * Refusals: `forbidden`, `misdirected_request`, `rate_limited`.
 */
export function getAdminToken(client: Client, options?: CallOptions): Promise<GetAdminTokenAnswer> {
  return resultOf<GetAdminTokenAnswer>(client, { method: 'GET', path: '/api/v1/admin-token' }, options);
}

export interface RotateAdminTokenAnswer {
  token: string;
}

/**
 * Make another admin token; the old one and all panel sessions end. `POST /api/v1/admin-token/rotate`
 * Refusals: `bad_request`, `forbidden`, `too_large`, `unsupported_media_type`, `misdirected_request`,
 * `rate_limited`, `storage_failed`, `stopping`.
 */
export function rotateAdminToken(client: Client, options?: CallOptions): Promise<RotateAdminTokenAnswer> {
  return resultOf<RotateAdminTokenAnswer>(
    client,
    { method: 'POST', path: '/api/v1/admin-token/rotate' },
    options,
  );
}

export interface MakeBackupInput {
  passphrase: string;
}

/**
 * A backup, sealed with a passphrase. `POST /api/v1/backup`
 * Refusals: `bad_request`, `forbidden`, `conflict`, `too_large`, `unsupported_media_type`,
 * `misdirected_request`, `rate_limited`, `storage_failed`, `stopping`.
 */
export function makeBackup(client: Client, input: MakeBackupInput, options?: CallOptions): Promise<Blob> {
  return bytesOf(client, { method: 'POST', path: '/api/v1/backup', body: input }, options);
}
