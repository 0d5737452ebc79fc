// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

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
