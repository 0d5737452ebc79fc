// Made by `npm run client` from the routes of the engine. Changes go into their schemas (src-shared/api).
import { resultOf } from '../answers.ts';
import type { CallOptions, Client } from '../client.ts';

export interface SetCommandsInput {
  /** They take the place of all that were set before. */
  commands: {
    command: string;
    description?: string | undefined;
  }[];
}

/**
 * Replace the commands of the bot. `POST /bot/setCommands`
 * The token needs the scope `send`.
 * Refusals: `bad_request`, `unauthorized`, `bot_disabled`, `scope_missing`, `too_large`,
 * `unsupported_media_type`, `rate_limited`, `disabled`, `storage_failed`, `stopping`,
 * `cloud_not_available`.
 */
export function setCommands(client: Client, input: SetCommandsInput, options?: CallOptions): Promise<true> {
  return resultOf<true>(client, { method: 'POST', path: '/bot/setCommands', body: input }, options);
}

export type GetCommandsAnswer = {
  command: string;
  description: string;
}[];

/**
 * The commands of the bot. `GET /bot/getCommands`
 * Refusals: `unauthorized`, `bot_disabled`, `rate_limited`, `disabled`.
 */
export function getCommands(client: Client, options?: CallOptions): Promise<GetCommandsAnswer> {
  return resultOf<GetCommandsAnswer>(client, { method: 'GET', path: '/bot/getCommands' }, options);
}
